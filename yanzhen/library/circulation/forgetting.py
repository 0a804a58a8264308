"""Loan history let go of its reader, as the reader wishes (L07, 公共图书馆法 43).

A forgotten loan keeps what statistics need (category, age band, branch, days) and names neither
person nor card. It cannot be brought back.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from yanzhen.groundwork import audit, clock, idempotency
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.circulation import access, rules
from yanzhen.library.circulation.models import HistoryChoice, Loan
from yanzhen.library.holds.forgetting import forget_ended
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.people.models import Person
from yanzhen.people.roles import Actor

A_ROUND = 200


def choose_history(
    *, person_id: int, days: int | None, by: Actor, at: dt.datetime
) -> HistoryChoice:
    """Keep (None), forget at return (0), or forget after so many days; acts at once on what is
    closed already. Raises Refused. What is written down names no title."""
    access.require_own_history(by, person_id, local_day(at))
    refuse_first(rules.a_history_is_kept_a_year_at_most(days))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_id)
        before = HistoryChoice.objects.filter(person=person_id).first()
        choice, _made = HistoryChoice.objects.update_or_create(
            person_id=person_id, defaults={"days": days, "chosen_at": at}
        )
        audit.write(
            by=by,
            at=at,
            action="history.chosen",
            subject=f"person:{person_id}",
            before=before.days if before else None,
            after=days,
        )
        if days is not None:
            forget(person_id, at - dt.timedelta(days=days))
    return choice


def forget(person_id: int, before: dt.datetime) -> int:
    """Forget what a person brought back until `before`, and holds that ended; return how many.

    A lost book that still blocks the reader is not forgotten. Runs in the caller's transaction.
    """
    loans = list(_forgettable(before).filter(person=person_id).select_related("copy"))
    for loan in loans:
        idempotency.forget(loan.lent_at, id=loan.pk, barcode=loan.copy.barcode)
    closed = Loan.objects.filter(pk__in=[loan.pk for loan in loans])
    closed.update(person=None, card=None)
    return len(loans) + forget_ended(person_id, before)


def forget_returned(loan: Loan, at: dt.datetime) -> None:
    """At the return itself, for a reader who wants nothing remembered; one look at the choice,
    which the return has loaded with the person."""
    choice = getattr(loan.person, "history_choice", None)
    if choice is not None and choice.days == 0 and loan.person_id is not None:
        forget(loan.person_id, at)
        loan.person = loan.card = None


def forget_due(at: dt.datetime) -> int:
    """A chore: what became old enough since; return how much was forgotten."""
    lengths = HistoryChoice.objects.exclude(days=None).values_list("days", flat=True).distinct()
    return sum(_forget_older(days or 0, at - dt.timedelta(days=days or 0)) for days in lengths)


def forget_leaver(body: dict[str, Any]) -> None:
    """Hears that a card was handed back: who leaves leaves no history behind."""
    card = ReaderCard.objects.filter(pk=body["card_id"]).first()
    if card is None or ReaderCard.objects.active().filter(person=card.person_id).exists():
        return
    with transaction.atomic():
        forget(card.person_id, clock.now())


def _forget_older(days: int, before: dt.datetime) -> int:
    loans = _forgettable(before).filter(person__history_choice__days=days)
    found = set(loans.values_list("person", flat=True)[:A_ROUND])
    held = Person.objects.filter(history_choice__days=days, holds__ended_at__lte=before)
    found |= set(held.values_list("pk", flat=True)[:A_ROUND])
    done = 0
    for person_id in sorted(found):
        with transaction.atomic():
            done += forget(person_id, before)
    return done


def _forgettable(before: dt.datetime) -> QuerySet[Loan]:
    owing = Block.objects.standing().filter(
        person=OuterRef("person"), reason=Block.Reason.LOST_ITEM
    )
    closed = Q(returned_at__lte=before) | Q(undone_at__lte=before)
    rows = Loan.objects.filter(closed, person__isnull=False)
    return rows.filter(Q(lost_at=None) | ~Exists(owing))
