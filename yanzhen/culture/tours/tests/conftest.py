import pytest

from yanzhen.config import invariants
from yanzhen.culture.tours.tests import makers


@pytest.fixture
def world(place, settings, tmp_path):
    """The menu of the small county; whatever a test does, nothing may be broken afterwards."""
    settings.MEDIA_ROOT = tmp_path
    yield makers.world(place)
    assert list(invariants.broken()) == []
