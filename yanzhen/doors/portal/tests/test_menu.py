"""The menu without an account: choose, order, look, cancel, sign off, rate."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from yanzhen.culture.tours.models import MenuOrder, Rating, SignOff
from yanzhen.culture.tours.tests import makers

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(place, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return makers.world(place)


def told(world, **other) -> dict[str, str]:
    """What a foreman types."""
    return {
        "name": "演示三号工地", "kind": "worksite", "town": world.worksite.town.code,
        "address": "生活区", "contact": "演示工长", "phone": "199 0000 0002",
        "day": (TODAY() + 5 * DAY).isoformat(), "time": "19:30", "heads": "120",
        "safety_note": "生活区球场", "note": "", "other_day": "", "once": "k1", **other,
    }  # fmt: skip


def form(world) -> str:
    return reverse("portal:order-from-menu", args=[world.show.pk])


def ordered(client, world, **other):
    answer = client.post(form(world), told(world, **other))
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer.url).content.decode(), answer.url


def delivered(world) -> MenuOrder:
    """An order whose stop began an hour ago and more."""
    now = timezone.now()
    order = makers.ask(world, world.worksite, day=TODAY(), at=now - 3 * DAY)
    run = makers.run(world)
    run.stops.all().delete()
    stop = makers.put(world, run, makers.ask(world, world.mill))
    stop.order_id, stop.day = order.pk, TODAY()
    stop.arrives_at = now - dt.timedelta(hours=4)
    stop.starts_at, stop.ends_at = now - dt.timedelta(hours=3), now - dt.timedelta(hours=2)
    stop.save()
    MenuOrder.objects.filter(pk=order.pk).update(state="assigned")
    return order


def sign(client, order, **other):
    address = reverse("portal:sign-off-menu-order", args=[order.number])
    values = {"code": order.code, "children": "10", "adults": "90", "elders": "0",
              "contact": "演示工长", **other}  # fmt: skip
    return client.post(address, values)


def picture(content=makers.JPEG, name="现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_the_menu_is_narrowed_by_kind_audience_and_season(client, world):
    makers.item(world.place.hub, "工地电影", kind="film", audience="workers")
    makers.item(world.place.hub, "春天", season="spring")
    page = client.get("/menu/").content.decode()
    assert all(name in page for name in ("川剧折子戏", "一箱新书", "工地电影", "春天"))
    films = client.get("/menu/?kind=film").content.decode()
    assert "工地电影" in films
    assert "川剧折子戏" not in films
    for_children = client.get("/menu/?for=children&season=winter").content.decode()
    assert "川剧折子戏" in for_children
    assert "工地电影" not in for_children
    assert "春天" not in for_children.replace("春（", "")
    assert client.get("/menu/?kind=nonsense&for=%00").status_code == 200
    assert "没有正好合适的" in client.get("/menu/?kind=teacher").content.decode()


def test_a_foreman_orders_and_reads_out_the_number(client, world):
    page, url = ordered(client, world)
    order = MenuOrder.objects.get()
    assert f"/orders/{order.number}/?code={order.code}" in url
    assert f"{order.number[:3]} {order.number[3:]}" in page
    assert "收到了" in page
    assert (order.requester, order.phone) == (world.worksite, "19900000002")
    found = client.get("/orders/", {"number": order.number, "code": order.code.lower()})
    assert found.status_code == 302
    ordered(client, world)
    assert MenuOrder.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"day": "2020-01-01"}, "只能点今天以后"),
        ({"day": "2026-02-30"}, "没有这一天"),
        ({"heads": "很多"}, "请填数字"),
        ({"heads": "99999999"}, "预计人数请填"),
        ({"safety_note": ""}, "工地要写一句"),
        ({"phone": "不告诉你"}, "电话号码不对"),
        ({"town": "999"}, "请从列出的镇街里选"),
        ({"name": "长" * 900}, "太长了"),
        ({"kind": "dragon"}, "dragon"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(client, world, other, said):
    answer = client.post(form(world), told(world, **other))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "演示工长" in page
    assert not MenuOrder.objects.exists()


def test_an_order_is_shown_to_nobody_without_its_code(client, world):
    order = makers.ask(world, at=timezone.now(), day=TODAY() + DAY)
    for address in (
        f"/orders/{order.number}/", f"/orders/{order.number}/?code=ABCDEFGH",
        f"/orders/999999/?code={order.code}", f"/orders/{order.pk}/?code={order.code}",
        f"/orders/{order.number}/photo/",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 404
        assert "演示小学" not in answer.content.decode()
    for name in ("cancel-menu-order", "rate-menu-order", "sign-off-menu-order"):
        address = reverse(f"portal:{name}", args=[order.number])
        assert client.post(address, {"code": "ABCDEFGH"}).status_code == 404
    assert "没有找到这一单" in client.get("/orders/?number=1&code=2").content.decode()
    order.refresh_from_db()
    assert order.state == "asked"


def test_who_ordered_cancels_it(client, world):
    order = makers.ask(world, at=timezone.now(), day=TODAY() + DAY)
    address = reverse("portal:cancel-menu-order", args=[order.number])
    for said in ("取消了", "这一步办不了"):
        page = client.post(address, {"code": order.code, "reason": "停电"}, follow=True)
        assert said in page.content.decode()
    assert order.steps.last().reason == "停电"


def test_the_place_signs_with_a_photo_and_rates_once(client, world):
    order = delivered(world)
    assert (
        "看完了，请签收"
        in client.get(f"/orders/{order.number}/?code={order.code}").content.decode()
    )
    assert sign(client, order, photo=picture()).status_code == 302
    signed = SignOff.objects.get()
    assert (signed.heads, signed.channel) == (100, "web")
    assert signed.photo.name.endswith(".jpg")
    photo = client.get(f"/orders/{order.number}/photo/?code={order.code}")
    assert photo.content == makers.JPEG
    assert photo["Content-Type"] == "image/jpeg"
    address = reverse("portal:rate-menu-order", args=[order.number])
    no_star = client.post(address, {"code": order.code, "stars": "9"}, follow=True)
    assert "请选一到五星" in no_star.content.decode()
    for _again in range(2):
        client.post(address, {"code": order.code, "stars": "5", "words": "好看"})
    assert [(r.stars, r.words) for r in Rating.objects.all()] == [(5, "好看")]
    assert "平均 5.0 星" in client.get(f"/menu/{world.show.pk}/").content.decode()


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        (lambda: picture(b"just a text", "a.jpg"), "这个文件不是照片"),
        (lambda: picture(b"", "a.jpg"), "这个文件不是照片"),
        (lambda: picture(makers.JPEG + b"\0" * 50_000_000), "照片太大了"),
    ],
)
def test_a_file_that_is_no_photo_is_refused_and_the_heads_stay(client, world, photo, said):
    order = delivered(world)
    answer = sign(client, order, photo=photo())
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="90"' in answer.content.decode()
    assert not SignOff.objects.exists()


def test_without_a_photo_it_is_signed_and_told_that_it_does_not_count_yet(client, world):
    order = delivered(world)
    sign(client, order)
    assert (
        "照片补上才算数"
        in client.get(f"/orders/{order.number}/?code={order.code}").content.decode()
    )
    assert sign(client, order, adults="-5").status_code == 422


def test_a_paused_item_says_so(client, world):
    world.show.state = "paused"
    world.show.save()
    assert "暂停点单" in client.get(f"/menu/{world.show.pk}/").content.decode()
    answer = client.post(form(world), told(world))
    assert "现在暂停点单" in answer.content.decode()
    assert client.get("/menu/99999/").status_code == 404
    assert client.get(f"/menu/{10**30}/").status_code == 404


def test_the_menu_speaks_english(client, world):
    page = client.get("/en/menu/").content.decode()
    assert "You choose" in page
