"""Floating groups and shelf room over HTTP, without scripts."""

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.library.holdings.models import FloatingGroup, FloatingMember
from yanzhen.library.rotation.models import ShelfRoom


@pytest.fixture
def headquarters(client, place):
    client.force_login(makers.account("zong", place.hub, kind="librarian"))
    return client


def post(client, page, /, *args, **values) -> str:
    address = reverse(f"desk:{page}", args=["main-library", *args])
    return client.post(address, values, follow=True).content.decode()


def test_a_group_is_laid_down_changed_and_ended(headquarters, place):
    assert "浮动组建好了" in post(headquarters, "floating", name="东片", most="3", kind="book")
    group = FloatingGroup.objects.get()
    assert (group.most_of_a_title, [kind.code for kind in group.kinds.all()]) == (3, ["book"])
    for branch, capacity in (("zhonghe", "40"), ("linjiang", "30"), ("linjiang", "35")):
        told = {"step": "branch-in", "branch": branch, "capacity": capacity}
        assert f"最多放 {capacity} 本" in post(headquarters, "floating-change", group.pk, **told)
    room = dict(FloatingMember.objects.values_list("node__code", "capacity"))
    assert room == {"zhonghe": 40, "linjiang": 35}
    copy = makers.copy(place, title=makers.bib("县志"))
    told = {"step": "title-out", "barcode": copy.barcode}
    assert "《县志》不留" in post(headquarters, "floating-change", group.pk, **told)
    told = {"step": "title-in", "bib": copy.bib_id}
    assert "又可以留了" in post(headquarters, "floating-change", group.pk, **told)
    told = {"step": "branch-out", "branch": "zhonghe"}
    assert "不再浮动" in post(headquarters, "floating-change", group.pk, **told)
    assert "最后一天" in post(headquarters, "floating-change", group.pk, step="end")
    assert "已经停了" in post(headquarters, "floating-change", group.pk, step="end")


def test_a_refused_group_keeps_what_was_typed(headquarters, place):
    group = makers.floating_group(place.zhonghe)
    page = post(headquarters, "floating", name=group.name, most="5", kind="book")
    assert "已经有一个组叫这个名字" in page
    assert f'value="{group.name}"' in page
    assert 'value="book" checked' in page
    told = {"step": "branch-in", "branch": "linjiang", "capacity": "很多"}
    page = post(headquarters, "floating-change", group.pk, **told)
    assert 'value="很多"' in page
    assert '<option value="linjiang" selected>' in page
    told = {"step": "title-out", "barcode": "YJ404"}
    assert "不认识这个条码" in post(headquarters, "floating-change", group.pk, **told)


def test_shelves_are_counted_and_one_unreadable_number_stores_nothing(headquarters, place):
    told = {"room-zhonghe": "500", "room-linjiang": "三百", "room-main-library": ""}
    page = post(headquarters, "shelf-room", **told)
    assert 'value="三百"' in page
    assert not ShelfRoom.objects.exists()
    post(headquarters, "shelf-room", **{**told, "room-linjiang": "300"})
    assert dict(ShelfRoom.objects.values_list("node__code", "copies")) == {
        "zhonghe": 500, "linjiang": 300,
    }  # fmt: skip
    post(headquarters, "shelf-room", **{"room-zhonghe": "", "room-linjiang": "300"})
    assert ShelfRoom.objects.get().node == place.linjiang


def test_a_branch_lays_nothing_down(client, place):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    for name in ("floating", "shelf-room"):
        assert client.get(reverse(f"desk:{name}", args=["zhonghe"])).status_code == 403
