"""Contests of the towns and what came of them."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from yanzhen.culture.contests import queries
from yanzhen.doors.api.answers import answer
from yanzhen.doors.api.shapes.contests import ContestLine, RoundResult, contest_line, round_result
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.groundwork.refusals import Refused

router = Router(tags=["contests"])


@router.get("/contests", response=Page[ContestLine], summary="Contests of the towns")
def contests(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every contest with its rounds, the latest year first. A draft round tells no entries."""
    return answer(page_of(queries.contests(), paging, contest_line))


@router.get(
    "/contests/{int:contest_id}/rounds/{int:round_id}/result",
    response=RoundResult,
    summary="The result of a round with its sheets",
)
def contest_result(request: HttpRequest, contest_id: int, round_id: int) -> HttpResponse:
    """Places, judges' sheets and the version; nothing of them before the result is published."""
    round_ = queries.round_of(contest_id, round_id)
    if round_ is None:
        raise Refused(
            "round-not-found", _("没有找到这一轮。"), _("请重新打开这一页。"), status=404
        )  # fmt: skip
    result = round_.results.first()
    rows = queries.result_rows(round_, result) if result else []
    return answer(round_result(round_, result, rows))
