import pytest

from tests import county
from yanzhen.doors.api.tests.calling import Caller, reader_account


@pytest.fixture
def nobody():
    return Caller()


@pytest.fixture
def clerk(place):
    """The culture officer of 中和镇: the desk of one branch."""
    return Caller(county.account("zhonghe", place.zhonghe))


@pytest.fixture
def stranger(place):
    """The culture officer of another town."""
    return Caller(county.account("danshan", place.danshan))


@pytest.fixture
def librarian(place):
    """Main library: everywhere."""
    return Caller(county.account("librarian", place.hub, "librarian"))


@pytest.fixture
def card(place):
    return county.reader(place)


@pytest.fixture
def reader(card):
    return Caller(reader_account(card.person, "reader"))
