"""Asking the supplier where the rest is 催缺."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.acquisitions import access, ordering, rules
from yanzhen.library.acquisitions.models import Claim
from yanzhen.people.roles import Actor


def claim(line_id: int, *, note: str = "", by: Actor, at: dt.datetime) -> Claim:
    """Write down that the supplier was asked, and what they said. Raises Refused."""
    with transaction.atomic():
        line = ordering.line_of(line_id)
        access.require_purchasing(by)
        outstanding = sum(row.outstanding for row in line.allocations.all())
        refuse_first(
            rules.only_a_placed_order_is_received(
                line.order.placed_at is not None, line.order.cancelled_at is not None
            ),
            rules.there_is_something_to_wait_for(outstanding),
        )
        made = Claim.objects.create(line=line, at=at, by_name=by.name, note=note.strip()[:200])
        audit.write(
            by=by, at=at, action="line.claimed", subject=f"order:{line.order_id}", line=line.pk
        )
    return made
