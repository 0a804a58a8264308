"""A card that is lost, found again, replaced or handed back."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import F

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.patrons import access, rules
from yanzhen.library.patrons.facts import CardCancelled, CardReplaced, CardReportedLost
from yanzhen.library.patrons.issuing import sign_in_with
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.library.patrons.numbering import take_number
from yanzhen.network.models import Node
from yanzhen.people.accounts import drop_sign_in_name
from yanzhen.people.roles import Actor

Status = ReaderCard.Status


def report_lost(card: ReaderCard, *, node: Node, by: Actor, at: dt.datetime) -> None:
    """Nobody borrows on this card from now on. Raises Refused unless it is active."""
    with transaction.atomic():
        access.require_registering(by, node)
        status = _locked(card)
        refuse_first(rules.only_an_active_card_is_reported_lost(status))
        _set_status(card, Status.LOST)
        _write(card, "card.reported_lost", node, by, at)
        outbox.record(CardReportedLost(card.pk, node.code), at=at)


def withdraw_loss_report(card: ReaderCard, *, node: Node, by: Actor, at: dt.datetime) -> None:
    """The card turned up again before it was replaced. Raises Refused unless it is lost."""
    with transaction.atomic():
        access.require_registering(by, node)
        other = card.person.cards.active().values_list("number", flat=True).first()
        refuse_first(
            rules.only_a_lost_card_is_found_again(_locked(card)),
            rules.a_person_has_one_active_card(other),
        )
        _set_status(card, Status.ACTIVE)
        _write(card, "card.found", node, by, at)


def replace_card(
    card: ReaderCard,
    *,
    node: Node,
    district: str,
    by: Actor,
    at: dt.datetime,
    number: str | None = None,
) -> ReaderCard:
    """A new number for the same reader; loans belong to the person and stay. Raises Refused."""
    with transaction.atomic():
        access.require_registering(by, node)
        refuse_first(rules.only_the_current_card_is_replaced(_locked(card)))
        number = take_number(district, number)
        _set_status(card, Status.REPLACED)
        other = card.person.cards.active().values_list("number", flat=True).first()
        refuse_first(rules.a_person_has_one_active_card(other))
        fresh = ReaderCard.objects.create(
            number=number,
            person=card.person,
            category=card.category,
            home_node=card.home_node,
            status=Status.ACTIVE,
            issued_at=at,
            replaces=card,
        )
        drop_sign_in_name(card.number)
        sign_in_with(card.person, number)
        _write(card, "card.replaced", node, by, at, successor=number)
        outbox.record(CardReplaced(card.pk, fresh.pk, node.code), at=at)
    return fresh


def cancel_card(
    card: ReaderCard,
    *,
    count_open_loans: Callable[[int], int],
    node: Node,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Hand a card back for good. Raises Refused.

    `count_open_loans` says how many loans the person with this id has at home. It is asked while
    the card is locked, so that no loan is made between the count and the end of the card.
    """
    with transaction.atomic():
        access.require_registering(by, node)
        refuse_first(rules.only_the_current_card_is_replaced(_locked(card)))
        open_loans = count_open_loans(card.person_id)
        refuse_first(rules.a_card_with_open_loans_is_not_cancelled(open_loans))
        _set_status(card, Status.CANCELLED)
        drop_sign_in_name(card.number)
        _write(card, "card.cancelled", node, by, at)
        outbox.record(CardCancelled(card.pk, node.code), at=at)


def _locked(card: ReaderCard) -> str:
    """The card's status as it is now; nobody changes it until this transaction ends."""
    rows = ReaderCard.objects.select_for_update().filter(pk=card.pk)
    card.status = rows.values_list("status", flat=True).get()
    return card.status


def _set_status(card: ReaderCard, status: str) -> None:
    """A new revision makes lending notice that the card changed under it."""
    ReaderCard.objects.filter(pk=card.pk).update(status=status, revision=F("revision") + 1)
    card.status = status


def _write(card: ReaderCard, action: str, node: Node, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by,
        at=at,
        action=action,
        subject=f"person:{card.person_id}",
        place=node.code,
        number=card.number,
        **detail,
    )
