"""A reader shows a 残疾人证: longer loans and more of them, by the rules of the category (R27)."""

import datetime as dt
import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.db.models import F

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.patrons import access, rules
from yanzhen.library.patrons.categories import category_for_age
from yanzhen.library.patrons.models import DisabilityCertificate, ReaderCard, ReaderCategory
from yanzhen.network.models import Node
from yanzhen.people.models import Person
from yanzhen.people.names import sign_in_form
from yanzhen.people.roles import Actor
from yanzhen.people.rules import age_on

PREFERRED = "disabled"


def show_certificate(
    person: Person, number: str, *, home_delivery: bool, node: Node, by: Actor, at: dt.datetime
) -> DisabilityCertificate:
    """Check the twenty digits, keep a digest and a masked form, and let the card borrow by the
    rules for disabled readers. Raises Refused."""
    number = sign_in_form(number).replace("-", "").upper()
    with transaction.atomic():
        access.require_registering(by, node)
        card = ReaderCard.objects.active().filter(person=person).select_related("category").first()
        refuse_first(
            rules.a_disability_number_is_well_formed(number),
            rules.a_childs_birth_date_is_known_first(
                person.born_on, card.category.code if card else ""
            ),
        )
        digest = _digest(number)
        others = DisabilityCertificate.objects.filter(digest=digest).exclude(person=person)
        refuse_first(rules.a_certificate_belongs_to_one_reader(others.exists()))
        certificate, _new = DisabilityCertificate.objects.update_or_create(
            person=person,
            defaults={
                "digest": digest, "masked": masked(number), "kind": int(number[18]),
                "grade": int(number[19]), "home_delivery": home_delivery, "shown_at": at,
                "seen_by": by.name,
            },
        )  # fmt: skip
        _set_category(person, PREFERRED)
        _write("certificate.shown", person, node, by, at, home_delivery=home_delivery)
    return certificate


def withdraw_certificate(person: Person, *, node: Node, by: Actor, at: dt.datetime) -> None:
    """The certificate ended or was entered for the wrong reader: the card borrows by age again.
    Raises Refused."""
    with transaction.atomic():
        access.require_registering(by, node)
        if DisabilityCertificate.objects.filter(person=person).delete()[0]:
            age = age_on(person.born_on, local_day(at)) if person.born_on else None
            _set_category(person, category_for_age(age))
            _write("certificate.withdrawn", person, node, by, at)


def masked(number: str) -> str:
    """The county and the last four: what a clerk compares with the paper."""
    return f"{number[:6]}{'*' * 10}{number[16:]}"


def _digest(number: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"disability:" + number.encode(), hashlib.sha256).hexdigest()


def _set_category(person: Person, code: str) -> None:
    """A new revision makes a loan that is being made at this moment ask again."""
    category = ReaderCategory.objects.filter(code=code).first()
    if category is not None:
        cards = ReaderCard.objects.active().filter(person=person)
        cards.update(category=category, revision=F("revision") + 1)


def _write(
    action: str, person: Person, node: Node, by: Actor, at: dt.datetime, **detail: object
) -> None:
    """Neither number nor kind of disability is written into the trail."""
    audit.write(
        by=by, at=at, action=action, subject=f"person:{person.pk}", place=node.code, **detail
    )
