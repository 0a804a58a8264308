"""The only place that looks at the clock; doors and commands call it and pass `at=` on."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The moment, with time zone."""
    return timezone.now()


def today() -> dt.date:
    """The calendar day in the county."""
    return timezone.localdate()


def local_day(at: dt.datetime) -> dt.date:
    """The county's calendar day that `at` falls on."""
    return timezone.localtime(at).date()


def local(at: dt.datetime) -> dt.datetime:
    """The same moment by the county's clock."""
    return timezone.localtime(at)
