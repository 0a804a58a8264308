"""What the worker does about time: drafts nobody confirmed give back what they hold."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.resources.facts import DraftExpired
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.resources.placing import SYSTEM, end_drafts
from yanzhen.groundwork import audit, outbox

A_ROUND = 200


def expire(at: dt.datetime) -> int:
    """End the drafts whose time is over; return how many uses were ended."""
    late = Claim.objects.lapsed(at).order_by("pk").values_list("reference", flat=True)[:A_ROUND]
    return sum(_expired(reference, at) for reference in dict.fromkeys(late))


def _expired(reference: str, at: dt.datetime) -> int:
    with transaction.atomic():
        rows = Claim.objects.select_for_update().lapsed(at).filter(reference=reference)
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        if not end_drafts(ids, at):
            return 0
        audit.write(by=SYSTEM, at=at, action="claim.expired", subject=f"claim:{reference}")
        outbox.record(DraftExpired(reference), at=at)
    return 1
