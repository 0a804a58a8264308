"""Reads about notices, for pages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from yanzhen.culture.courses.models import Enrolment, GroupPlaces
from yanzhen.culture.telling import access
from yanzhen.culture.telling.models import Notice
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.models import Guardianship, Person
from yanzhen.people.roles import BOOK_FOR_OTHERS, Actor
from yanzhen.people.rules import is_minor

MOST_LISTED = 100


@dataclass(frozen=True)
class Call:
    """Whom to ask for, and where. `child` is whom it concerns where that is not who is asked for;
    a `phone` of "" says that nobody knows one."""

    notice: Notice
    name: str
    phone: str
    child: str = ""


def unseen_by(person_ids: list[int], at: dt.datetime) -> QuerySet[Notice]:
    """What a family has not read yet, the next session first."""
    rows = _loaded(Notice.objects.standing(at)).filter(person__in=person_ids, seen_at=None)
    return rows.order_by("session__starts_at", "pk")


def unheard_at(node: Node, at: dt.datetime) -> QuerySet[Notice]:
    """Whom a branch has still to tell, the next session first."""
    rows = Notice.objects.standing(at).unheard().filter(access.of_branch(node))
    return rows.order_by("session__starts_at", "tries", "pk")


def call_list(node: Node, *, by: Actor, at: dt.datetime) -> list[Call]:
    """The same with names and telephone numbers; that they were read is written down (L02). Raises
    Refused."""
    require(by, BOOK_FOR_OTHERS, node)
    notices = list(_loaded(unheard_at(node, at))[:MOST_LISTED])
    guardians = _guardians_of([each.person for each in notices if each.person], local_day(at))
    if notices:
        audit.write(
            by=by, at=at, action="notices.read", subject="notices", place=node.code,
            notices=[each.pk for each in notices],
        )  # fmt: skip
    return [_call(each, guardians) for each in notices]


def _loaded(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    return rows.select_related(
        "session__activity", "session__site", "session__facility", "session__cancellation",
        "session__rain_date", "move__to_site", "move__to_facility", "was_site", "person",
        "booking__beneficiary", "entry__beneficiary", "enrolment__person", "group",
    )  # fmt: skip


def _guardians_of(people: list[Person], on: dt.date) -> dict[int, Person]:
    """One guardian for each minor among them, one who can be rung up before one who cannot."""
    minors = [each.pk for each in people if is_minor(each.born_on, on)]
    bonds = Guardianship.objects.filter(child__in=minors, ended_at=None)
    bonds = bonds.select_related("guardian").order_by("-pk")
    ordered = sorted(bonds, key=lambda bond: bool(bond.guardian.phone))
    return {bond.child_id: bond.guardian for bond in ordered}


def _call(notice: Notice, guardians: dict[int, Person]) -> Call:
    person, cause = notice.person, notice.cause
    if isinstance(cause, GroupPlaces):
        return Call(notice, f"{cause.organisation} {cause.contact}", cause.phone)
    left = "" if isinstance(cause, Enrolment) else cause.phone
    if person is None:
        assert not isinstance(cause, Enrolment)
        return Call(notice, " ".join(filter(None, (cause.organisation, cause.name))), left)
    guardian = guardians.get(person.pk)
    if guardian is not None:
        return Call(notice, guardian.name, guardian.phone or left, child=person.name)
    comes = cause.person_id if isinstance(cause, Enrolment) else cause.beneficiary_id
    return Call(notice, person.name, person.phone or (left if comes == person.pk else ""))
