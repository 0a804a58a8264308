"""A MARC file in at the desk: its titles, and copies from 905 when a table says how."""

import io
from collections import Counter

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.models import ImportRun
from yanzhen.library.catalogue.reporting import said
from yanzhen.library.catalogue.taking_in import take_in
from yanzhen.library.holdings.from_records import MADE, REFUSED, THERE, make_copies
from yanzhen.library.holdings.models import HoldingsMapping
from yanzhen.people.roles import CATALOGUE

LARGEST = 20_000_000
SHOWN = 300


@staff(CATALOGUE)
def import_titles(request: Request, code: str) -> HttpResponse:
    """Take in a file, or only say what would come of it."""
    node = desk_node(code, request.actor, CATALOGUE)
    require_cataloguing(request.actor)
    shown = {"node": node, "desk_areas": True, "said": kept_banner(request)}
    shown["mappings"] = HoldingsMapping.objects.select_related("elsewhere")
    if request.method == "POST":
        try:
            shown |= _taken(request, _file(request.FILES.get("file")))
        except Refused as refusal:
            shown["refused"] = refusal
    shown["chosen"] = request.POST.get("mapping", "")
    return render(request, "desk/cataloguing/import.html", shown)


def _file(file: UploadedFile | None) -> UploadedFile:
    if file is None or not file.size:
        raise Refused("file-missing", _("还没有选文件。"), _("请选一个 MARC 文件。"), status=422)
    if file.size > LARGEST:
        raise Refused(
            "file-too-large",
            _("文件超过 20 MB。"),
            _("大文件请管理员在服务器上用 yanzhen marc import 导入。"),
            status=413,
        )
    return file


def _taken(request: Request, file: UploadedFile) -> dict:
    """What came of the titles and of the copies. Raises Refused."""
    by, at, content = request.actor, clock.now(), file.read()
    trial = request.POST.get("do") == "look"
    replace = request.POST.get("on_match") == ImportRun.OnMatch.REPLACE
    run = take_in(
        io.BytesIO(content), file_name=file.name or "", dry_run=trial, by=by, at=at,
        on_match=ImportRun.OnMatch.REPLACE if replace else ImportRun.OnMatch.KEEP,
    )  # fmt: skip
    shown = {"run": run, "trial": trial, "kept": run.matched - run.replaced}
    shown["report"] = [(line, said(line["outcome"])) for line in run.report if line["note"]]
    number = request.POST.get("mapping", "")
    mapping = HoldingsMapping.objects.filter(pk=int(number) if number.isdecimal() else 0).first()
    if mapping:
        lines = make_copies(io.BytesIO(content), mapping, dry_run=trial, by=by, at=at)
        count = Counter(line.outcome for line in lines)
        refused = [line for line in lines if line.outcome == REFUSED]
        shown |= {"mapping": mapping, "made": count[MADE], "there": count[THERE],
                  "unmade": refused[:SHOWN], "all_unmade": len(refused)}  # fmt: skip
    return shown
