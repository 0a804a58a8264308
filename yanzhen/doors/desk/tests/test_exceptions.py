"""Every kind of exception is settled by its obvious act, in one form, and stays to be read."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.doors.desk.exceptions.choices import RETURNS
from yanzhen.groundwork import clock
from yanzhen.library.circulation.losing import declare_lost
from yanzhen.library.circulation.models import ReturnException
from yanzhen.library.circulation.overtaking import note_overtaken
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings import disputing
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copy_scanned
from yanzhen.library.withdrawal.models import WithdrawalLine

AT = makers.MONDAY


@pytest.fixture
def clerk(place, client):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    return client


@pytest.fixture
def desk(place):
    return makers.staff(place.zhonghe)


def hand_in(barcode, place, desk):
    take_back(barcode=barcode, node=place.zhonghe, by=desk, at=AT)
    return ReturnException.objects.latest("pk")


def settle(client, source, pk, code="zhonghe", **posted):
    answer = client.post(reverse("desk:settle", args=[code, source, pk]), posted)
    return client.get(answer.url).content.decode()


def settled(client, source="return"):
    page = reverse("desk:settled-exceptions", args=["zhonghe"])
    return client.get(page, {"source": source}).content.decode()


def test_every_kind_has_its_ways():
    assert set(RETURNS) == set(ReturnException.Kind)
    assert all(len(ways) > 1 for ways in RETURNS.values())


def test_an_old_barcode_becomes_an_alias(place, clerk, desk):
    copy, row = makers.copy(place, at=place.zhonghe), hand_in("OLD55", place, desk)
    assert "请写一句" in settle(clerk, "return", row.pk, action="old_barcode")
    page = settle(clerk, "return", row.pk, action="old_barcode", note="NIX")
    assert "没有找到条码" in page
    assert '<option value="old_barcode" selected>' in page
    assert 'value="NIX"' in page
    assert ReturnException.objects.get().settled_at is None
    assert "处理好了" in settle(clerk, "return", row.pk, action="old_barcode", note=copy.barcode)
    assert copy_scanned("OLD55", place.zhonghe) == copy
    assert copy.barcode in settled(clerk)


def test_a_found_copy_that_is_torn_is_flagged(place, clerk, desk):
    copy = makers.copy(place, at=place.zhonghe)
    declare_lost(copy_id=copy.pk, note="丢了", by=desk, at=AT)
    row = hand_in(copy.barcode, place, desk)
    assert "处理好了" in settle(clerk, "return", row.pk, action="damaged", note="水渍")
    copy.refresh_from_db()
    assert copy.damaged
    assert "有破损，标上：水渍" in settled(clerk)
    assert "已经处理过" in settle(clerk, "return", row.pk, action="reshelved")


def test_a_withdrawn_copy_is_restored_by_who_may(place, client, clerk, desk):
    row = hand_in(makers.withdrawn(makers.copy(place, at=place.zhonghe)).barcode, place, desk)
    assert (
        "撤销剔旧" not in clerk.get(reverse("desk:exceptions", args=["zhonghe"])).content.decode()
    )
    refused = settle(clerk, "return", row.pk, action="restored", note="还要")
    assert "不在您的岗位" in refused
    assert ReturnException.objects.get().settled_at is None
    client.force_login(makers.account("chief", place.hub, "director"))
    for days, said in ((8, "不能撤销"), (6, "处理好了")):
        decided = clock.now() - dt.timedelta(days=days)
        WithdrawalLine.objects.update(decided_at=decided)
        assert said in settle(client, "return", row.pk, action="restored", note="还要")
    assert Copy.objects.get().state == "available"


@pytest.mark.parametrize(("action", "state"), [("here", "available"), ("lost", "lost")])
def test_a_dispute_is_settled_by_a_scan_or_a_loss(place, client, action, state):
    copy = makers.copy(place, at=place.zhonghe)
    take_back(barcode=copy.barcode, node=place.hub, by=makers.staff(place.hub), at=AT)
    row = disputing.dispute(copy_id=copy.pk, by=makers.staff(place.hub), at=AT)
    client.force_login(makers.account("librarian", place.hub, "librarian"))
    shown = client.get(reverse("desk:exceptions", args=["zhonghe"])).content.decode()
    assert copy.barcode in shown
    assert "处理好了" in settle(client, "dispute", row.pk, action=action, note="找过三遍")
    copy.refresh_from_db()
    assert (copy.state, copy.in_dispute) == (state, False)
    assert copy.barcode in settled(client, "dispute")
    assert list(invariants.broken()) == []


def test_an_offline_conflict_is_settled(place, clerk):
    copy = makers.copy(place, at=place.zhonghe)
    row = note_overtaken(
        barcode=copy.barcode, copy=copy, card_number="", note="还书之后又借出了",
        node=place.zhonghe, by=makers.staff(place.zhonghe), at=AT,
    )  # fmt: skip
    shown = clerk.get(reverse("desk:exceptions", args=["zhonghe"])).content.decode()
    assert "自助机断网时办的" in shown
    assert "还书之后又借出了" in shown
    assert "处理好了" in settle(clerk, "return", row.pk, action="taken_back")
    assert "书在这里，按还书办" in settled(clerk, "return")
    assert "已经处理过" in settle(clerk, "return", row.pk, action="kept")


def test_nonsense_is_told_and_changes_nothing(place, clerk, desk):
    row = hand_in("NIX1", place, desk)
    assert "请选一种" in settle(clerk, "return", row.pk, action="nix")
    assert "请选一种" in settle(clerk, "return", row.pk)
    for source, pk in (("nix", 1), ("return", 99999), ("dispute", 99999)):
        assert "没有找到这一条" in settle(clerk, source, pk, action="other", note="写一句")
    assert settled(clerk, "\x00")
    assert Copy.objects.count() == 0


def test_another_branch_settles_nothing_here(place, client, desk):
    row = hand_in("NIX1", place, desk)
    client.force_login(makers.account("danshan", place.danshan))
    assert "不归您管" in settle(client, "return", row.pk, code="danshan", note="不是我的")
    assert ReturnException.objects.get().settled_at is None
