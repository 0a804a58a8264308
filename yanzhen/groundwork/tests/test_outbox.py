import datetime as dt
from dataclasses import dataclass

import pytest

from yanzhen.groundwork import outbox
from yanzhen.groundwork.models import Delivery, Fact

AT = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
heard: list[dict] = []

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class BellRang:
    tower: str


def listen(body: dict) -> None:
    heard.append(body)


def stumble(body: dict) -> None:
    raise RuntimeError("deaf")


@pytest.fixture(autouse=True)
def _silence():
    heard.clear()


def test_a_fact_reaches_each_listener_once():
    outbox.record(BellRang("east"), at=AT)
    heard_by = {BellRang: [listen]}
    assert outbox.spread(heard_by, at=AT) == 1
    assert outbox.spread(heard_by, at=AT) == 0
    assert outbox.deliver_due(heard_by, at=AT) == 1
    assert outbox.deliver_due(heard_by, at=AT + dt.timedelta(days=1)) == 0
    assert heard == [{"tower": "east"}]


def test_a_fact_nobody_hears_is_done_with():
    outbox.record(BellRang("west"), at=AT)
    outbox.spread({}, at=AT)
    assert not Fact.objects.filter(spread_at=None).exists()
    assert not Delivery.objects.exists()


def test_old_facts_are_forgotten_once_everybody_has_heard_them():
    outbox.record(BellRang("east"), at=AT)
    outbox.spread({BellRang: [listen]}, at=AT)
    later = AT + outbox.KEPT + dt.timedelta(days=1)
    assert outbox.sweep(later) == 0, "one listener still waits"
    outbox.deliver_due({BellRang: [listen]}, at=AT)
    assert outbox.sweep(AT) == 0, "not old yet"
    assert outbox.sweep(later) == 1
    assert not Fact.objects.exists()


def test_one_listeners_trouble_does_not_stop_the_others_and_is_tried_again():
    outbox.record(BellRang("north"), at=AT)
    heard_by = {BellRang: [stumble, listen]}
    outbox.spread(heard_by, at=AT)
    outbox.deliver_due(heard_by, at=AT)
    assert heard == [{"tower": "north"}]
    waiting = Delivery.objects.get(done_at=None)
    assert "deaf" in waiting.trouble
    assert outbox.deliver_due(heard_by, at=AT) == 0
    assert outbox.deliver_due(heard_by, at=AT + dt.timedelta(minutes=1)) == 1


def test_a_claimed_delivery_is_not_taken_by_a_second_worker():
    outbox.record(BellRang("south"), at=AT)
    outbox.spread({BellRang: [listen]}, at=AT)
    same = Delivery.objects.get()
    assert outbox._claim(same, AT) is True
    assert outbox._claim(same, AT) is False


def test_a_listener_that_is_gone_does_not_stop_the_others():
    outbox.record(BellRang("old"), at=AT)
    outbox.spread({BellRang: [stumble, listen]}, at=AT)
    assert outbox.deliver_due({BellRang: [listen]}, at=AT) == 2
    assert heard == [{"tower": "old"}]
    waiting = Delivery.objects.get(done_at=None)
    assert "no listener" in waiting.trouble
    assert waiting.due_at == AT + dt.timedelta(seconds=2)


def test_a_listener_that_fails_for_weeks_is_still_asked_every_six_hours():
    outbox.record(BellRang("deep"), at=AT)
    outbox.spread({BellRang: [stumble]}, at=AT)
    Delivery.objects.update(attempts=2000)
    assert outbox.deliver_due({BellRang: [stumble]}, at=AT) == 1
    assert Delivery.objects.get().due_at == AT + outbox.LONGEST_WAIT
