import pytest

from yanzhen.culture.resources.tests import makers


@pytest.fixture
def things(place):
    return makers.things(place)
