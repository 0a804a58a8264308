"""One found record: look at it, hold it against ours, take it in or propose it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.doors.desk.copying.pages import crumbs, to_search
from yanzhen.doors.desk.copying.words import FACT_WORDS, FLAVOURS
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import history
from yanzhen.library.catalogue.marc import lines
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.cataloguing import queries
from yanzhen.library.cataloguing.models import FoundRecord
from yanzhen.library.cataloguing.taking import suggest, take, take_over
from yanzhen.library.cataloguing.weighing import weigh
from yanzhen.network.models import Node
from yanzhen.people.roles import CATALOGUE, SEE_STOCK

LONGEST_NUMBER = 18


@staff(SEE_STOCK)
@require_safe
def preview(request: Request, code: str, found_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, SEE_STOCK)
    return _show(request, node, _own(request, node, found_id))


@staff(CATALOGUE)
@require_POST
def take_in(request: Request, code: str, found_id: int) -> HttpResponse:
    """A new title; on to its edit page."""
    node = desk_node(code, request.actor, CATALOGUE)
    found = _own(request, node, found_id)

    def act() -> HttpResponse:
        bib = take(found.pk, by=request.actor, at=clock.now())
        messages.success(request, _("收进来了，来源已记下。请核对一遍，改好了再保存。"))
        return redirect("desk:edit-record", node.code, bib.pk)

    return _try(request, node, found, act)


@staff(CATALOGUE)
@require_POST
def replace(request: Request, code: str, found_id: int) -> HttpResponse:
    """In the place of our record; on to its edit page."""
    node = desk_node(code, request.actor, CATALOGUE)
    found = _own(request, node, found_id)
    bib = get_object_or_404(BibRecord, pk=_number(request, "bib"))

    def act() -> HttpResponse:
        seen = _number(request, "revision")
        take_over(found.pk, bib.pk, revision=seen, by=request.actor, at=clock.now())
        messages.success(request, _("替换好了，原来的在“谁改过什么”里，还能换回来。"))
        return redirect("desk:edit-record", node.code, bib.pk)

    return _try(request, node, found, act)


@staff(SEE_STOCK)
@require_POST
def send(request: Request, code: str, found_id: int) -> HttpResponse:
    """A branch proposes; the main house decides."""
    node = desk_node(code, request.actor, SEE_STOCK)
    found = _own(request, node, found_id)

    def act() -> HttpResponse:
        reason = request.POST.get("reason", "")
        suggest(found.pk, reason, node=node, by=request.actor, at=clock.now())
        messages.success(request, _("建议已送到总馆，处理后结果会写在“编目”页。"))
        return redirect("desk:cataloguing", node.code)

    return _try(request, node, found, act)


def _own(request: Request, node: Node, found_id: int) -> FoundRecord:
    own = FoundRecord.objects.filter(search__by_id=request.actor.account_id, search__node=node)
    return get_object_or_404(own.select_related("search"), pk=found_id)


def _number(request: Request, name: str) -> int:
    """What is no number fits nothing."""
    typed = request.POST.get(name, "")
    known = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if known else -1


def _try(
    request: Request, node: Node, found: FoundRecord, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do it, or show the record again with the reason and what was typed."""
    try:
        return act()
    except Refused as refused:
        return _show(request, node, found, refused)


def _show(
    request: Request, node: Node, found: FoundRecord, refused: Refused | None = None
) -> HttpResponse:
    weighed = weigh(found.marc)
    same = weighed.same
    diff = history.difference(same.marc, weighed.title.marc) if same else []
    siblings = FoundRecord.objects.filter(search=found.search_id, group=found.group)
    shown = {
        "node": node, "desk_areas": True, "found": found, "weighed": weighed, "refused": refused,
        "facts": _facts(weighed.derived), "flavour": FLAVOURS[weighed.title.flavour],
        "text": lines.written(weighed.record), "others": siblings.exclude(pk=found.pk),
        "origins": queries.origin(same.pk) if same else [],
        "left_out": _("、").join(weighed.left_out),
        "diff": diff, "differs": any(line.what != history.KEPT for line in diff),
        "crumbs": crumbs(node, to_search(node, found.search), weighed.derived.title),
        "may_save": request.actor.may(CATALOGUE, node.path) and node.parent_id is None,
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "desk/copying/record.html", shown)


def _facts(derived: Derived) -> list[tuple[str, str]]:
    """(term, value) as a reader sees them; what the record does not say is left out."""
    told = []
    for name, word in FACT_WORDS.items():
        value = getattr(derived, name)
        if value and name != "abstract":
            told.append((str(word), _("、").join(value) if isinstance(value, list) else str(value)))
    return told
