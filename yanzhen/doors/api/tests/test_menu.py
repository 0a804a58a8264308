"""The menu for everybody, and orders by staff that may be sent twice."""

import datetime as dt

import pytest
from django.utils import timezone

from yanzhen.culture.tours.models import MenuOrder
from yanzhen.culture.tours.tests import makers
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.shapes.menu import MenuLine, MenuOrderTold
from yanzhen.doors.api.tests.calling import refused, told


@pytest.fixture
def world(place):
    return makers.world(place)


@pytest.fixture
def body(world):
    return {
        "item_id": world.show.pk,
        "unit": {
            "name": "演示砖厂", "kind": "enterprise", "town": world.mill.town.code,
            "contact": "演示", "phone": "19900000004",
        },
        "wished_on": (timezone.localdate() + dt.timedelta(4)).isoformat(),
        "heads": 60,
    }  # fmt: skip


def test_the_menu_is_for_everybody(nobody, world):
    world.box.state = "paused"
    world.box.save()
    page = told(nobody.get("/menu"), Page[MenuLine])
    (line,) = page["items"]
    assert (line["name"], line["kind"]["code"], line["node"]["code"]) == (
        "川剧折子戏", "show", "main-library",
    )  # fmt: skip


def test_an_order_sent_twice_is_one_order(clerk, body):
    key = {"Idempotency-Key": "k-1"}
    first = told(clerk.post("/menu/orders", body, **key), MenuOrderTold, 201)
    assert told(clerk.post("/menu/orders", body, **key), MenuOrderTold, 201) == first
    order = MenuOrder.objects.get()
    assert (first["number"], first["code"]) == (order.number, order.code)
    assert order.channel == "phone"
    refused(clerk.post("/menu/orders", {**body, "heads": 61}, **key), 422, "idempotency-key-reused")
    refused(clerk.post("/menu/orders", body), 409, "already-ordered")


def test_nobody_and_readers_take_no_orders(nobody, reader, body):
    assert nobody.post("/menu/orders", body).status_code == 401
    refused(reader.post("/menu/orders", body), 403, "no-permission")
    assert not MenuOrder.objects.exists()


def test_what_cannot_be_is_refused_in_words(clerk, body):
    refused(clerk.post("/menu/orders", {**body, "wished_on": "2020-01-01"}), 422, "day-not-to-come")
    refused(clerk.post("/menu/orders", {**body, "item_id": 10**9}), 404, "menu-item-unknown")
    nowhere = {**body, "unit": {**body["unit"], "town": "999"}}
    refused(clerk.post("/menu/orders", nowhere), 422, "requester-incomplete")
    site = {**body, "unit": {**body["unit"], "kind": "worksite"}}
    refused(clerk.post("/menu/orders", site), 422, "safety-note-missing")
    assert clerk.post("/menu/orders", {**body, "heads": 0}).status_code == 422
    assert not MenuOrder.objects.exists()
