"""Setting what the yearly papers say: school periods and the width of festival windows."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.almanac import rules
from yanzhen.culture.almanac.models import Festival, FestivalWindow, SchoolPeriod
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Node, Verification
from yanzhen.people.access import require_at_hub
from yanzhen.people.roles import MANAGE_NETWORK, Actor


@transaction.atomic
def set_school_period(
    *,
    stage: str,
    kind: str,
    first_day: dt.date,
    last_day: dt.date,
    by: Actor,
    at: dt.datetime,
    lessons_end: dt.time | None = None,
    source: str = "",
    verification: str = Verification.REPORTED,
    period_id: int | None = None,
) -> SchoolPeriod:
    """Enter a term or a school holiday, or change the one with `period_id`. Raises Refused."""
    require_at_hub(by, MANAGE_NETWORK)
    # Two clerks at once would both find the days free: the hub's row is their lock.
    list(Node.objects.select_for_update(no_key=True).filter(parent=None, tree="library"))
    others = [each for each in SchoolPeriod.objects.filter(stage=stage) if each.pk != period_id]
    refuse_first(
        rules.a_school_period_ends_after_it_begins(first_day, last_day),
        rules.a_school_period_is_shorter_than_a_year(first_day, last_day),
        rules.a_term_says_when_lessons_end(kind, lessons_end),
        rules.school_periods_of_a_stage_do_not_overlap(first_day, last_day, others),
    )
    period = SchoolPeriod() if period_id is None else _period(period_id)
    period.stage, period.kind = stage, kind
    period.first_day, period.last_day = first_day, last_day
    period.lessons_end = lessons_end if kind == SchoolPeriod.Kind.TERM else None
    period.source, period.verification = source.strip(), verification
    period.save()
    audit.write(
        by=by, at=at, action="school-period.set", subject=f"school-period:{period.pk}",
        stage=stage, kind=kind, first_day=first_day.isoformat(), last_day=last_day.isoformat(),
    )  # fmt: skip
    return period


@transaction.atomic
def remove_school_period(period_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Take a mistaken period out; what it was stays in the audit trail. Raises Refused."""
    require_at_hub(by, MANAGE_NETWORK)
    period = _period(period_id)
    audit.write(
        by=by, at=at, action="school-period.removed", subject=f"school-period:{period.pk}",
        stage=period.stage, kind=period.kind, first_day=period.first_day.isoformat(),
        last_day=period.last_day.isoformat(),
    )  # fmt: skip
    period.delete()


@transaction.atomic
def set_festival_window(
    festival: Festival, *, days_before: int, days_after: int, by: Actor, at: dt.datetime
) -> FestivalWindow:
    """Say how many days around a festival count for it. Raises Refused."""
    require_at_hub(by, MANAGE_NETWORK)
    refuse_first(rules.a_festival_window_is_at_most_two_months_a_side(days_before, days_after))
    window, _made = FestivalWindow.objects.update_or_create(
        festival=festival, defaults={"days_before": days_before, "days_after": days_after}
    )
    audit.write(
        by=by, at=at, action="festival-window.set", subject=f"festival:{festival.value}",
        days_before=days_before, days_after=days_after,
    )  # fmt: skip
    return window


@transaction.atomic
def follow_custom(festival: Festival, *, by: Actor, at: dt.datetime) -> None:
    """Let a festival's window be what custom says again. Raises Refused."""
    require_at_hub(by, MANAGE_NETWORK)
    FestivalWindow.objects.filter(festival=festival).delete()
    audit.write(
        by=by, at=at, action="festival-window.by-custom", subject=f"festival:{festival.value}"
    )


def _period(period_id: int) -> SchoolPeriod:
    period = SchoolPeriod.objects.select_for_update().filter(pk=period_id).first()
    if period is None:
        raise Refused(
            "school-period-not-found",
            _("没有找到这一段。"),
            _("可能别人刚刚删了，请重新打开这一页。"),
            status=404,
        )
    return period
