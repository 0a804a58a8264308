"""Who comes: the three persons of a booking, and what is written down of them."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from yanzhen.culture.booking import access, rules
from yanzhen.culture.booking.models import Booking, Channel
from yanzhen.groundwork import chain
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.groundwork.text import fold
from yanzhen.people.models import Person
from yanzhen.people.names import phone_form, plain
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Party:
    """Who is to come. Somebody known by `beneficiary_id`, else a name and a telephone number; an
    organisation with the name of who answers for it."""

    beneficiary_id: int | None = None
    name: str = ""
    phone: str = ""
    relation: str = Booking.Relation.SELF
    organisation: str = ""
    heads: int = 1
    companions: int = 0

    def tidied(self) -> "Party":
        return replace(
            self,
            name=plain(self.name),
            phone=phone_form(self.phone)[:30],
            organisation=plain(self.organisation)[:80],
            companions=max(0, min(self.companions, 9)),
        )


@dataclass(frozen=True)
class Named:
    """A party whose persons are known: `columns` are those Booking and WaitingEntry share."""

    beneficiary: Person | None
    columns: dict[str, Any]

    def same(self) -> Q:
        """Rows of the same beneficiary."""
        if self.beneficiary is not None:
            return Q(beneficiary=self.beneficiary)
        same = Q(
            beneficiary=None,
            name_folded=self.columns["name_folded"],
            phone=self.columns["phone"],
            organisation=self.columns["organisation"],
        )
        return same & ~Q(name_folded="")

    @property
    def resident_of(self) -> str:
        """The county code of where the beneficiary lives; "" where nobody knows."""
        division = self.beneficiary.division if self.beneficiary else None
        return division.code[:6] if division else ""


def named(party: Party, *, channel: str, by: Actor, at: dt.datetime) -> Named:
    """Find the persons and ask whether `by` may book for them. Raises Refused."""
    party = party.tidied()
    beneficiary = None
    if party.beneficiary_id is not None:
        beneficiary = _person(party, channel, by, at)
        name, phone = beneficiary.name, party.phone or beneficiary.phone
    else:
        name, phone = party.name, party.phone
        by_staff = channel != Channel.ONLINE
        refuse_first(
            rules.the_beneficiary_has_a_name(name),
            rules.somebody_without_an_account_leaves_a_telephone(phone)
            if by_staff or phone
            else None,
        )
    relation = party.relation if party.relation in Booking.Relation.values else "other"
    return Named(
        beneficiary,
        {
            "applicant_id": by.person_id if channel == Channel.ONLINE else None,
            "beneficiary": beneficiary,
            "relation": relation,
            "name": name[:60],
            "name_folded": fold(name)[:120],
            "phone": phone,
            "organisation": party.organisation,
        },
    )


def _person(party: Party, channel: str, by: Actor, at: dt.datetime) -> Person:
    person = Person.objects.select_related("division").filter(pk=party.beneficiary_id or 0).first()
    theirs = channel != Channel.ONLINE or access.may_act_for(by, party.beneficiary_id or 0, at)
    if person is None or not theirs:
        raise Refused(
            "not-your-reader",
            _("只能给自己、自己监护的孩子预约，或者写上姓名和电话代为预约。"),
            _("请改选参加人，或者打电话、到柜台办理。"),
            status=403,
        )
    return person


def has_live_booking(session_id: int, who: Named) -> bool:
    return Booking.objects.live().filter(who.same(), session=session_id).exists()


def waiting_closed(session_id: int, who: Named, at: dt.datetime) -> chain.Step:
    """Whoever has a place waits no longer: a step of a chain of writes."""
    beneficiary, columns = who.beneficiary, who.columns
    if beneficiary is not None:
        return _waiting_closed("beneficiary_id = %s", (at, session_id, beneficiary.pk))
    same = ("name_folded", "phone", "organisation")
    return _waiting_closed(
        "beneficiary_id IS NULL AND name_folded <> '' AND "
        + " AND ".join(f"{each} = %s" for each in same),
        (at, session_id, *(columns[each] for each in same)),
    )


def _waiting_closed(same: str, values: tuple) -> chain.Step:
    return chain.Step(
        "waited",
        "UPDATE booking_waitingentry SET state = 'closed', ended_at = %s "  # noqa: S608 - our own
        f"WHERE session_id = %s AND state = 'waiting' AND {same} AND {{given}}",
        values,
    )
