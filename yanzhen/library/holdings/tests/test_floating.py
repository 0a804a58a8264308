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
    ],
)
def test_a_copy_floats_only_where_there_is_room(values, verdict):
    asked = {
        "capacity": 10, "housed": 9, "of_this_title": 1, "most_of_a_title": 2, "excluded": False,
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
