"""A block 停借 with a last day stops lending until then, and no longer."""

import datetime as dt

import pytest

from tests import county as makers
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.patrons.blocking import lift_lapsed, place_block
from yanzhen.library.patrons.models import Block


def test_a_block_with_a_last_day_ends_by_itself(place):
    card, by = makers.reader(place), makers.staff(place.hub)
    now, today = clock.now(), clock.today()
    place_block(card.person, "staff", "光盘未赔", today, node=place.hub, by=by, at=now)
    assert Block.objects.standing().count() == 1
    tomorrow = now + dt.timedelta(days=1)
    copy = makers.copy(place)
    told = {"barcode": copy.barcode, "card_number": card.number, "node": place.hub, "by": by}
    with pytest.raises(Refused, match="reader-blocked") as caught:
        lend(**told, at=now)
    assert today.isoformat() in caught.value.message
    assert lend(**told, at=tomorrow).open_loans == 1
    assert lift_lapsed(now) == 0
    assert lift_lapsed(tomorrow) == 1
    assert Block.objects.get().lifted_by == "系统"
