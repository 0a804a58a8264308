"""Menu, orders, runs and figures at a desk."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import county
from yanzhen.culture.tours.models import MenuItem, MenuOrder, Requester, SignOff, TourRun, Troupe
from yanzhen.culture.tours.tests import makers

DAY = dt.timedelta(days=1)
HUB, TOWN = "main-library", "danshan"


@pytest.fixture
def world(place, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return makers.world(place)


@pytest.fixture
def cadre(client, world):
    client.force_login(county.account("culture", world.place.hub, "culture_cadre"))
    return client


@pytest.fixture
def officer(client, world):
    client.force_login(county.account("danshan", world.place.danshan))
    return client


def soon(days=3) -> dt.date:
    return timezone.localdate() + days * DAY


def ask(world, requester=None, **wish) -> MenuOrder:
    return makers.ask(world, requester, at=timezone.now() - 2 * DAY, **{"day": soon(), **wish})


def get(client, page, *args, **query) -> str:
    answer = client.get(reverse(f"desk:{page}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, page, /, *args, **values) -> str:
    answer = client.post(reverse(f"desk:{page}", args=args), values)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer.url).content.decode()


def a_run(client, **other) -> TourRun:
    values = {"name": "演示一日", "first_day": soon(), "last_day": soon(), "departs": "08:00",
              "lead": "演示领队", "lead_phone": "", "set_up": "30", "home_minutes": "40",
              "note": "", **other}  # fmt: skip
    post(client, "new-tour", HUB, **values)
    return TourRun.objects.get()


def step(client, run, name, **values) -> str:
    return post(client, "tour-step", HUB, run.pk, step=name, **values)


def test_what_waits_longest_stands_on_top(cadre, world):
    makers.ask(world, at=timezone.now(), day=soon())
    makers.ask(world, world.mill, at=timezone.now() - 9 * DAY, day=soon())
    page = get(cadre, "menu-orders", HUB)
    assert page.index("演示面粉厂") < page.index("演示小学")
    assert "9 天" in page
    assert "演示小学" not in get(cadre, "menu-orders", HUB, state="declined")
    assert get(cadre, "menu-orders", HUB, state="nonsense")


def test_an_order_on_the_telephone_has_five_fields(cadre, world):
    page = get(cadre, "new-menu-order", HUB)
    assert len(re.findall(r'class="field[ "]', page)) == 5
    values = {"requester": world.mill.pk, "item": world.show.pk, "day": soon(), "heads": "80"}
    page = post(cadre, "new-menu-order", HUB, **values)
    order = MenuOrder.objects.get()
    assert (order.channel, order.contact) == ("phone", "演示联系人")
    assert f"{order.code[:4]} {order.code[4:]}" in page
    again = cadre.post(reverse("desk:new-menu-order", args=[HUB]), values)
    assert again.status_code == 422
    assert "已经点过" in again.content.decode()
    nonsense = cadre.post(
        reverse("desk:new-menu-order", args=[HUB]), {"requester": "x", "item": 10**9, "day": "?"}
    )
    assert nonsense.status_code == 422


def test_a_town_orders_for_its_own_and_enters_a_new_unit(officer, world):
    page = get(officer, "new-menu-order", TOWN)
    assert "演示小学" in page
    assert "演示面粉厂" not in page
    page = post(
        officer, "new-requester", TOWN, name="演示砖厂", kind="enterprise",
        town=world.school.town.code, contact="演示", phone="19900000003",
    )  # fmt: skip
    assert f'value="{Requester.objects.get(name="演示砖厂").pk}" selected' in page


def test_a_no_has_a_reason_and_says_whom_to_call(cadre, world):
    order = ask(world)
    assert "请写一句为什么" in post(cadre, "decline-menu-order", HUB, order.pk, reason=" ")
    page = post(cadre, "decline-menu-order", HUB, order.pk, reason="队伍外出")
    assert "19900000000" in page
    assert "队伍外出" in page


def test_a_town_sees_no_orders_of_others(officer, world):
    mine, theirs = ask(world), ask(world, world.mill)
    page = get(officer, "menu-orders", TOWN)
    assert "演示小学" in page
    assert "演示面粉厂" not in page
    assert get(officer, "menu-order", TOWN, mine.pk)
    seen = officer.get(reverse("desk:menu-order", args=[TOWN, theirs.pk]))
    assert seen.status_code == 404
    refused = officer.post(
        reverse("desk:decline-menu-order", args=[TOWN, theirs.pk]), {"reason": "不行"}
    )
    assert refused.status_code == 302
    theirs.refresh_from_db()
    assert theirs.state == "asked"


def test_a_run_is_planned_with_its_route_its_crew_and_its_sheet(cadre, world):
    first, second = ask(world), ask(world, world.mill)
    run = a_run(cadre)
    assert "第 1 站" in step(cadre, run, "assign", order=first.pk)
    step(cadre, run, "assign", order=second.pk, day="nonsense")
    assert "带上了" in step(cadre, run, "take", resource=world.van.pk, units="1")
    page = step(cadre, run, "up", stop=second.stops.get().pk)
    assert page.index("演示面粉厂") < page.index("演示小学")
    step(cadre, run, "road", stop=second.stops.get().pk, minutes="90")
    assert "请填 0 到 240" in step(cadre, run, "road", stop=second.stops.get().pk, minutes="x")
    sheet = get(cadre, "tour-sheet", HUB, run.pk)
    assert sheet.index("10:00–11:00") < sheet.index("演示小学")
    assert "19900000000" in sheet
    assert first.code[:4] in sheet
    page = step(cadre, run, "take-off", stop=second.stops.get().pk, reason="塌方")
    assert "请打电话告诉 演示联系人" in page
    step(cadre, run, "leave", need=run.needs.get().pk)
    assert "请一家一家打电话" in step(cadre, run, "call-off", reason="暴雨")
    assert MenuOrder.objects.filter(state="asked").count() == 2


def test_a_van_that_is_taken_is_told_with_both_uses(cadre, world):
    run = a_run(cadre)
    step(cadre, run, "assign", order=ask(world).pk)
    step(cadre, run, "take", resource=world.van.pk)
    post(cadre, "new-tour", HUB, name="另一趟", first_day=soon(), last_day=soon(),
         departs="09:00", lead="某", set_up="0", home_minutes="0")  # fmt: skip
    other = TourRun.objects.get(name="另一趟")
    step(cadre, other, "take", resource=world.van.pk)
    page = step(cadre, other, "assign", order=ask(world, world.mill).pk)
    assert "演示一日" in page
    assert other.stops.count() == 0


def test_paper_is_typed_in_and_the_director_sees_the_figure(cadre, world):
    order = ask(world, day=timezone.localdate())
    run = a_run(cadre, first_day=timezone.localdate(), last_day=timezone.localdate(),
                departs="00:00", set_up="0")  # fmt: skip
    step(cadre, run, "assign", order=order.pk)
    stop = order.stops.get()
    begun = timezone.now() - dt.timedelta(hours=2)
    run.stops.update(arrives_at=begun, starts_at=begun, ends_at=begun + dt.timedelta(hours=1))
    assert "没有签收" in get(cadre, "tours", HUB)
    values = {"children": "5", "adults": "6", "elders": "7", "contact": "演示门卫"}
    address = reverse("desk:sign-off", args=[HUB, run.pk, stop.pk])
    text = SimpleUploadedFile("a.jpg", b"text", "image/jpeg")
    assert cadre.post(address, {**values, "photo": text}).status_code == 422
    assert "才算进流动服务" in post(cadre, "sign-off", HUB, run.pk, stop.pk, **values)
    photo = SimpleUploadedFile("a.jpg", makers.JPEG, "image/jpeg")
    page = post(cadre, "sign-off", HUB, run.pk, stop.pk, **values, photo=photo)
    assert "算进流动服务" in page
    signed = SignOff.objects.get()
    assert (signed.channel, signed.heads) == ("paper", 18)
    assert cadre.get(reverse("desk:sign-off-photo", args=[HUB, signed.pk])).status_code == 200
    figures = get(cadre, "tour-figures", HUB)
    assert "<b>18<small>" in figures.replace(" <small>", "<small>")
    table = cadre.get(reverse("desk:tour-figures-csv", args=[HUB])).content.decode()
    assert "丹山镇,1,18,0" in table
    assert "跑完" not in step(cadre, run, "end")
    assert cadre.get(reverse("desk:tour-figures", args=[HUB]), {"year": "x"}).status_code == 200


def test_the_photo_of_another_house_is_not_shown(officer, world):
    order = makers.ask(world)
    stop = makers.put(world, makers.run(world), order)
    signed = SignOff.objects.create(
        stop=stop, children=1, adults=1, elders=1, photo="sign-offs/x.jpg", contact="某",
        channel="web", signed_at=makers.AFTER, signed_by="某",
    )  # fmt: skip
    assert officer.get(reverse("desk:sign-off-photo", args=[TOWN, signed.pk])).status_code == 404
    page = officer.get(reverse("desk:tour", args=[TOWN, stop.run_id]))
    assert page.status_code == 404


def test_the_menu_and_the_troupes_are_kept(officer, world):
    dish = {"name": "围鼓", "kind": "show", "audience": "everybody", "season": "any",
            "minutes": "40", "helpers": "0"}  # fmt: skip
    assert "围鼓" in post(officer, "new-menu-item", TOWN, **dish)
    made = MenuItem.objects.get(name="围鼓")
    assert made.node == world.place.danshan
    post(officer, "menu-item", TOWN, made.pk, **{**dish, "minutes": "50"})
    made.refresh_from_db()
    assert made.minutes == 50
    short = officer.post(reverse("desk:menu-item", args=[TOWN, made.pk]), {**dish, "minutes": "1"})
    assert short.status_code == 422
    assert "暂停点单了" in post(officer, "pause-menu-item", TOWN, made.pk, paused="1")
    stranger = officer.get(reverse("desk:menu-item", args=[TOWN, world.show.pk]))
    assert stranger.status_code == 404
    troupe = {"name": "演示鼓队", "kind": "community", "town": world.school.town.code,
              "art": "鼓", "members": "12", "leader": "某", "phone": ""}  # fmt: skip
    assert "演示鼓队" in post(officer, "new-troupe", TOWN, **troupe)
    made = Troupe.objects.get(name="演示鼓队")
    assert made.checked_on == timezone.localdate()
    post(officer, "troupe", TOWN, made.pk, **{**troupe, "members": "15"})
    made.refresh_from_db()
    assert made.members == 15


def test_nonsense_is_answered(cadre, world):
    run = a_run(cadre)
    address = reverse("desk:tour-step", args=[HUB, run.pk])
    assert cadre.post(address, {"step": "dance"}).status_code == 404
    for values in ({"step": "assign", "order": "x"}, {"step": "up", "stop": "-1"},
                   {"step": "take", "resource": "9" * 30}):  # fmt: skip
        assert cadre.post(address, values).status_code == 404
    assert cadre.get(reverse("desk:tour", args=[HUB, 999])).status_code == 404
    assert cadre.get(reverse("desk:menu-orders", args=["nowhere"])).status_code == 404
    late = cadre.post(
        reverse("desk:new-tour", args=[HUB]),
        {"name": "x", "first_day": "2020-01-01", "last_day": "2020-01-01", "departs": "25:00"},
    )
    assert late.status_code == 422
