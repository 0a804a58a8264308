"""When in a pupil's life sessions fall (R12): after class, at a weekend, in the holidays."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from yanzhen.culture.activities.models import Session
from yanzhen.culture.almanac import lunar
from yanzhen.culture.almanac.models import SessionTag
from yanzhen.culture.almanac.queries import school_calendar
from yanzhen.groundwork.clock import local, local_day


def tags_of(sessions: Iterable[Session]) -> dict[int, SessionTag]:
    """Session id -> its one tag; two queries however many there are."""
    days = {each.pk: local_day(each.starts_at) for each in sessions}
    known = [day for day in days.values() if lunar.FIRST_YEAR <= day.year <= lunar.LAST_YEAR]
    if not known:
        return dict.fromkeys(days, SessionTag.UNKNOWN)
    calendar = school_calendar(min(known), max(known))
    return {
        each.pk: calendar.tag(local(each.starts_at))
        if days[each.pk] in known
        else SessionTag.UNKNOWN
        for each in sessions
    }


def tagged(tag: SessionTag, first: dt.date, last: dt.date) -> Q:
    """Sessions that start on these days, both included, and have this tag.

    Raises Refused for years whose holidays nobody can know yet.
    """
    calendar = school_calendar(first, last)
    days_of: dict[tuple[dt.time, dt.time | None], list[dt.date]] = defaultdict(list)
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        hours = calendar.hours(day, tag)
        if hours is not None:
            days_of[hours].append(day)
    found = Q(pk__in=[])
    for (begins, ends), days in days_of.items():
        its = Q(starts_at__date__in=days, starts_at__time__gte=begins)
        found |= its & Q(starts_at__time__lt=ends) if ends else its
    return found
