"""Whether a resource suits a use, whoever else wants it: open, large enough, within reach.

Part of every use-case of claims; whether it is free is asked in placing.py.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yanzhen.culture.resources import fitting_rules
from yanzhen.culture.resources.models import Claim, ClaimQuerySet, Facility, Resource, Teacher
from yanzhen.culture.resources.quarters import span_of
from yanzhen.culture.resources.travel import minutes_between, town_of
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network.models import Site
from yanzhen.network.opening import ClosedDays, closure_at

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Wish:
    """A use as it is asked for: what for, when, where, for whom. Buffers in minutes.

    `opened_specially` says why a house opens for it that has announced to be closed.
    """

    reference: str
    purpose: str
    use: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    site: Site | None = None
    set_up: int = 0
    tear_down: int = 0
    heads: int = 0
    for_minors: bool = False
    opened_specially: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Quarter hours [first, last), buffers counted in."""
        return span_of(self.starts_at, self.ends_at, self.set_up, self.tear_down)


def words_of(claim: Claim) -> str:
    """A claim in words: 在丹山镇“声乐课”（12月5日 14:00–16:00）."""
    start, end = timezone.localtime(claim.starts_at), timezone.localtime(claim.ends_at)
    said = {
        "what": claim.purpose,
        "day": date_format(start, "MONTH_DAY_FORMAT"),
        "from": f"{start:%H:%M}",
        "to": f"{end:%H:%M}" if end.date() == start.date() else date_format(end, "m-d H:i"),
        "town": town_of(claim.site).label if claim.site else "",
    }
    if claim.site:
        return _("在%(town)s“%(what)s”（%(day)s %(from)s–%(to)s）") % said
    return _("“%(what)s”（%(day)s %(from)s–%(to)s）") % said


def ask_resource(wish: Wish, resource: Resource, moving: int | None) -> None:
    """Raise Refused if this use may not have this resource, whether it is free or not.

    `moving` is a claim that is being given another time or resource: its old hours do not count.
    """
    day = local_day(wish.starts_at)
    refuse_first(
        fitting_rules.what_left_the_register_is_not_claimed(
            resource.label, resource.retired_on, day
        )
    )
    if resource.sort == Resource.Sort.FACILITY:
        _ask_facility(wish, Facility.objects.prefetch_related("hours").get(pk=resource.pk))
    if resource.sort == Resource.Sort.TEACHER:
        _ask_teacher(wish, Teacher.objects.get(pk=resource.pk), day, moving)


def reason_to_open(wish: Wish, resource: Resource) -> str:
    """The reason a use gives, where there is a closure it answers."""
    if not wish.opened_specially or resource.sort != Resource.Sort.FACILITY:
        return ""
    closed = closure_of(wish, Facility.objects.get(pk=resource.pk))
    return wish.opened_specially if closed else ""


def closure_of(wish: Wish, facility: Facility) -> ClosedDays | None:
    """The announced closure a use runs into: on its first or its last day.

    A square has no door to shut, an exhibition hangs on through a closed day, and repairs are what
    houses are closed for.
    """
    if facility.kind in Facility.OUTDOORS or wish.use == Claim.Use.UPKEEP:
        return None
    first, last = local_day(wish.starts_at), local_day(wish.ends_at)
    return closure_at(facility.site_id, first) or closure_at(facility.site_id, last)


def _ask_facility(wish: Wish, facility: Facility) -> None:
    hours: dict[int, list[fitting_rules.Span]] = defaultdict(list)
    for span in facility.hours.all():
        hours[span.weekday].append((span.opens, span.closes))
    upkeep = wish.use == Claim.Use.UPKEEP
    closed = facility.condition == Facility.Condition.CLOSED
    local = timezone.localtime
    closure = closure_of(wish, facility)
    refuse_first(
        fitting_rules.a_closed_facility_is_not_used(facility.label, closed, upkeep),
        fitting_rules.heads_stay_within_the_seats(facility.label, wish.heads, facility.seats),
        fitting_rules.a_house_that_is_closed_opens_only_for_a_reason(
            facility.site.label, closure.notice if closure else "", wish.opened_specially
        ),
        None if upkeep else fitting_rules.a_facility_is_used_while_it_is_open(
            facility.label, local(wish.starts_at), local(wish.ends_at), dict(hours)
        ),
    )  # fmt: skip


def _ask_teacher(wish: Wish, teacher: Teacher, day: dt.date, moving: int | None) -> None:
    check = teacher.checks.first()
    others = Claim.objects.held().filter(resource=teacher.pk).exclude(pk=moving)
    refuse_first(
        fitting_rules.who_teaches_minors_has_a_clear_record(
            teacher.label,
            wish.for_minors,
            check.checked_on if check else None,
            bool(check and check.result == check.Result.CLEAR),
            day,
        ),
        fitting_rules.a_teacher_works_within_the_weekly_cap(
            teacher.label, _week_minutes(wish, others, day), teacher.weekly_cap
        ),
    )
    _ask_road(wish, teacher, others)


def _week_minutes(wish: Wish, others: ClaimQuerySet, day: dt.date) -> int:
    monday = timezone.localtime(wish.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= day.weekday() * DAY
    rows = others.filter(starts_at__gte=monday, starts_at__lt=monday + 7 * DAY)
    spans = [*rows.values_list("starts_at", "ends_at"), (wish.starts_at, wish.ends_at)]
    return sum(int((end - start) / MINUTE) for start, end in spans)


def _ask_road(wish: Wish, teacher: Teacher, others: ClaimQuerySet) -> None:
    """Both ways: from what comes before, and to what comes after, on the same or the next day."""
    near = others.select_related("site__division__parent")
    near = near.during(wish.starts_at - DAY, wish.ends_at + DAY)
    begins, ends = wish.starts_at - wish.set_up * MINUTE, wish.ends_at + wish.tear_down * MINUTE
    for other in near:
        if other.ends_at <= wish.starts_at:
            gap = begins - (other.ends_at + other.tear_down * MINUTE)
        elif other.starts_at >= wish.ends_at:
            gap = (other.starts_at - other.set_up * MINUTE) - ends
        else:
            continue
        minutes = minutes_between(other.site, wish.site)
        if gap >= dt.timedelta(0):
            refuse_first(
                fitting_rules.a_teacher_has_time_to_travel(
                    teacher.label, wish.purpose, words_of(other), int(gap / MINUTE), minutes
                )
            )
