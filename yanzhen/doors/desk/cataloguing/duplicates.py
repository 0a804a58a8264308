"""Titles catalogued twice: the pairs, a merge looked at before it is made, and its undo."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.merging import queries, rules
from yanzhen.library.merging.candidates import candidates, compared
from yanzhen.library.merging.merging import merge, tell_apart, undo
from yanzhen.library.merging.models import TitleMerge
from yanzhen.network.models import Node
from yanzhen.people.roles import CATALOGUE


@staff(CATALOGUE)
@require_safe
def duplicates(request: Request, code: str) -> HttpResponse:
    """Pairs that look like one title, the surest first; the merges that were made."""
    shown = {"node": _desk(request, code), "desk_areas": True, "said": kept_banner(request)}
    shown |= {"pairs": candidates(), "merges": queries.latest()}
    return render(request, "desk/cataloguing/duplicates.html", shown)


@staff(CATALOGUE)
def compare(request: Request, code: str, kept_id: int, gone_id: int) -> HttpResponse:
    """What a merge would move, line by line; on POST merge, or say that they are two."""
    node = _desk(request, code)
    kept, gone = _title(kept_id), _title(gone_id)
    shown = {"node": node, "desk_areas": True, "pair": compared(kept, gone)}
    if request.method == "POST":
        try:
            if request.POST.get("decision") == "two":
                tell_apart(kept_id, gone_id, by=request.actor, at=clock.now())
                said = Said("done", _("记下了：是两种书"), _("这一对不再列出来。"))
            else:
                merge(kept_id, gone_id, by=request.actor, at=clock.now())
                said = Said("done", _("已合并"), _("弄错了可以在这一页撤销。"))
            request.session[KEPT] = said.as_dict()
            return redirect("desk:duplicates", node.code)
        except Refused as refusal:
            shown["refused"] = refusal
    refuse_first(rules.a_title_is_merged_into_another(kept_id, gone_id))
    shown["preview"] = queries.preview(kept, gone)
    return render(request, "desk/cataloguing/compare.html", shown)


@staff(CATALOGUE)
@require_POST
def undo_merge(request: Request, code: str, merge_id: int) -> HttpResponse:
    node = _desk(request, code)
    get_object_or_404(TitleMerge, pk=merge_id)
    try:
        done = undo(merge_id, by=request.actor, at=clock.now())
        said = Said("done", _("合并已撤销"), done.gone.title)
    except Refused as refusal:
        said = refused(refusal)
    request.session[KEPT] = said.as_dict()
    return redirect("desk:duplicates", node.code)


def _desk(request: Request, code: str) -> Node:
    node = desk_node(code, request.actor, CATALOGUE)
    require_cataloguing(request.actor)
    return node


def _title(bib_id: int) -> BibRecord:
    return get_object_or_404(BibRecord.objects.living(), pk=bib_id)
