import pytest

from tests import county


@pytest.fixture
def librarian(place, settings, tmp_path):
    """A cataloguer of the main house; long reports go to a folder of the test."""
    settings.DATA = tmp_path
    return county.staff(place.hub)
