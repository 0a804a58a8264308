import pytest
from django.db import IntegrityError

from tests import county as makers
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.models import ReturnException
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.settling import settle

AT = makers.MONDAY


@pytest.fixture
def row(place) -> ReturnException:
    take_back(barcode="YJ00000000", node=place.hub, by=makers.staff(place.hub), at=AT)
    return ReturnException.objects.get()


def test_an_exception_is_settled_once(place, row):
    by = makers.staff(place.hub)
    settle(exception_id=row.pk, outcome="外区图书，已退给读者", by=by, at=AT)
    with pytest.raises(Refused, match="exception-settled"):
        settle(exception_id=row.pk, outcome="另一种说法", by=by, at=AT)
    row.refresh_from_db()
    assert row.outcome == "外区图书，已退给读者"


def test_an_unknown_exception_is_a_refusal(place):
    with pytest.raises(Refused, match="exception-unknown"):
        settle(exception_id=999_999, outcome="x", by=makers.staff(place.hub), at=AT)


def test_what_is_unexplained_is_listed_once(place, row):
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


@pytest.mark.parametrize("barcode", ["a\x00b", "\ud800x", "", "x" * 10_000, "\u200b"])
def test_a_return_is_never_refused_whatever_was_scanned(place, barcode):
    taken = take_back(barcode=barcode, node=place.hub, by=makers.staff(place.hub), at=AT)
    assert taken.outcome == "unknown"
