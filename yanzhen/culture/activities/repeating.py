"""The days of a recurrence rule (RFC 5545 RRULE), in the county's own time.

Only what a clerk plans with: daily, weekly, monthly, with an end; and by the lunar calendar
(RFC 7529), days of one month or of every month. Anything else is refused, also because a rule that
never fits would be searched to the end of time.
"""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import islice

from dateutil.rrule import rrulestr
from django.utils import timezone

from yanzhen.culture.activities import time_rules
from yanzhen.culture.almanac.recurring import LunarRule
from yanzhen.groundwork.refusals import refuse_first

_DAY = r"(?:[1-5]|-1)?(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH_DAY = r"(?:[1-9]|[12]\d|3[01]|-1)"
_PART = re.compile(
    rf"FREQ=(?:DAILY|WEEKLY|MONTHLY)|INTERVAL=[1-9]\d?|COUNT=[1-9]\d{{0,3}}|UNTIL=\d{{8}}"
    rf"|BYDAY={_DAY}(?:,{_DAY})*|BYMONTHDAY={_MONTH_DAY}(?:,{_MONTH_DAY})*|WKST=MO"
)
_LUNAR_DAY = r"(?:[1-9]|[12]\d|30)"
_LUNAR = re.compile(
    r"RSCALE=CHINESE;FREQ=(?:YEARLY;BYMONTH=(?P<month>[1-9]|1[0-2])|MONTHLY)"
    rf";BYMONTHDAY=(?P<days>{_LUNAR_DAY}(?:,{_LUNAR_DAY})*);SKIP=BACKWARD;UNTIL=(?P<until>\d{{8}})"
)


def starts(rule: str, first: dt.datetime) -> list[dt.datetime]:
    """The moments of `rule` from `first` on, at the hour of `first`; UNTIL is the last day.

    Raises Refused for what cannot be read, has no end, or has too many.
    """
    if rule.startswith("RSCALE="):
        return _lunar_starts(rule, first)
    refuse_first(time_rules.a_series_can_be_read(_is_readable(rule)))
    begins = timezone.localtime(first).replace(tzinfo=None)
    until = re.sub(r"UNTIL=(\d{8})", r"UNTIL=\g<1>T235959", rule)
    try:
        naive = list(islice(rrulestr(until, dtstart=begins), time_rules.MOST_IN_A_SERIES + 1))
    except ValueError:
        naive, readable = [], False
    else:
        readable = True
    refuse_first(
        time_rules.a_series_can_be_read(readable), time_rules.a_series_has_an_end(len(naive))
    )
    return [timezone.make_aware(each) for each in naive]


def weekly(weekdays: list[str], *, every: int = 1, until: dt.date) -> str:
    """The rule for these weekdays (MO … SU) every so many weeks until a day."""
    return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(weekdays)};UNTIL={until:%Y%m%d}"


def lunar(days: Sequence[int], *, month: int | None = None, until: dt.date) -> str:
    """The rule for days (1–30) of a lunar month, or of every month, until a day."""
    every = f"YEARLY;BYMONTH={month}" if month else "MONTHLY"
    wanted = ",".join(str(day) for day in sorted(set(days)))
    return f"RSCALE=CHINESE;FREQ={every};BYMONTHDAY={wanted};SKIP=BACKWARD;UNTIL={until:%Y%m%d}"


def is_lunar(rule: str) -> bool:
    return _LUNAR.fullmatch(rule) is not None


def _lunar_starts(rule: str, first: dt.datetime) -> list[dt.datetime]:
    """A leap month counts where every month does; a yearly feast is kept in the first of two."""
    read = _LUNAR.fullmatch(rule)
    until = _day(read["until"]) if read else None
    refuse_first(time_rules.a_series_can_be_read(until is not None))
    assert read
    assert until
    month, begins = read["month"], timezone.localtime(first)
    found = {
        day
        for each in read["days"].split(",")
        for day in LunarRule(
            int(each), int(month) if month else None, leap_too=not month
        ).days(begins.date(), until)
    }  # fmt: skip
    refuse_first(time_rules.a_series_has_an_end(len(found)))
    return [timezone.make_aware(dt.datetime.combine(day, begins.time())) for day in sorted(found)]


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None


def _is_readable(rule: str) -> bool:
    parts = rule.split(";")
    names = [part.partition("=")[0] for part in parts]
    return (
        all(_PART.fullmatch(part) for part in parts)
        and len(set(names)) == len(names)
        and "FREQ" in names
    )
