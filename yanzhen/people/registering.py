"""Taking a person into the register, a child with the consent of a guardian (L01, R16)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Division
from yanzhen.people import rules
from yanzhen.people.access import require
from yanzhen.people.models import Guardianship, Person
from yanzhen.people.names import name_forms, phone_form, plain
from yanzhen.people.queries import namesakes
from yanzhen.people.roles import BLOCK_READERS, REGISTER_READERS, Actor

# The version of the sentence a guardian agrees to; a changed text gets a new one.
CONSENT_TEXT = "minor-consent-2026-1"


@dataclass(frozen=True)
class GuardianDetails:
    """A guardian who has consented: who, what to the child, and how we know.

    `relation` is a value of Guardianship.Relation, `channel` of Guardianship.Channel.
    """

    name: str
    phone: str = ""
    relation: str = Guardianship.Relation.PARENT
    channel: str = Guardianship.Channel.IN_PERSON
    consent_text: str = CONSENT_TEXT


def register_person(
    *,
    name: str,
    born_on: dt.date | None,
    phone: str = "",
    gender: str = "",
    division: Division | None = None,
    guardian: GuardianDetails | None = None,
    by: Actor,
    at: dt.datetime,
    anyway: bool = False,
) -> Person:
    """Register a person; no telephone and no identity card are ever needed (L28).

    Raises Refused: name, birth date or phone that cannot be; consent missing under 14;
    `person-may-exist` unless `anyway`.
    """
    name, phone, day = plain(name), phone_form(phone), local_day(at)
    with transaction.atomic():
        require(by, REGISTER_READERS)
        refuse_first(
            rules.a_name_is_written_in_letters(name),
            rules.a_birth_date_is_known(born_on),
            rules.a_birth_date_is_possible(born_on, day),
            rules.a_phone_number_has_digits(phone),
            rules.a_child_under_14_needs_a_guardians_consent(born_on, guardian is not None, day),
        )
        if not anyway:
            known = "、".join(map(str, namesakes(name, born_on, phone)[:3]))
            refuse_first(rules.a_person_is_registered_once(known))
        bond = _guardian(guardian, at) if guardian and rules.is_child(born_on, day) else None
        if bond:
            child = (name_forms(name).folded, phone)
            refuse_first(rules.nobody_is_their_own_guardian(child, (bond.name_folded, bond.phone)))
        person = _create(name, phone, at, born_on=born_on, gender=gender, division=division)
        audit.write(by=by, at=at, action="person.registered", subject=f"person:{person.pk}")
        if guardian and bond:
            _bind(person, bond, guardian, by, at)
    return person


def correct_person(
    person: Person, *, name: str, born_on: dt.date | None, phone: str, by: Actor, at: dt.datetime
) -> Person:
    """Put right what was written down wrongly or has changed (L02). Raises Refused.

    A birth date that takes a guarded child over 14 or 18 is changed by a librarian or director.
    """
    name, phone, day = plain(name), phone_form(phone), local_day(at)
    with transaction.atomic():
        require(by, REGISTER_READERS)
        before = Person.objects.select_for_update().get(pk=person.pk)
        bound = person.guardianships.filter(ended_at=None).exists()
        refuse_first(
            rules.a_name_is_written_in_letters(name),
            rules.a_birth_date_is_possible(born_on, day),
            rules.a_phone_number_has_digits(phone),
            rules.a_child_under_14_needs_a_guardians_consent(born_on, bound, day),
            rules.a_guarded_childs_age_is_put_right_by_a_librarian(
                before.born_on, born_on, guarded=bound, librarian=by.may(BLOCK_READERS), day=day
            ),
        )
        new = {"born_on": born_on, "phone": phone, **_named(name)}
        changed = sorted(field for field, value in new.items() if getattr(before, field) != value)
        Person.objects.filter(pk=person.pk).update(**new)
        audit.write(
            by=by,
            at=at,
            action="person.corrected",
            subject=f"person:{person.pk}",
            fields=changed,
            **_years(before.born_on, born_on),
        )
        person.refresh_from_db()
    return person


def _years(old: dt.date | None, new: dt.date | None) -> dict[str, Any]:
    """The year of birth before and after, for the trail; nothing when the day stayed the same."""
    if old == new:
        return {}
    return {"born": [day.year if day else None for day in (old, new)]}


def _named(name: str) -> dict[str, str]:
    forms = name_forms(name)
    return {
        "name": name, "name_folded": forms.folded, "pinyin": forms.pinyin,
        "initials": forms.initials,
    }  # fmt: skip


def _create(name: str, phone: str, at: dt.datetime, **fields) -> Person:
    return Person.objects.create(phone=phone, registered_at=at, **_named(name), **fields)


def _guardian(details: GuardianDetails, at: dt.datetime) -> Person:
    """The guardian already known by this name and telephone, or a new person."""
    name, phone = plain(details.name), phone_form(details.phone)
    refuse_first(
        _about_guardian(rules.a_name_is_written_in_letters(name)),
        _about_guardian(rules.a_phone_number_has_digits(phone)),
        rules.consent_by_telephone_names_the_number(details.channel, phone),
    )
    same = Person.objects.filter(name_folded=name_forms(name).folded, phone=phone)
    known = same.order_by("id").first() if phone else None
    if known is None:
        return _create(name, phone, at)
    refuse_first(rules.a_guardian_is_of_age(known.born_on, local_day(at)))
    return known


def _about_guardian(refused: Refused | None) -> Refused | None:
    """The same refusal, told apart from one about the child."""
    if refused is None:
        return None
    said = _("监护人：%(what)s") % {"what": refused.message}
    return Refused(f"guardian-{refused.code}", said, refused.remedy)


def _bind(
    child: Person, guardian: Person, details: GuardianDetails, by: Actor, at: dt.datetime
) -> None:
    Guardianship.objects.create(
        child=child,
        guardian=guardian,
        relation=Guardianship.Relation(details.relation),
        channel=Guardianship.Channel(details.channel),
        consent_text=details.consent_text,
        consented_at=at,
    )
    audit.write(
        by=by,
        at=at,
        action="guardian.consented",
        subject=f"person:{child.pk}",
        guardian=guardian.pk,
        text=details.consent_text,
        channel=details.channel,
    )
