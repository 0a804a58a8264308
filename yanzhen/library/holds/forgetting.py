"""Ended holds let go of their reader: a row for statistics stays, the hold and its steps go."""

import datetime as dt

from yanzhen.groundwork import idempotency
from yanzhen.groundwork.clock import local_day
from yanzhen.library.holds.models import EndedHold, Hold


def forget_ended(person_id: int, before: dt.datetime) -> int:
    """Forget a person's holds that ended until `before`; return how many. Runs in the caller's
    transaction."""
    ended = Hold.objects.filter(person=person_id, ended_at__lte=before)
    holds = list(ended.select_related("card__category"))
    EndedHold.objects.bulk_create(
        EndedHold(
            bib_id=hold.bib_id, pickup_node_id=hold.pickup_node_id, state=hold.state,
            category_code=hold.card.category.code, placed_on=local_day(hold.placed_at),
            ended_on=local_day(hold.ended_at),
        )
        for hold in holds
        if hold.ended_at
    )  # fmt: skip
    for hold in holds:
        idempotency.forget(hold.placed_at, id=hold.pk, record_id=hold.bib_id)
    Hold.objects.filter(pk__in=[hold.pk for hold in holds]).delete()
    return len(holds)
