"""The pull list and the hold shelf of a branch."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said, refused, undone
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holds import cancelling, queries, targeting
from yanzhen.network.models import Node
from yanzhen.people.roles import CIRCULATE


@staff(CIRCULATE)
def shelf(request: Request, code: str) -> HttpResponse:
    """What readers will fetch here, the first to run out on top; and what is to be taken off."""
    node = desk_node(code, request.actor, CIRCULATE)
    return _page(
        request,
        node,
        "desk/holds/shelf.html",
        holds=queries.hold_shelf(node),
        to_take_off=queries.to_take_off(node),
        to_fetch=queries.pull_list(node).count(),
    )


@staff(CIRCULATE)
def pull_list(request: Request, code: str) -> HttpResponse:
    """What to take from the shelves for readers who wait, in the order of the shelves."""
    node = desk_node(code, request.actor, CIRCULATE)
    return _page(request, node, "desk/holds/pull_list.html", holds=queries.pull_list(node))


@staff(CIRCULATE)
@require_POST
def cancel(request: Request, code: str, hold_id: int) -> HttpResponse:
    """The reader does not want it any more."""

    def act(node: Node) -> Said:
        hold = cancelling.cancel_hold(hold_id=hold_id, by=request.actor, at=clock.now())
        return undone(_("预约已取消"), hold.bib.title)

    return _act(request, code, "desk:hold-shelf", act)


@staff(CIRCULATE)
@require_POST
def not_found(request: Request, code: str, hold_id: int, copy_id: int) -> HttpResponse:
    """It does not stand where it should: another copy is looked for."""

    def act(node: Node) -> Said:
        copy = targeting.not_found(
            hold_id=hold_id, copy_id=copy_id, node=node, by=request.actor, at=clock.now()
        )
        return Said(
            "attention",
            _("记下了：没找到"),
            _("《%(title)s》标为“正在查找”，预约改请别的复本；找到了扫一下就好。")
            % {"title": copy.bib.title},
        )

    return _act(request, code, "desk:pull-list", act)


def _act(request: Request, code: str, back: str, act: Callable[[Node], Said]) -> HttpResponse:
    node = desk_node(code, request.actor, CIRCULATE)
    try:
        said = act(node)
    except Refused as refusal:
        said = refused(refusal)
    request.session[KEPT] = said.as_dict()
    return redirect(back, node.code)


def _page(request: Request, node: Node, template: str, **context: object) -> HttpResponse:
    shown = {
        "node": node,
        "desk_areas": True,
        "now": clock.now(),
        "today": clock.today(),
        "said": kept_banner(request),
    }
    return render(request, template, shown | context)
