"""Tables that say what the subfields of 905 mean, tried on real records while one edits them."""

import io
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.doors.desk.cataloguing.importing import LARGEST
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import KEPT
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import queries
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.holdings905 import DEFAULT_MAPPING
from yanzhen.library.catalogue.marc.iso2709 import Damaged
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.titles import title_of
from yanzhen.library.holdings import from_records, mapping
from yanzhen.library.holdings.models import HoldingsMapping, ItemKind
from yanzhen.network.models import Node
from yanzhen.people.roles import CATALOGUE

SHOWN = 8
MEANINGS = {
    "site": gettext_lazy("馆代码"),
    "barcode": gettext_lazy("条码"),
    "location": gettext_lazy("架位"),
    "class_number": gettext_lazy("分类号"),
    "book_number": gettext_lazy("书次号"),
    "call_number": gettext_lazy("整个索书号"),
    "volume": gettext_lazy("卷册"),
    "count": gettext_lazy("册数"),
    "price": gettext_lazy("价格"),
}
_SUBFIELD = "code-"


@staff(CATALOGUE)
def new_mapping(request: Request, code: str) -> HttpResponse:
    """A new table, begun as most suppliers write 905."""
    return _editor(request, _desk(request, code), None)


@staff(CATALOGUE)
def edit_mapping(request: Request, code: str, mapping_id: int) -> HttpResponse:
    node = _desk(request, code)
    return _editor(request, node, get_object_or_404(HoldingsMapping, pk=mapping_id))


def _desk(request: Request, code: str) -> Node:
    node = desk_node(code, request.actor, CATALOGUE)
    require_cataloguing(request.actor)
    return node


def _editor(request: Request, node: Node, kept: HoldingsMapping | None) -> HttpResponse:
    """Show the table and what it makes of real records; on POST save it, or only look again."""
    given = _given(request) if request.method == "POST" else _of(kept)
    shown = {"node": node, "desk_areas": True, "kept": kept, "given": given}
    try:
        told = _told(given, kept, request)
        if request.method == "POST" and request.POST.get("do") != "look":
            mapping.save_mapping(told, by=request.actor, at=clock.now())
            request.session[KEPT] = Said("done", _("对照表已保存"), told.name).as_dict()
            return redirect("desk:import-titles", node.code)
    except Refused as refusal:
        told, shown["refused"] = None, refusal if request.method == "POST" else None
    records = _records(request, given["tag"])
    shown["rows"] = _rows(given, [record for _title, record in records])
    shown["preview"] = [
        (title, _fields(record, given["tag"]), _looked(record, told, request))
        for title, record in records
    ]
    shown |= {"meanings": MEANINGS.items(), "kinds": ItemKind.objects.all()}
    shown["branches"] = Node.objects.libraries().serving().order_by("path")
    return render(request, "desk/cataloguing/mapping.html", shown)


def _records(request: Request, tag: str) -> list[tuple[str, Record]]:
    """Real records to try a table on: of the file that was chosen, else of the catalogue."""
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        return [(title, record) for _id, title, record in queries.latest_with(tag, SHOWN)]
    taken = reading.read(io.BytesIO(file.read()))
    records = (each.record for each in taken if not isinstance(each, Damaged))
    some = islice((record for record in records if record.get(tag)), SHOWN)
    return [(title_of(record)[0].title, record) for record in some]


def _looked(record: Record, told: HoldingsMapping | None, request: Request) -> list:
    if told is None:
        return []
    return from_records.looked_at(record, told, by=request.actor, at=clock.now())


def _given(request: Request) -> dict:
    """What was typed."""
    post = {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
    meanings = {
        name.removeprefix(_SUBFIELD): value
        for name, value in post.items()
        if name.startswith(_SUBFIELD) and len(name) == len(_SUBFIELD) + 1 and value
    }
    typed = {name: post.get(name, "").strip() for name in ("name", "tag", "elsewhere", "kind")}
    return {**typed, "meanings": meanings, "places": post.get("places", "")}


def _of(kept: HoldingsMapping | None) -> dict:
    if kept is None:
        return {"name": "", "tag": "905", "meanings": DEFAULT_MAPPING, "places": "",
                "elsewhere": "", "kind": ""}  # fmt: skip
    places = "\n".join(f"{code}={node}" for code, node in kept.places.items())
    return {"name": kept.name, "tag": kept.tag, "meanings": kept.meanings, "places": places,
            "elsewhere": kept.elsewhere.code if kept.elsewhere else "",
            "kind": kept.kind.code}  # fmt: skip


def _told(given: dict, kept: HoldingsMapping | None, request: Request) -> HoldingsMapping:
    """Raises Refused."""
    kind = ItemKind.objects.filter(code=given["kind"]).first() or ItemKind.objects.first()
    if kind is None:
        raise Refused("no-kinds", _("还没有图书类型。"), _("请先由管理员建立图书类型。"))
    elsewhere = Node.objects.libraries().serving().filter(code=given["elsewhere"]).first()
    about = {name: given[name] for name in ("tag", "meanings", "places")}
    name = given["name"] or (_("还没有名字") if request.POST.get("do") == "look" else "")
    return mapping.told(
        mapping_id=kept.pk if kept else None, name=name, elsewhere=elsewhere, kind=kind,
        by=request.actor, at=clock.now(), **about,
    )  # fmt: skip


def _rows(given: dict, records: list[Record]) -> list[tuple[str, str, str]]:
    """(code, its meaning, an example) of every subfield that is mapped or stands in a record."""
    examples: dict[str, str] = {}
    for record in records:
        for field in record.all(given["tag"]):
            for code, value in field.subfields:
                examples.setdefault(code, value)
    codes = sorted({*given["meanings"], *(code for code in examples if code.isalnum())})
    return [(code, given["meanings"].get(code, ""), examples.get(code, "")) for code in codes]


def _fields(record: Record, tag: str) -> list[str]:
    return ["".join(f"${code}{value}" for code, value in field.subfields)
            for field in record.all(tag)]  # fmt: skip
