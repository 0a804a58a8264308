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


@pytest.fixture
def queue(place) -> list[Hold]:
    title = makers.bib()
    makers.copy(place, title=title, state=Copy.State.ON_LOAN, for_loan=True)
    return [
        place_hold(
            person_id=makers.reader(place, name=name).person_id, bib_id=title.pk,
            pickup=place.zhonghe, by=makers.staff(place.hub), at=makers.MONDAY,
        )
        for name in ("甲一", "乙二", "丙三")
    ]  # fmt: skip


def test_headquarters_moves_somebody_with_a_reason(place, client, queue):
    client.force_login(makers.account("hub", place.hub, "director"))
    page = reverse("desk:hold-queue", args=["main-library", queue[0].bib_id])
    assert "调整 丙三 的位置" in client.get(page, {"move": queue[2].pk}).content.decode()
    address = reverse("desk:move-hold", args=["main-library", queue[2].pk])
    for told, said in (
        ({"position": "1", "reason": " "}, "调整排队要写原因"),
        ({"position": "九", "reason": "教师备课"}, "队里没有第"),
    ):
        answer = client.post(address, told)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{told["position"]}"' in answer.content.decode()
    client.post(address, {"position": "1", "reason": "教师备课"})
    shown = client.get(page).content.decode()
    assert Hold.objects.get(pk=queue[2].pk).position == 1
    assert "第 3 位 → 第 1 位" in shown
    assert "教师备课" in shown


def test_a_branch_sees_the_queue_and_does_not_move_it(clerk, queue):
    page = clerk.get(reverse("desk:hold-queue", args=["zhonghe", queue[0].bib_id]))
    assert "乙二" in page.content.decode()
    assert "调整位置" not in page.content.decode()
    assert "红楼梦" in clerk.get(reverse("desk:hold-queues", args=["zhonghe"])).content.decode()
    address = reverse("desk:move-hold", args=["zhonghe", queue[2].pk])
    assert clerk.post(address, {"position": "1", "reason": "我想"}).status_code == 403


def test_the_telephone_places_changes_and_cancels_for_a_reader(place, client):
    client.force_login(makers.account("operator", place.hub, "operator"))
    card, copy = makers.reader(place, name="胡秋霞"), makers.copy(place, at=place.danshan)
    page = reverse("desk:reader-holds", args=["main-library", card.person_id])
    for text in ("红楼", copy.barcode):
        assert "红楼梦" in client.get(page, {"q": text}).content.decode()
    placed = reverse("desk:hold-for-reader", args=["main-library", card.person_id, copy.bib_id])
    client.post(placed, {"pickup": "zhonghe", "q": "红楼"})
    hold = Hold.objects.get()
    assert (hold.person_id, hold.pickup_node) == (card.person_id, place.zhonghe)
    again = client.post(placed, {"pickup": "zhonghe", "q": "红楼"})
    assert again.url.endswith("?q=%E7%BA%A2%E6%A5%BC")  # refused: back to the same search
    assert "已经预约过了" in client.get(again.url).content.decode()
    one = ["main-library", card.person_id, hold.pk]
    client.post(reverse("desk:reader-hold-pickup", args=one), {"pickup": "danshan"})
    assert Hold.objects.get().pickup_node == place.danshan
    client.post(reverse("desk:cancel-reader-hold", args=one))
    assert Hold.objects.get().state == Hold.State.CANCELLED
    assert "现在没有预约" in client.get(page).content.decode()


def test_anothers_hold_is_not_changed_through_this_reader(place, client, hold):
    client.force_login(makers.account("operator", place.hub, "operator"))
    other = makers.reader(place, name="别人")
    one = ["main-library", other.person_id, hold.pk]
    assert client.post(reverse("desk:cancel-reader-hold", args=one)).status_code == 404


def test_what_is_set_aside_is_lent_to_another_with_a_reason(place, clerk, hold):
    copy, other = hold.bib.copies.get(), makers.reader(place, name="急用")
    clerk.post(reverse("desk:scan", args=["zhonghe"]), {"code": copy.barcode})
    scan = {"code": copy.barcode, "reader": other.person_id}
    headers = {"HX-Request": "true"}
    address = reverse("desk:scan", args=["zhonghe"])
    refused = clerk.post(address, scan, headers=headers).content.decode()
    assert 'name="although_held"' in refused
    lent = clerk.post(address, scan | {"although_held": "读者来电同意"}, headers=headers)
    assert "已借出" in lent.content.decode()
    assert Hold.objects.get(pk=hold.pk).steps.last().note == "读者来电同意"
