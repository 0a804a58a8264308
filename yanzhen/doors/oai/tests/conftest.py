import pytest

from yanzhen.doors.oai.tests.asking import Harvester
from yanzhen.library.discovery.tests.makers import shelved_titles
from yanzhen.library.harvest import offering


@pytest.fixture
def titles(place):
    found = shelved_titles(place)
    offering.catch_up()
    return found


@pytest.fixture
def ask(client):
    return Harvester(client)
