"""Finding people, and opening a person's file: both leave a line in the audit trail (L02)."""

import datetime as dt

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.text import fold
from yanzhen.people import rules
from yanzhen.people.access import require
from yanzhen.people.models import Guardianship, Person
from yanzhen.people.names import name_forms, phone_form, plain
from yanzhen.people.roles import SEE_READERS, Actor

MOST_FOUND = 30
LONGEST_QUERY = 60


class Reason(TextChoices):
    """Why a child's file is opened."""

    COUNTER = "counter", _("在柜台办理借还")
    CARD = "card", _("办证、挂失或补证")
    GUARDIAN = "guardian", _("监护人要求查看或更正")
    SAFETY = "safety", _("安全或紧急情况")


def find_people(text: str, *, by: Actor, at: dt.datetime, limit: int = MOST_FOUND) -> list[Person]:
    """People by name, pinyin, initials, telephone or its last four digits. Raises Refused."""
    require(by, SEE_READERS)
    text = plain(text)[:LONGEST_QUERY]
    wanted = _matching(text)
    if wanted is None:
        return []
    found = list(Person.objects.filter(wanted).order_by("name_folded", "born_on", "id")[:limit])
    write_search(text, len(found), by=by, at=at)
    return found


def write_search(text: str, found: int, *, by: Actor, at: dt.datetime) -> None:
    """Note who looked for whom; for every way of finding a person."""
    audit.write(by=by, at=at, action="person.searched", subject="people", text=text, found=found)


def _matching(text: str) -> Q | None:
    phone = phone_form(text)
    if phone.removeprefix("+").isdigit():
        return Q(phone=phone) | Q(phone__endswith=phone) if len(phone) >= 4 else None
    folded = fold(text)
    if not folded:
        return None
    matching = Q(name_folded__contains=folded)
    letters = folded.replace(" ", "")
    if letters.isascii():
        for field in ("pinyin", "initials"):
            matching |= Q(**{f"{field}__startswith": letters})
            matching |= Q(**{f"{field}__contains": f" {letters}"})
    return matching


def namesakes(name: str, born_on: dt.date | None, phone: str) -> QuerySet[Person]:
    """People of the same name with the same birth date or the same telephone."""
    same = Q(pk__in=[])
    if born_on:
        same |= Q(born_on=born_on)
    if phone_form(phone):
        same |= Q(phone=phone_form(phone))
    return Person.objects.filter(same, name_folded=name_forms(plain(name)).folded).order_by("id")


def open_person_file(person: Person, *, by: Actor, at: dt.datetime, reason: str = "") -> None:
    """Ask to read a person's file and note that it was read.

    Raises Refused `reason-missing` for a child under 14 without one of `Reason`.
    """
    require(by, SEE_READERS)
    reason = reason if reason in Reason.values else ""
    refuse_first(rules.reading_a_childs_file_has_a_reason(person.born_on, reason, local_day(at)))
    audit.write(
        by=by,
        at=at,
        action="person.read",
        subject=f"person:{person.pk}",
        **({"reason": reason} if reason else {}),
    )


def guardians_of(person: Person) -> QuerySet[Guardianship]:
    """The live bonds of a child, guardians loaded."""
    return person.guardianships.filter(ended_at=None).select_related("guardian")


def wards_of(guardian_id: int, on: dt.date | None = None) -> list[Guardianship]:
    """The live bonds of a guardian, children loaded; with a day, only those not yet 18 then."""
    bonds = Guardianship.objects.filter(guardian=guardian_id, ended_at=None)
    bonds = bonds.select_related("child").order_by("id")
    return [bond for bond in bonds if on is None or rules.is_minor(bond.child.born_on, on)]
