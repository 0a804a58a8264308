"""The plan of a fund beside what was paid, and the same as a file for finance."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.purchasing.asking import buyers_desk, day_of, done, sum_of, whole
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.library.acquisitions import phasing
from yanzhen.library.acquisitions.models import Fund
from yanzhen.library.acquisitions.spreadsheets import opendocument, writing
from yanzhen.people.roles import PURCHASE

FEN = 100


@staff(PURCHASE)
@require_POST
def change(request: Request, code: str, fund_id: int) -> HttpResponse:
    """Plan a phase, or drop one."""
    buyers_desk(request, code)
    fund = get_object_or_404(Fund, pk=fund_id)
    told, by, at = request.POST, request.actor, clock.now()
    if told.get("drop"):
        return done(
            request,
            lambda: phasing.drop_phase(fund=fund, phase_id=whole(told.get("drop")), by=by, at=at),
            _("这个阶段去掉了。"), "desk:fund", code, fund_id,
        )  # fmt: skip
    return done(
        request,
        lambda: phasing.plan_phase(
            fund=fund, name=told.get("name", ""), until_day=day_of(told.get("until")),
            fen=sum_of(told.get("planned")), target=told.get("target", ""), by=by, at=at,
        ),
        _("计划记好了。"), "desk:fund", code, fund_id,
    )  # fmt: skip


@staff(PURCHASE)
def export(request: Request, code: str, fund_id: int, form: str) -> HttpResponse:
    """The plan and what was paid, in yuan, as OpenDocument or CSV."""
    buyers_desk(request, code)
    fund = get_object_or_404(Fund, pk=fund_id)
    rows = _sheet(fund)
    if form == "ods":
        body, kind = opendocument.as_ods(rows, str(fund)), opendocument.KIND
    else:
        words = [[f"{cell:.2f}" if isinstance(cell, float) else writing.harmless(cell)
                  for cell in row] for row in rows]  # fmt: skip
        body, kind = writing.as_csv(words, "utf-8-sig"), "text/csv; charset=utf-8"
    name = f'attachment; filename="fund-{fund.pk}-plan.{form}"'
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": name})


def _sheet(fund: Fund) -> list[list[str | float]]:
    words = (_("阶段"), _("截止"), _("绩效目标"), _("计划（元）"), _("已付（元）"), _("超出"))
    rows: list[list[str | float]] = [list(words)]
    for each in phasing.plan_and_spent(fund):
        phase = each.phase
        rows.append([
            phase.name if phase else _("计划之外"), phase.until_day.isoformat() if phase else "",
            phase.target if phase else "", each.planned / FEN, each.spent / FEN,
            _("超出计划") if each.over else "",
        ])  # fmt: skip
    return rows
