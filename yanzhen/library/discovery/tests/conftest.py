import pytest

from yanzhen.library.discovery.index import Index
from yanzhen.library.discovery.indexing import rebuild
from yanzhen.library.discovery.tests.makers import shelved_titles


@pytest.fixture
def titles(place):
    return shelved_titles(place)


@pytest.fixture
def index(titles, settings):
    """The titles, indexed."""
    rebuild(settings.SEARCH_INDEX)
    return Index(settings.SEARCH_INDEX)
