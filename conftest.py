"""Fixtures every test may ask for."""

import pytest

from tests import county as makers
from yanzhen.groundwork import audit


@pytest.fixture
def place(db):
    """The small county of `tests/county.py`."""
    return makers.county()


@pytest.fixture
def emptied_afterwards(transactional_db):
    """A test that really commits; takes the audit guards off so that the database can be emptied."""
    audit.remove_guards()
    yield
    audit.install_guards()


@pytest.fixture(autouse=True)
def _fast_passwords(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SEARCH_INDEX = tmp_path / "search"
    settings.YANZHEN_PAGE_CACHE_SECONDS = 0
