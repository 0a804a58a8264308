"""Names and telephones of people without an account are forgotten some time after the session.

What is counted stays: heads, age bands, channel, and whether they came (个人信息保护法 19, 47). It
cannot be brought back. Whom a number belongs to that somebody left for the day of the session is
nobody's business a season later.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from yanzhen.culture.booking.cancelling import TO_COME
from yanzhen.culture.booking.models import Booking, RosterName, WaitingEntry
from yanzhen.culture.booking.waiting import ALIVE
from yanzhen.groundwork import audit

A_ROUND = 500
_NAMELESS = Q(name="", phone="")


def forget_due(at: dt.datetime) -> int:
    """The chore: what became old enough since; return how much was forgotten."""
    before = at - dt.timedelta(days=settings.YANZHEN_FORGET_CALLERS_DAYS)
    with transaction.atomic():
        bookings = _ids(_old(Booking.objects.filter(forgotten_at=None), before, TO_COME))
        entries = _ids(_old(WaitingEntry.objects.all(), before, ALIVE))
        gone = {"name": "", "name_folded": "", "phone": ""}
        Booking.objects.filter(pk__in=bookings).update(forgotten_at=at, **gone)
        RosterName.objects.filter(booking__in=bookings).delete()
        WaitingEntry.objects.filter(pk__in=entries).update(**gone)
        if bookings or entries:
            audit.write(
                by=audit.System(), at=at, action="booking.forgotten", subject="bookings",
                bookings=len(bookings), waiting=len(entries),
            )  # fmt: skip
    return len(bookings) + len(entries)


def _old(rows: QuerySet, before: dt.datetime, unsettled: tuple[str, ...]) -> QuerySet:
    """Of sessions long over, settled, with a name or a telephone and no person behind them."""
    over = rows.filter(beneficiary=None, session__ends_at__lt=before)
    return over.exclude(state__in=unsettled).exclude(_NAMELESS)


def _ids(rows: QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:A_ROUND])
