"""The pull list and the hold shelf over HTTP, and what the scan box says."""

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold


@pytest.fixture
def clerk(place, client):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    return client


@pytest.fixture
def hold(place) -> Hold:
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place, name="胡秋霞")
    return place_hold(
        person_id=card.person_id, bib_id=copy.bib_id, pickup=place.zhonghe,
        by=makers.staff(place.hub), at=makers.MONDAY,
    )  # fmt: skip


def test_the_scan_says_whom_it_is_for_and_the_panel_shows_it(clerk, hold):
    barcode, tail = hold.bib.copies.get().barcode, hold.card.number[-4:]
    answer = clerk.post(reverse("desk:scan", args=["zhonghe"]), {"code": barcode})
    assert f"已到 · 放预约架 · 胡秋霞 {tail}" in clerk.get(answer.url).content.decode()
    shelf = clerk.get(reverse("desk:hold-shelf", args=["zhonghe"])).content.decode()
    assert barcode in shelf
    page = clerk.get(reverse("desk:work", args=["zhonghe"]), {"reader": hold.person_id})
    assert "预约架上有 1 本等着取" in page.content.decode()


def test_not_found_on_the_shelf(clerk, hold):
    page = clerk.get(reverse("desk:pull-list", args=["zhonghe"])).content.decode()
    address = reverse("desk:not-found", args=["zhonghe", hold.pk, hold.bib.copies.get().pk])
    assert address in page
    clerk.post(address)
    assert Copy.objects.get().missing
    clerk.post(address)  # twice: told, not an error
    said = clerk.get(reverse("desk:pull-list", args=["zhonghe"])).content.decode()
    assert "已经不在取书单上了" in said


def test_another_branch_is_shut(clerk):
    assert clerk.get(reverse("desk:hold-shelf", args=["danshan"])).status_code == 403
