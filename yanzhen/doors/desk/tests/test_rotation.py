"""Manifests, boxes and proposals over HTTP, without scripts."""

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.rotation.models import BookBox, BoxStay, Manifest, RebalancingProposal


def post(client, page, /, *args, **values):
    address = reverse(f"desk:{page}", args=args)
    answer = client.post(address, values)
    assert answer.status_code == 302, answer.content.decode()[:300]
    return client.get(answer.url).content.decode()


@pytest.fixture
def stray(place):
    copy = makers.copy(place, at=place.zhonghe)
    by = makers.staff(place.linjiang)
    take_back(barcode=copy.barcode, node=place.linjiang, by=by, at=makers.MONDAY)
    return copy


def test_a_crate_goes_from_one_desk_to_the_other(place, client, stray):
    client.force_login(makers.account("linjiang", place.linjiang))
    assert "已列上" in post(client, "manifests", "linjiang", to="zhonghe")
    manifest = Manifest.objects.get()
    page = post(client, "manifest-step", "linjiang", manifest.pk, step="hand-over", counted="9")
    assert "数出 9 本" in page
    assert 'value="9"' in page
    post(client, "manifest-step", "linjiang", manifest.pk, step="hand-over", counted="1")
    sheet = client.get(reverse("desk:manifest-sheet", args=["linjiang", manifest.pk]))
    assert stray.barcode in sheet.content.decode()
    assert manifest.number in client.get(
        reverse("desk:road", args=["linjiang"])).content.decode()  # fmt: skip
    client.force_login(makers.account("zhonghe", place.zhonghe))
    page = post(client, "manifest-step", "zhonghe", manifest.pk, step="close")
    assert "还有 1 本没有扫到" in page
    page = post(
        client, "manifest-step", "zhonghe", manifest.pk, step="receive", barcode=stray.barcode
    )
    assert "已签收" in page
    assert "差异 0" in post(client, "manifest-step", "zhonghe", manifest.pk, step="close")


def test_nonsense_is_answered(place, client, stray):
    client.force_login(makers.account("linjiang", place.linjiang))
    assert "没有找到这张交接单" in post(client, "manifests", "linjiang", to="nowhere")
    address = reverse("desk:manifest-step", args=["linjiang", 99])
    assert client.post(address, {"step": "dance"}).status_code == 404
    post(client, "manifests", "linjiang", to="zhonghe")
    manifest = Manifest.objects.get()
    for barcode in ("", "x" * 9000, "'; DROP"):
        page = post(client, "manifest-step", "linjiang", manifest.pk, step="pack", barcode=barcode)
        assert "馆藏里没有这个条码" in page


def test_a_stranger_does_not_see_a_manifest(place, client, stray):
    client.force_login(makers.account("linjiang", place.linjiang))
    post(client, "manifests", "linjiang", to="zhonghe")
    client.force_login(makers.account("danshan", place.danshan))
    address = reverse("desk:manifest", args=["danshan", Manifest.objects.get().pk])
    assert client.get(address).status_code == 404


def test_a_box_is_filled_and_sent(place, client):
    point = makers.service_point(place.zhonghe, "juguang", "巨光村")
    copy = makers.copy(place, at=place.zhonghe)
    client.force_login(makers.account("zhonghe", place.zhonghe))
    post(client, "boxes", "zhonghe", name="一号箱")
    box = BookBox.objects.get()
    post(client, "box", "zhonghe", box.pk, step="put-in", barcode=copy.barcode)
    assert "要写哪天收回" in post(
        client, "box", "zhonghe", box.pk, step="send", to="juguang", due="2027-99-99")  # fmt: skip
    page = post(client, "box", "zhonghe", box.pk, step="send", to="juguang", due="2099-01-01")
    assert "箱子出发" in page
    manifest = BoxStay.objects.get().manifest
    page = post(client, "manifest-step", "juguang", manifest.pk, step="receive-whole")
    assert "整箱签收 1 本" in page
    assert Copy.objects.get().current_node == point


def test_headquarters_plans_and_proposes(place, client):
    client.force_login(makers.account("hub", place.hub, "librarian"))
    assert "没有值得调的" in post(
        client, "proposals", "main-library", months="12", at_most="50")  # fmt: skip
    assert "最近 1 到 36 个月" in post(
        client, "proposals", "main-library", months="x", at_most="")  # fmt: skip
    proposal = RebalancingProposal.objects.get()
    page = client.get(reverse("desk:proposal", args=["main-library", proposal.pk]))
    assert "各馆调前和调后" in page.content.decode()
    assert client.get(reverse("desk:plans", args=["main-library"])).status_code == 200
    assert not Transit.objects.exists()


def test_the_floating_group_is_explained_at_the_desk(place, client):
    makers.floating_group(place.zhonghe, place.linjiang)
    copy, card = makers.copy(place, at=place.linjiang), makers.reader(place)
    lend(
        barcode=copy.barcode,
        card_number=card.number,
        node=place.linjiang,
        by=makers.staff(place.linjiang),
        at=makers.MONDAY,
    )
    client.force_login(makers.account("zhonghe", place.zhonghe))
    assert "浮动：留在本馆" in post(client, "scan", "zhonghe", code=copy.barcode)


def test_a_refused_plan_comes_back_with_what_was_typed(place, client):
    client.force_login(makers.account("hub", place.hub, kind="director"))
    BookBox.objects.create(
        label="TX1", name="一号箱", owner=place.zhonghe, made_at=makers.MONDAY, made_by="甲"
    )
    told = {"name": "春季", "box": BookBox.objects.get().pk, "node-1": "danshan",
            "from-1": "2026-12-01"}  # fmt: skip
    page = post(client, "plans", "main-library", **told)
    assert "有一站没有写日期" in page
    assert 'value="春季"' in page
    assert '<option value="danshan" selected>' in page
    assert 'value="2026-12-01"' in page
