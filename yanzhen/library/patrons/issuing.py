"""Issuing a reader card, alone or together with the registration of its reader."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.patrons import access, rules
from yanzhen.library.patrons.categories import category_for_age, ensure_categories
from yanzhen.library.patrons.facts import CardIssued
from yanzhen.library.patrons.models import ReaderCard, ReaderCategory
from yanzhen.library.patrons.numbering import take_number
from yanzhen.network.models import Division, Node
from yanzhen.people.accounts import add_sign_in_name, make_account, reset_password
from yanzhen.people.models import Account, Person
from yanzhen.people.registering import GuardianDetails, register_person
from yanzhen.people.roles import Actor
from yanzhen.people.rules import age_on


def issue_card(
    person: Person,
    category: ReaderCategory,
    home_node: Node,
    *,
    district: str,
    by: Actor,
    at: dt.datetime,
    number: str | None = None,
) -> ReaderCard:
    """Give a person a card of the county; `number` is that of a printed card, if one is used.

    Raises Refused if there is an active card already or the number does not do.
    """
    with transaction.atomic():
        access.require_registering(by, home_node)
        Person.objects.select_for_update().get(pk=person.pk)  # two desks at once wait here
        active = person.cards.active().values_list("number", flat=True).first()
        refuse_first(rules.a_person_has_one_active_card(active))
        return _issue(person, category, home_node, take_number(district, number), by, at)


def register_reader(
    *,
    name: str,
    born_on: dt.date | None,
    phone: str,
    home_node: Node,
    district: str,
    by: Actor,
    at: dt.datetime,
    category: ReaderCategory | None = None,
    gender: str = "",
    guardian: GuardianDetails | None = None,
    division: Division | None = None,
    number: str | None = None,
    anyway: bool = False,
) -> ReaderCard:
    """The quick form of a desk: a person and a card in one go, both or neither.

    Without a category the age decides. Raises Refused like `register_person` and `issue_card`.
    """
    with transaction.atomic():
        access.require_registering(by, home_node)
        person = register_person(
            name=name,
            born_on=born_on,
            phone=phone,
            gender=gender,
            guardian=guardian,
            division=division,
            by=by,
            at=at,
            anyway=anyway,
        )
        if category is None:
            category = _category_by_age(person, local_day(at))
        return issue_card(
            person, category, home_node, district=district, by=by, at=at, number=number
        )


def give_password(card: ReaderCard, *, node: Node, by: Actor, at: dt.datetime) -> str:
    """Let a reader sign in with the card; returns a new password, shown once. Raises Refused."""
    with transaction.atomic():
        access.require_registering(by, node)
        account, password = reset_password(card.person, by=by, at=at)
        add_sign_in_name(account, card.number)
    return password


def open_account(
    card: ReaderCard, username: str, password: str, *, by: Actor, at: dt.datetime
) -> Account:
    """An account that signs in under a name of its own or the card number. Raises Refused."""
    with transaction.atomic():
        account = make_account(card.person, username, password, by=by, at=at)
        add_sign_in_name(account, card.number)
    return account


def sign_in_with(person: Person, number: str) -> None:
    """The account of a person, if there is one, may sign in with this card number."""
    account = Account.objects.filter(person=person).first()
    if account is not None:
        add_sign_in_name(account, number)


def _category_by_age(person: Person, day: dt.date) -> ReaderCategory:
    code = category_for_age(age_on(person.born_on, day) if person.born_on else None)
    return ReaderCategory.objects.filter(code=code).first() or ensure_categories()[code]


def _issue(
    person: Person, category: ReaderCategory, node: Node, number: str, by: Actor, at: dt.datetime
) -> ReaderCard:
    card = ReaderCard.objects.create(
        number=number,
        person=person,
        category=category,
        home_node=node,
        status=ReaderCard.Status.ACTIVE,
        issued_at=at,
    )
    sign_in_with(person, number)
    audit.write(
        by=by,
        at=at,
        action="card.issued",
        subject=f"person:{person.pk}",
        place=node.code,
        number=number,
        category=category.code,
    )
    outbox.record(CardIssued(card.pk, category.code, node.code), at=at)
    return card
