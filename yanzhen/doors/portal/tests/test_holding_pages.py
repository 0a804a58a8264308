"""A reader's holds on the title's page and on my page."""

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.library.holds.models import Hold
from yanzhen.people.models import Account


@pytest.fixture
def card(place, client):
    card = makers.reader(place)
    client.force_login(Account.objects.create(username="reader", person=card.person))
    return card


def test_place_change_and_cancel(place, client, card):
    copy = makers.copy(place, at=place.danshan)
    address = reverse("portal:place-hold", args=[copy.bib_id])
    page = client.post(address, {"pickup": "zhonghe"}, follow=True).content.decode()
    assert "排在第 1 位" in page
    hold = Hold.objects.get()
    client.post(reverse("portal:hold-pickup", args=[hold.pk]), {"pickup": "linjiang"})
    hold.refresh_from_db()
    assert hold.pickup_node == place.linjiang
    client.post(reverse("portal:cancel-hold", args=[hold.pk]))
    hold.refresh_from_db()
    assert hold.state == "cancelled"


@pytest.mark.parametrize("pickup", ["", "nowhere", "x" * 9000])
def test_a_pickup_branch_nobody_knows(place, client, card, pickup):
    copy = makers.copy(place)
    address = reverse("portal:place-hold", args=[copy.bib_id])
    assert client.post(address, {"pickup": pickup, "person": "²"}).status_code == 302
    assert not Hold.objects.exists()


def test_another_readers_hold_does_not_exist(place, client, card):
    other = makers.reader(place, name="别人")
    copy = makers.copy(place)
    address = reverse("portal:place-hold", args=[copy.bib_id])
    client.post(address, {"pickup": "zhonghe", "person": str(other.person_id)})
    assert not Hold.objects.exists()
    client.post(reverse("portal:cancel-hold", args=[10**9]))
