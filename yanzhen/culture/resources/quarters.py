"""Time in quarter hours, as slots are counted: whole numbers since 1970 (UTC)."""

import datetime as dt

SECONDS = 15 * 60


def first_quarter(moment: dt.datetime) -> int:
    """The quarter hour a moment lies in."""
    return int(moment.timestamp()) // SECONDS


def end_quarter(moment: dt.datetime) -> int:
    """The first quarter hour that is free again after a moment: half-open, rounded up."""
    return -(-int(moment.timestamp()) // SECONDS)


def moment_of(quarter: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(quarter * SECONDS, dt.UTC)


def span_of(
    starts_at: dt.datetime, ends_at: dt.datetime, before: int = 0, after: int = 0
) -> tuple[int, int]:
    """The quarters [first, last) of a use with its buffers in minutes."""
    minutes = dt.timedelta(minutes=1)
    return first_quarter(starts_at - before * minutes), end_quarter(ends_at + after * minutes)
