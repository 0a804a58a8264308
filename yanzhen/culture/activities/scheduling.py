"""Adding dates to an activity: one, a whole series, a rain date."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yanzhen.culture.activities import access, repeating, rules, time_rules
from yanzhen.culture.activities.holding import Holding, hold, holding_of, obstacles, say_anew
from yanzhen.culture.activities.models import Activity, Series, Session
from yanzhen.culture.resources.models import Facility
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network.models import Site
from yanzhen.network.opening import closure_at
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Slot:
    """When, where and for how many; `holding` is how the facility is claimed for it."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    site: Site
    capacity: int
    facility: Facility | None = None
    way_in: str = ""
    holding: Holding = field(default_factory=Holding)

    def at_time(self, starts_at: dt.datetime) -> "Slot":
        """The same slot at another time, as long as before."""
        return replace(self, starts_at=starts_at, ends_at=starts_at + self.length)

    @property
    def length(self) -> dt.timedelta:
        return self.ends_at - self.starts_at


def add_session(*, activity_id: int, slot: Slot, by: Actor, at: dt.datetime) -> Session:
    """One more date. Raises Refused."""
    with transaction.atomic():
        activity = access.locked_activity(activity_id, by, local_day(at))
        ask_about(activity, slot, at)
        (session,) = _add(activity, [slot], by, at)
        _write(by, at, "session.added", activity, sessions=[session.pk])
    return session


def add_series(
    *,
    activity_id: int,
    slot: Slot,
    rule: str,
    by: Actor,
    at: dt.datetime,
    without: frozenset[dt.date] = frozenset(),
) -> list[Session]:
    """A date for each day of an RRULE from `slot` on, but the days in `without`. Raises Refused."""
    with transaction.atomic():
        activity = access.locked_activity(activity_id, by, local_day(at))
        starts = repeating.starts(rule, slot.starts_at)
        kept = [start for start in starts if local_day(start) not in without]
        refuse_first(time_rules.a_series_has_an_end(len(kept)))
        slots = [slot.at_time(start) for start in kept]
        ask_about(activity, slots[0], at)
        series = Series.objects.create(
            activity=activity, rule=rule, starts_at=slot.starts_at, made_at=at, made_by=by.name
        )
        sessions = _add(activity, slots, by, at, series=series)
        _write(by, at, "series.added", activity, rule=rule, sessions=[each.pk for each in sessions])
    return sessions


def look_ahead(
    activity: Activity, slot: Slot, starts: Sequence[dt.datetime], *, at: dt.datetime
) -> list[str]:
    """What speaks against each start of a series, "" for nothing: who has the facility, or that
    the house has announced to be closed."""
    slots = [slot.at_time(each) for each in starts]
    sessions = [
        Session(
            activity=activity, starts_at=each.starts_at, ends_at=each.ends_at, site=each.site,
            facility=each.facility, capacity=each.capacity,
        )
        for each in slots
    ]  # fmt: skip
    blocked = obstacles(sessions, slot.holding, at=at)
    if slot.facility is not None:
        return [refused.message if refused else "" for refused in blocked]
    closures = [closure_at(slot.site.pk, local_day(each)) for each in starts]
    return [_("那天闭馆：%(notice)s") % {"notice": c.notice} if c else "" for c in closures]


def add_rain_date(
    *,
    session_id: int,
    starts_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
    opened_specially: str = "",
) -> Session:
    """Another time kept in case this one cannot take place; seen by nobody until then.

    It holds the facility too, as long before and after. Raises Refused.
    """
    with transaction.atomic():
        session = access.locked_session(session_id, by, local_day(at))
        refuse_first(
            rules.what_is_cancelled_stays_so(session.state),
            time_rules.a_session_in_the_past_is_not_moved(session.starts_at, at),
            time_rules.a_session_has_one_rain_date(
                Session.objects.filter(rain_date_of=session).exists(),
                session.rain_date_of_id is not None,
            ),
            time_rules.a_rain_date_comes_later(session.starts_at, starts_at),
        )
        slot = Slot(
            session.starts_at, session.ends_at, session.site, session.capacity, session.facility,
            session.way_in, replace(holding_of(session), opened_specially=opened_specially),
        )  # fmt: skip
        (made,) = _add(
            session.activity, [slot.at_time(starts_at)], by, at,
            rain_date_of=session, state=Session.State.STANDBY,
        )  # fmt: skip
        _write(by, at, "rain-date.added", session.activity, sessions=[session.pk, made.pk])
    return made


def resize(*, session_id: int, capacity: int, by: Actor, at: dt.datetime) -> Session:
    """More or fewer heads than planned, never fewer than places given out. Raises Refused."""
    with transaction.atomic():
        session = access.locked_session(session_id, by, local_day(at))
        was = session.capacity
        refuse_first(
            rules.what_is_cancelled_stays_so(session.state),
            time_rules.a_session_in_the_past_is_not_moved(session.starts_at, at),
            time_rules.a_session_holds_somebody(capacity),
            time_rules.capacity_stays_above_what_is_allotted(capacity, session.allotted),
            *_large(session.activity, capacity),
        )
        session.capacity = capacity
        session.save(update_fields=["capacity"])
        say_anew(session, by=by, at=at)
        _write(by, at, "session.resized", session.activity, session=session.pk, was=was,
               capacity=capacity)  # fmt: skip
    return session


def ask_about(activity: Activity, slot: Slot, at: dt.datetime) -> None:
    """Raise Refused if this activity cannot be held in this slot."""
    refuse_first(
        rules.what_is_cancelled_stays_so(activity.state),
        time_rules.a_session_ends_after_it_starts(slot.starts_at, slot.ends_at),
        time_rules.a_session_is_not_planned_for_the_past(slot.starts_at, at),
        time_rules.a_session_holds_somebody(slot.capacity),
        time_rules.a_facility_stands_at_its_site(
            slot.facility is None or slot.facility.site_id == slot.site.pk
        ),
        *_large(activity, slot.capacity),
    )


def _large(activity: Activity, heads: int) -> list:
    """L14, asked of what the public sees already; a draft is asked when it is published."""
    if activity.state != Activity.State.PUBLISHED:
        return []
    return [
        rules.a_large_event_has_a_safety_plan(
            heads, settings.YANZHEN_SAFETY_PLAN_FROM, activity.safety_document
        ),
        rules.a_crowd_of_a_thousand_has_a_permit(heads, activity.permit_document),
    ]


def _add(
    activity: Activity, slots: list[Slot], by: Actor, at: dt.datetime, **fields
) -> list[Session]:
    """Store the slots as sessions and claim their facilities. Raises Refused.

    They are numbered on; the activity's lock keeps the numbers apart.
    """
    last = activity.sessions.aggregate(last=Max("number"))["last"] or 0
    made = [
        Session.objects.create(
            activity=activity, number=number, starts_at=slot.starts_at, ends_at=slot.ends_at,
            site=slot.site, facility=slot.facility, way_in=slot.way_in, capacity=slot.capacity,
            changed_at=at, **fields,
        )
        for number, slot in enumerate(slots, last + 1)
    ]  # fmt: skip
    hold(made, slots[0].holding, by=by, at=at)
    return made


def _write(by: Actor, at: dt.datetime, action: str, activity: Activity, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"activity:{activity.pk}",
        place=activity.node.code if activity.node else "", **detail,
    )  # fmt: skip
