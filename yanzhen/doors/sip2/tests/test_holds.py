"""What a machine is told about holds, and what it may do with them."""

import datetime as dt

import pytest

from tests import county as makers
from yanzhen.doors.sip2.answering import answering
from yanzhen.doors.sip2.codec import Answer, build, parse
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.wire import STRICT
from yanzhen.groundwork.abreast import alone
from yanzhen.library.holds.models import Hold

pytestmark = pytest.mark.django_db

AT = makers.MONDAY
HOUR = dt.timedelta(hours=1)
DATE = "20261123    100000"


def machine(node, **settings) -> Terminal:
    account = f"sip-{node.code}-{len(settings)}"
    return Terminal.objects.create(
        account=account, name="自助机", password="!", node=node, **settings
    )


def ask(terminal: Terminal, head: str, *fields: tuple[str, str], at=AT) -> str:
    asked = parse(build(Answer(head, fields), STRICT).rstrip(b"\r"), STRICT)
    return build(alone(answering(terminal, asked, at)), STRICT).decode().rstrip("\r")


def place_hold(terminal, card, copy, mode="+", **fields) -> str:
    return ask(
        terminal, f"15{mode}{DATE}", ("AO", ""), ("AA", card.number), ("AB", copy.barcode),
        *fields.items(),
    )  # fmt: skip


def scan(terminal, copy, at=AT) -> str:
    return ask(terminal, f"09N{DATE}{DATE}", ("AP", ""), ("AO", ""), ("AB", copy.barcode), at=at)


def lend(terminal, copy, card, at=AT) -> str:
    fields = (("AO", ""), ("AA", card.number), ("AB", copy.barcode))
    return ask(terminal, f"11NN{DATE}{DATE}", *fields, at=at)


def about(terminal, copy) -> str:
    return ask(terminal, f"17{DATE}", ("AB", copy.barcode))


def information(terminal, card, wanted=None, *fields) -> str:
    summary = "".join("Y" if at == wanted else " " for at in range(10))
    return ask(terminal, f"63001{DATE}{summary}", ("AO", ""), ("AA", card.number), *fields)


def counts(said: str) -> list[int]:
    return [int(said[37 + 4 * n : 41 + 4 * n]) for n in range(6)]


def test_a_hold_made_at_a_machine_is_captured_travels_and_is_fetched_there(place):
    here, there = machine(place.zhonghe), machine(place.danshan)
    copy = makers.copy(place, at=place.danshan)
    card, other = makers.reader(place), makers.reader(place, name="李大田")
    said = place_hold(here, card, copy)
    assert said.startswith("161Y")
    assert (
        f"|AJ红楼梦|BSzhonghe|BR1|AF预约好了，排第 1 位，到{place.zhonghe.short_name}取。|" in said
    )
    assert counts(information(here, card)) == [0, 0, 0, 0, 0, 1]
    assert f"|CD{copy.barcode}|" in information(here, card, 5)
    assert "|CF1|" in about(there, copy)

    sent = scan(there, copy)
    assert sent.startswith("101YUY")
    assert "|CTzhonghe|CLzhonghe|CV02|AF已还，有人预约，送往中和。|" in sent
    on_the_road = about(here, copy)
    assert on_the_road.startswith("1810")
    assert "|CF0|CTzhonghe|" in on_the_road

    came = scan(here, copy, AT + HOUR)
    assert "|CTzhonghe|CLhold|CV01|AF已还，有人预约，请放到预约架。|" in came
    kept = about(here, copy)
    assert kept.startswith("1808")
    assert "|CM20261130    235959|CTzhonghe|" in kept
    assert counts(information(here, card)) == [1, 0, 0, 0, 0, 0]
    assert f"|AS{copy.barcode}|" in information(here, card, 0)

    refused = lend(here, copy, other)
    assert refused.startswith("120NUN")
    assert "|AF这本书是给另一位预约读者留的。请交给服务台。|" in refused
    assert lend(here, copy, card).startswith("121")
    assert counts(information(here, card)) == [0, 0, 1, 0, 0, 0]
    assert Hold.objects.get().state == Hold.State.FULFILLED


def test_without_a_hold_a_stray_copy_is_told_the_way_home_and_a_resident_nothing(place):
    copy = makers.copy(place, at=place.danshan)
    card = makers.reader(place)
    here, home = machine(place.zhonghe), machine(place.danshan)
    assert lend(here, copy, card).startswith("121")
    assert "|CTdanshan|CLdanshan|CV04|AF已还，送往丹山。|" in scan(here, copy)
    came = scan(home, copy, AT + HOUR)
    assert came.startswith("101YUN")
    assert not any(f"|{tag}" in came for tag in ("CT", "CL", "CV", "CY", "DA"))


def test_who_waits_is_told_only_to_a_machine_that_may_see_names(place):
    shown, hidden = machine(place.hub, sees_names=True), machine(place.hub)
    copy, card = makers.copy(place), makers.reader(place, name="张小禾")
    lend(hidden, copy, makers.reader(place, name="李大田"))
    place_hold(hidden, card, copy)
    assert not any(tag in scan(hidden, copy) for tag in (card.number, "张小禾"))
    assert not any(tag in about(hidden, copy) for tag in (card.number, "张小禾"))
    assert f"|CY{card.number}|DA张小禾|" in scan(shown, copy)
    assert f"|CY{card.number}|DA张小禾|" in about(shown, copy)


def test_a_hold_is_ended_and_fetched_elsewhere(place):
    terminal, card = machine(place.hub), makers.reader(place)
    copy = makers.copy(place, at=place.danshan)
    assert place_hold(terminal, card, copy, "-").startswith("160N")
    place_hold(terminal, card, copy)
    moved = place_hold(terminal, card, copy, "*", BS="linjiang")
    assert moved.startswith("161")
    assert "|BSlinjiang|" in moved
    ended = place_hold(terminal, card, copy, "-")
    assert "|AF已取消预约。|" in ended
    assert Hold.objects.get().state == Hold.State.CANCELLED


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"BS": "nowhere"}, "这里不能取预约的书。"),
        ({"AD": "wrong"}, ""),
        ({"BW": "20200101    000000"}, "“最晚需要到”的日期已经过了。"),
    ],
)
def test_a_hold_that_cannot_be_is_answered_with_a_sentence(place, fields, told):
    terminal, card = machine(place.zhonghe), makers.reader(place)
    said = place_hold(terminal, card, makers.copy(place), **fields)
    assert said.startswith("160N")
    assert f"|AF{told}" in said
    assert not Hold.objects.exists()


def test_a_lost_card_holds_nothing_and_a_strange_mode_is_refused(place):
    terminal, card = machine(place.zhonghe), makers.reader(place)
    assert place_hold(terminal, card, makers.copy(place), "?").startswith("160N")
    card.status = "lost"
    card.save()
    assert place_hold(terminal, card, makers.copy(place)).startswith("160N")
    assert not Hold.objects.exists()


def test_a_hold_on_one_copy_waits_for_that_copy(place):
    terminal, card = machine(place.hub), makers.reader(place)
    title = makers.bib()
    first, second = (makers.copy(place, at=place.danshan, title=title) for _ in range(2))
    place_hold(terminal, card, second, BY="3")
    there = machine(place.danshan)
    assert "|CV" not in scan(there, first)
    assert "|CV02|" in scan(there, second)


def test_lists_come_by_pages_and_every_hold_has_a_barcode(place):
    terminal, card = machine(place.hub), makers.reader(place)
    for copy in (copies := [makers.copy(place, at=place.danshan) for _ in range(4)]):
        place_hold(terminal, card, copy)
    told = information(terminal, card, 5, ("BP", "2"), ("BQ", "3"))
    assert told.count("|CD") == 2
    assert information(terminal, card, 5).count("|CD") == 4
    assert information(terminal, card, 5, ("BP", "٣"), ("BQ", "9" * 40)).count("|CD") == 4
    Hold.objects.update(target=None)
    assert all(f"|CD{copy.barcode}|" in information(terminal, card, 5) for copy in copies)
