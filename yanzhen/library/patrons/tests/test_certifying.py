"""The number of a 残疾人证 is checked, not kept, and gives its preferences (R27)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.certifying import show_certificate, withdraw_certificate
from yanzhen.library.patrons.models import DisabilityCertificate, ReaderCategory

AT = makers.MONDAY
NUMBER = "11010519491231002X"


@pytest.fixture(autouse=True)
def disabled(place):
    return ReaderCategory.objects.create(code="disabled", name="残障", name_en="Disabled reader")


def show(place, card, number=NUMBER + "43", **more):
    told = {"home_delivery": False, "node": place.hub, "by": makers.staff(place.hub), "at": AT}
    return show_certificate(card.person, number, **(told | more))


def test_the_card_borrows_by_the_rules_of_disabled_readers_until_it_is_withdrawn(place):
    card = makers.reader(place, born_on=dt.date(1980, 1, 1))
    shown = show(place, card, " 110105 19491231 002x-43 ".replace(" ", ""), home_delivery=True)
    card.refresh_from_db()
    assert (card.category.code, card.revision) == ("disabled", 1)
    assert (shown.kind, shown.grade, shown.home_delivery) == (4, 3, True)
    withdraw_certificate(card.person, node=place.hub, by=makers.staff(place.hub), at=AT)
    card.refresh_from_db()
    assert card.category.code == "adult"
    assert not DisabilityCertificate.objects.exists()


def test_the_number_is_shown_masked_and_kept_nowhere(place):
    shown = show(place, makers.reader(place))
    assert shown.masked == "110105**********2X43"
    rows = [*DisabilityCertificate.objects.values(), *AuditEntry.objects.values()]
    assert NUMBER not in str(rows)


@pytest.mark.parametrize(
    "number",
    ["", NUMBER, "110105194912310021" + "43", NUMBER + "83", NUMBER + "45", NUMBER + "4X",
     "9" * 5000],
)  # fmt: skip
def test_a_disability_number_is_well_formed(place, number):
    with pytest.raises(Refused, match="disability-number-unfit"):
        show(place, makers.reader(place), number)


def test_a_certificate_belongs_to_one_reader(place):
    one = makers.reader(place)
    show(place, one)
    show(place, one)
    with pytest.raises(Refused, match="disability-number-taken"):
        show(place, makers.reader(place, name="李四"))
    with pytest.raises(IntegrityError), transaction.atomic():
        DisabilityCertificate.objects.update(kind=8)


def test_a_childs_birth_date_is_known_first(place):
    card = makers.reader(place, category=place.child, born_on=None)
    with pytest.raises(Refused, match="birth-date-missing"):
        show(place, card)


def test_another_branch_does_not(place):
    with pytest.raises(Refused, match="not-your-branch"):
        show(place, makers.reader(place), by=makers.staff(place.danshan, "culture_officer"))
