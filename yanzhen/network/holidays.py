"""Enter the yearly notice of days off, and correct it."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network import rules
from yanzhen.network.access import Actor, require_manager
from yanzhen.network.models import Holiday, Node, Verification


@transaction.atomic
def set_holidays(
    *,
    name: str,
    kind: str,
    first_day: dt.date,
    last_day: dt.date,
    source: str,
    by: Actor,
    at: dt.datetime,
    verification: str = Verification.REPORTED,
) -> int:
    """Say that these days, both included, are off or worked in exchange; returns how many.

    What was said of them before is replaced. Decided for the whole county. Raises Refused
    without permission at the hub, without name or source, and for more than sixteen days.
    """
    _require(by)
    refuse_first(
        rules.a_holiday_has_a_name(name),
        rules.a_holiday_has_a_source(source),
        rules.a_notice_names_at_most_sixteen_days(first_day, last_day),
    )
    days = [first_day + dt.timedelta(n) for n in range((last_day - first_day).days + 1)]
    Holiday.objects.filter(day__in=days).delete()
    Holiday.objects.bulk_create(
        Holiday(
            day=day, name=name.strip(), kind=kind, source=source.strip(), verification=verification
        )
        for day in days
    )
    _write("holidays.set", first_day, last_day, by, at, name=name.strip(), kind=kind)
    return len(days)


@transaction.atomic
def clear_holidays(first_day: dt.date, last_day: dt.date, *, by: Actor, at: dt.datetime) -> int:
    """Take back what was said of these days; returns how many there were. Raises Refused."""
    _require(by)
    refuse_first(rules.a_notice_names_at_most_sixteen_days(first_day, last_day))
    gone, _rows = Holiday.objects.filter(day__range=(first_day, last_day)).delete()
    _write("holidays.cleared", first_day, last_day, by, at)
    return gone


def _require(by: Actor) -> None:
    hub = Node.objects.libraries().filter(parent=None).order_by("pk").first()
    assert hub is not None
    require_manager(by, hub)


def _write(
    action: str, first: dt.date, last: dt.date, by: Actor, at: dt.datetime, **more: str
) -> None:
    audit.write(
        by=by, at=at, action=action, subject="holidays", first_day=first.isoformat(),
        last_day=last.isoformat(), **more,
    )  # fmt: skip
