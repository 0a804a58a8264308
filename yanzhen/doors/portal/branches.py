"""The network's public pages: all branches, and one branch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yanzhen.culture.activities.queries import near_and_soon
from yanzhen.culture.resources.queries import facilities_at
from yanzhen.doors.gate import public
from yanzhen.doors.portal.activities.words import lines
from yanzhen.doors.portal.branches_board import board_at, board_of
from yanzhen.doors.portal.branches_exports import json_ld, towns_csv
from yanzhen.doors.portal.branches_rows import town_lines
from yanzhen.doors.portal.branches_words import (
    MARK_OF_STATUS,
    closure_words,
    now_of,
    status_word,
    week_from,
)
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holdings.queries import stock_at
from yanzhen.network.models import AccessFeature, Node
from yanzhen.network.queries import Branch, branch, resolve_place, towns_matching

LONGEST_NAME = 60
SOON = 5
UNKNOWN = AccessFeature.State.UNKNOWN
MARK_OF_ACCESS: dict[str, str] = {
    AccessFeature.State.PRESENT: "done",
    AccessFeature.State.ABSENT: "withdrawn",
    AccessFeature.State.BROKEN: "attention",
}


@public
def every_branch(request: HttpRequest) -> HttpResponse:
    """The network; `q` finds a town by name, pinyin, village or old name; `format=csv`."""
    moment = clock.now()
    wanted = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_NAME]
    place = resolve_place(wanted) if wanted else None
    alias = place.alias if place else None
    only = _ids(wanted, place) if wanted else None
    if request.GET.get("format") == "csv":
        return towns_csv(town_lines(moment, only), clock.local_day(moment))
    board = board_at(moment) if only is None else board_of(town_lines(moment, only))
    return render(
        request,
        "portal/branches/network.html",
        {
            "section_branches": True,
            "wanted": wanted,
            "alias": alias,
            **board._asdict(),
            "csv_url": _csv_url(request),
        },
    )


@public
def one_branch(request: HttpRequest, code: str) -> HttpResponse:
    """A branch of either tree, or a service point. Raises Refused (404) for an unknown code."""
    moment = clock.now()
    today = clock.local_day(moment)
    found = branch(code, on=today)
    if found is None:
        raise _no_such_branch()
    url = request.build_absolute_uri(request.path)
    return render(
        request,
        "portal/branches/branch.html",
        {
            "section_branches": True,
            "branch": found,
            "name_parts": found.node.label.partition(found.town.name),
            "now": now_of(found.node, found.calendar, moment),
            "week": week_from(found.calendar, today, found.holidays),
            "closures": _closures(found, today),
            "features": [(each, MARK_OF_ACCESS[each.state]) for each in _known(found)],
            "unverified": _("、").join(
                each.get_kind_display() for each in found.features if each.state == UNKNOWN
            ),
            "trees": [
                (node, MARK_OF_STATUS[node.status], status_word(node.status))
                for node in (found.node, found.twin)
                if node
            ],
            "json_ld": json_ld(found, url, today),
            "soon": lines(near_and_soon(moment, SOON, found.node.site)),
            "facilities": facilities_at(found.node.site),
            "stock": stock_at(found.node) if found.node.tree == Node.Tree.LIBRARY else None,
        },
    )


def _ids(wanted: str, place) -> set[int]:
    ids = towns_matching(wanted)
    return ids | {place.division.pk} if place and place.division else ids


def _csv_url(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["format"] = "csv"
    return f"?{query.urlencode()}"


def _known(found: Branch) -> list[AccessFeature]:
    return [each for each in found.features if each.state != UNKNOWN]


def _closures(found: Branch, today) -> list[tuple[str, str]]:
    coming = sorted(
        (each for each in found.calendar.closures if each.last_day >= today),
        key=lambda each: each.first_day,
    )
    return [(closure_words(each), each.notice) for each in coming]


def _no_such_branch() -> Refused:
    return Refused(
        "branch-not-found",
        _("没有这个馆。"),
        _("网址可能写错了，或者这个馆已经撤销。请到“各镇街的馆”里按镇名找，或打电话问我们。"),
        status=404,
    )
