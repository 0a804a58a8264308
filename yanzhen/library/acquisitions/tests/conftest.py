import pytest

from yanzhen.library.acquisitions.tests import makers


@pytest.fixture
def buyer(place):
    return makers.buying(place)
