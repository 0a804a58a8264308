"""Reads about readers and their cards, for pages and for other packages."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Case, Prefetch, QuerySet, Value, When

from yanzhen.library.patrons.models import Block, DisabilityCertificate, ReaderCard
from yanzhen.library.patrons.rules import CARD_NUMBER
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.models import Person
from yanzhen.people.names import sign_in_form
from yanzhen.people.queries import find_people, write_search
from yanzhen.people.roles import SEE_READERS, Actor


def card_form(text: str) -> str:
    """A card number as scanned or typed: half width, no spaces or hyphens, upper case."""
    return sign_in_form(text).replace("-", "").upper()


def looks_like_card(text: str) -> bool:
    """True for fourteen digits, of this county or another; no copy has such a barcode."""
    return CARD_NUMBER.fullmatch(card_form(text)) is not None


def card_numbered(text: str) -> ReaderCard | None:
    """The card with this number, its person, category and home loaded; None if unknown."""
    number = card_form(text)
    return _loaded().filter(number=number).first() if 0 < len(number) <= 20 else None


def current_card_of(person_id: int) -> ReaderCard | None:
    """The active card of a person, else the one last issued; None without any."""
    return _loaded().filter(person=person_id).order_by(*_current_first()).first()


def cards_of(person: Person) -> QuerySet[ReaderCard]:
    """All cards a person ever had, the current one first."""
    return _loaded().filter(person=person).order_by(*_current_first())


def blocks_of(person: Person) -> QuerySet[Block]:
    """What stands between a person and the next loan, oldest first."""
    return person.blocks.standing().order_by("placed_at", "id")


def certificate_of(person: Person) -> DisabilityCertificate | None:
    """The 残疾人证 a reader showed."""
    return DisabilityCertificate.objects.filter(person=person).first()


def cards_issued(node: Node, day: dt.date) -> QuerySet[ReaderCard]:
    """Active cards of a branch issued on a day, in order of number: for the printed sheet."""
    issued = _loaded().filter(home_node=node, issued_at__date=day)
    return issued.filter(status=ReaderCard.Status.ACTIVE).order_by("number")


@dataclass(frozen=True)
class Reader:
    """A person found at the desk, with the card in hand and what blocks it."""

    person: Person
    card: ReaderCard | None
    blocks: list[Block] = field(default_factory=list)


def readers_found(text: str, *, by: Actor, at: dt.datetime) -> list[Reader]:
    """Readers by card number, name, pinyin, initials or telephone. Raises Refused.

    Three queries however many are found; the search is written down.
    """
    require(by, SEE_READERS)
    card = card_numbered(text)
    if card:
        people = [card.person]
        write_search(card.number, 1, by=by, at=at)
    else:
        people = find_people(text, by=by, at=at)
    found = Person.objects.filter(pk__in=[person.pk for person in people]).prefetch_related(
        Prefetch("cards", _loaded().order_by(*_current_first()), to_attr="known_cards"),
        Prefetch("blocks", Block.objects.standing(), to_attr="standing_blocks"),
    )
    by_id = {
        person.pk: Reader(person, next(iter(person.known_cards), None), person.standing_blocks)
        for person in found
    }
    return [by_id[person.pk] for person in people]


def _loaded() -> QuerySet[ReaderCard]:
    return ReaderCard.objects.select_related("person", "category", "home_node")


def _current_first() -> tuple:
    active = Case(When(status=ReaderCard.Status.ACTIVE, then=Value(0)), default=Value(1))
    return active, "-issued_at", "-id"
