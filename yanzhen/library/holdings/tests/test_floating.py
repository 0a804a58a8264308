import datetime as dt

import pytest

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.undoing import undo_return
from yanzhen.library.holdings import floating
from yanzhen.library.holdings.models import FloatingExclusion, HomeMove
from yanzhen.library.holds.placing import place_hold

AT = makers.MONDAY
HOUR = dt.timedelta(hours=1)


def brought(place, copy, node=None):
    """Lend a copy at home and bring it back at 临江."""
    lend(
        barcode=copy.barcode,
        card_number=makers.reader(place).number,
        node=copy.home_node,
        by=makers.staff(copy.home_node),
        at=AT,
    )
    node = node or place.linjiang
    return take_back(barcode=copy.barcode, node=node, by=makers.staff(node), at=AT + HOUR)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({}, floating.STAYS),
        ({"housed": 10}, floating.FULL),
        ({"of_this_title": 2}, floating.ENOUGH),
        ({"excluded": True}, floating.EXCLUDED),
        ({"capacity": 0, "housed": 0}, floating.FULL),
        ({"waited_for": True}, floating.WAITED_FOR),
        ({"waited_for": True, "excluded": True, "housed": 10}, floating.WAITED_FOR),
    ],
)
def test_a_copy_floats_only_where_there_is_room(values, verdict):
    asked = {
        "capacity": 10, "housed": 9, "of_this_title": 1, "most_of_a_title": 2, "excluded": False,
        "waited_for": False,
    }  # fmt: skip
    assert floating.a_copy_floats_only_where_there_is_room(**{**asked, **values}) == verdict


def test_in_a_group_with_room_the_copy_stays(place):
    group = makers.floating_group(place.zhonghe, place.linjiang)
    copy = makers.copy(place, at=place.zhonghe)
    taken = brought(place, copy)
    copy.refresh_from_db()
    assert (taken.outcome, taken.goes_to, taken.floats) == ("returned", None, "stays")
    assert (copy.state, copy.home_node, copy.current_node) == (
        "available",
        place.linjiang,
        place.linjiang,
    )
    assert copy.owning_node == place.zhonghe
    assert HomeMove.objects.get().group == group
    assert list(invariants.broken()) == []


def test_full_or_left_out_or_of_another_kind_it_goes_home(place):
    group = makers.floating_group(place.zhonghe, place.linjiang, capacity=0)
    full = makers.copy(place, at=place.zhonghe)
    assert brought(place, full).floats == "full"
    group.members.update(capacity=9)
    left_out = makers.copy(place, at=place.zhonghe)
    FloatingExclusion.objects.create(group=group, bib=left_out.bib)
    taken = brought(place, left_out)
    assert (taken.floats, taken.goes_to) == ("excluded", place.zhonghe)
    audio = makers.ItemKind.objects.create(code="audio", name="音像", name_en="Audio")
    group.kinds.add(audio)
    assert brought(place, makers.copy(place, at=place.zhonghe)).floats == ""
    heard = brought(place, makers.copy(place, at=place.zhonghe, kind=audio))
    assert heard.floats == "stays"


def test_outside_its_days_or_its_branches_a_group_says_nothing(place):
    makers.floating_group(place.zhonghe, place.danshan)
    makers.floating_group(place.zhonghe, place.linjiang, ended_on=makers.LONG_AGO)
    assert brought(place, makers.copy(place, at=place.zhonghe)).goes_to == place.zhonghe


def test_undoing_the_return_brings_the_home_back(place):
    makers.floating_group(place.zhonghe, place.linjiang)
    copy = makers.copy(place, at=place.zhonghe)
    brought(place, copy)
    undo_return(loan_id=Loan.objects.get().pk, by=makers.staff(place.linjiang), at=AT + HOUR * 1.2)
    copy.refresh_from_db()
    assert (copy.state, copy.home_node) == ("on_loan", place.zhonghe)
    assert list(invariants.broken()) == []


@pytest.mark.parametrize("pickup", ["linjiang", "danshan"])
def test_who_waits_goes_before_the_group(place, pickup):
    """The copy is set aside or sent, its home stays, and the desk hears why it does not float."""
    makers.floating_group(place.zhonghe, place.linjiang)
    copy = makers.copy(place, at=place.zhonghe)
    waiting = makers.reader(place, name="李等书")
    lend(
        barcode=copy.barcode,
        card_number=makers.reader(place).number,
        node=place.zhonghe,
        by=makers.staff(place.zhonghe),
        at=AT,
    )
    place_hold(
        bib_id=copy.bib_id,
        person_id=waiting.person_id,
        pickup=getattr(place, pickup),
        by=makers.staff(place.hub),
        at=AT,
    )
    by = makers.staff(place.linjiang)
    taken = take_back(barcode=copy.barcode, node=place.linjiang, by=by, at=AT + HOUR)
    assert (taken.floats, taken.hold.person) == ("waited_for", waiting.person)
    copy.refresh_from_db()
    assert copy.home_node == place.zhonghe
    assert not HomeMove.objects.exists()
    assert list(invariants.broken()) == []
