"""What several tests of the desk begin with."""

import pytest
from django.test import Client

from tests import county
from yanzhen.groundwork import clock


@pytest.fixture
def monday_at_ten(monkeypatch):
    """It is ten o'clock on the Monday of the small county."""
    monkeypatch.setattr(clock, "now", lambda: county.MONDAY)
    monkeypatch.setattr(clock, "today", lambda: county.MONDAY.date())


@pytest.fixture
def officer(place):
    """The culture officer of 丹山, signed in."""
    client = Client()
    client.force_login(county.account("danshan", place.danshan))
    return client
