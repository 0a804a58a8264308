"""The days of a recurrence rule (RFC 5545 RRULE), in the county's own time.

Only what a clerk plans with: daily, weekly, monthly, with an end. Anything else is refused, also
because a rule that never fits would be searched to the end of time.
"""

import datetime as dt
import re
from itertools import islice

from dateutil.rrule import rrulestr
from django.utils import timezone

from yanzhen.culture.activities import time_rules
from yanzhen.groundwork.refusals import refuse_first

_DAY = r"(?:[1-5]|-1)?(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH_DAY = r"(?:[1-9]|[12]\d|3[01]|-1)"
_PART = re.compile(
    rf"FREQ=(?:DAILY|WEEKLY|MONTHLY)|INTERVAL=[1-9]\d?|COUNT=[1-9]\d{{0,3}}|UNTIL=\d{{8}}"
    rf"|BYDAY={_DAY}(?:,{_DAY})*|BYMONTHDAY={_MONTH_DAY}(?:,{_MONTH_DAY})*|WKST=MO"
)


def starts(rule: str, first: dt.datetime) -> list[dt.datetime]:
    """The moments of `rule` from `first` on, at the hour of `first`; UNTIL is the last day.

    Raises Refused for what cannot be read, has no end, or has too many.
    """
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


def _is_readable(rule: str) -> bool:
    parts = rule.split(";")
    names = [part.partition("=")[0] for part in parts]
    return (
        all(_PART.fullmatch(part) for part in parts)
        and len(set(names)) == len(names)
        and "FREQ" in names
    )
