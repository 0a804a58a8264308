"""What a fund is planned to pay by when, beside what it has paid 经费计划与执行 (R58)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.acquisitions import access, rules
from yanzhen.library.acquisitions.models import Fund, FundPhase, InvoiceLine
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class PhaseFigures:
    """A phase, what was planned for it and paid in it, in 分; `phase` is None for what was paid
    after the last one."""

    phase: FundPhase | None
    planned: int
    spent: int

    @property
    def over(self) -> bool:
        return self.spent > self.planned

    @property
    def rest(self) -> int:
        return self.planned - self.spent


def plan_phase(
    *,
    fund: Fund,
    name: str,
    until_day: dt.date | None,
    fen: int,
    target: str,
    by: Actor,
    at: dt.datetime,
) -> FundPhase:
    """Plan a phase, or plan anew the one that ends on that day. Raises Refused."""
    name, target = name.strip()[:60], target.strip()[:200]
    with transaction.atomic():
        access.require_purchasing(by)
        refuse_first(rules.a_phase_has_a_day(until_day), rules.a_phase_says_what_for(name, target))
        assert until_day is not None  # the rule has said so
        phase, _new = FundPhase.objects.update_or_create(
            fund=fund, until_day=until_day, defaults={"name": name, "fen": fen, "target": target}
        )
        audit.write(
            by=by, at=at, action="fund.planned", subject=f"fund:{fund.pk}", name=name, fen=fen,
            until=str(until_day),
        )  # fmt: skip
    return phase


def drop_phase(*, fund: Fund, phase_id: int, by: Actor, at: dt.datetime) -> None:
    """Take a phase out of the plan; what was paid stays. Raises Refused."""
    with transaction.atomic():
        access.require_purchasing(by)
        gone, _each = fund.phases.filter(pk=phase_id).delete()
        if gone:
            audit.write(by=by, at=at, action="fund.phase_dropped", subject=f"fund:{fund.pk}",
                        phase=phase_id)  # fmt: skip


def plan_and_spent(fund: Fund) -> list[PhaseFigures]:
    """Phase by phase in order of time; invoices count in the first phase that ends on their day or
    later. Two queries."""
    rows = InvoiceLine.objects.filter(line__fund=fund).values("invoice__day")
    paid = {row["invoice__day"]: row["fen"] for row in rows.annotate(fen=Sum("fen")).order_by()}
    figures = []
    for phase in fund.phases.all():
        days = [day for day in paid if day <= phase.until_day]
        figures.append(PhaseFigures(phase, phase.fen, sum(paid.pop(day) for day in days)))
    if paid:
        figures.append(PhaseFigures(None, 0, sum(paid.values())))
    return figures
