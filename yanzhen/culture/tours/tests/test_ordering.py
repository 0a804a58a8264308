"""Ordering, declining, cancelling."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.tours import queries
from yanzhen.culture.tours.access import REQUESTER, VISITOR, with_code
from yanzhen.culture.tours.answering import cancel, decline
from yanzhen.culture.tours.entering import Dish, offer, pause
from yanzhen.culture.tours.models import MenuItem, MenuOrder, Requester, Stop
from yanzhen.culture.tours.ordering import Unit, Wish, order_from_menu
from yanzhen.culture.tours.tests.makers import FRIDAY, MONDAY, TODAY, ask, item, put, run
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused


def code_of(act, *args, **told) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **told)
    return caught.value.code


def test_anybody_orders_on_the_web_and_finds_the_order_by_number_and_code(world):
    order = ask(world, once="abc")
    assert (order.state, order.channel, order.asked_by) == ("asked", "web", "点单单位")
    assert with_code(order.number, order.code) == order
    assert code_of(with_code, order.number, "AAAAAAAA") == "order-unknown"
    assert code_of(with_code, "999999", order.code) == "order-unknown"
    assert [step.state for step in order.steps.all()] == ["asked"]
    assert Fact.objects.filter(kind="MenuOrderPlaced").count() == 1
    assert AuditEntry.objects.filter(action="menu.ordered").count() == 1


def test_a_form_sent_twice_is_one_order(world):
    assert ask(world, once="abc") == ask(world, once="abc")
    assert MenuOrder.objects.count() == 1


def test_what_was_typed_keeps_its_punctuation(world):
    town = world.school.town
    unit = Unit(" 砖厂（演示）\n", "enterprise", town, "某", "１９９００００００００")
    wish = Wish(world.show.pk, FRIDAY, 9, note="小心，有\x00狗")
    order = order_from_menu(wish, unit, channel="web", by=VISITOR, at=MONDAY)
    assert (order.requester.name, order.note) == ("砖厂（演示）", "小心，有 狗")
    assert order.phone == "19900000000"


def test_the_same_is_ordered_once_a_day(world):
    order = ask(world)
    assert code_of(ask, world) == "already-ordered"
    order.pk, order.once = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        order.save()
    assert ask(world, day=FRIDAY + dt.timedelta(1)).pk


def test_a_new_unit_is_entered_and_a_known_one_keeps_what_is_known(world):
    town = world.school.town
    ask(world)
    unit = Unit(" 演示村 ", "village", town, "村主任", "028-2654 0000", "村委会")
    order = order_from_menu(
        Wish(world.show.pk, FRIDAY, 90), unit, channel="web", by=VISITOR, at=MONDAY
    )
    made = Requester.objects.get(name="演示村")
    assert (made.phone, order.address) == ("02826540000", "村委会")
    other = Unit("演示小学", "worksite", town, "冒名", "19911111111")
    order_from_menu(
        Wish(world.box.pk, FRIDAY, 9, safety_note="有"), other, channel="web", by=VISITOR, at=MONDAY
    )
    world.school.refresh_from_db()
    assert (world.school.kind, world.school.contact) == ("school", "演示联系人")


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"day": TODAY - dt.timedelta(1)}, "day-not-to-come"),
        ({"other_day": TODAY - dt.timedelta(1)}, "day-not-to-come"),
        ({"day": TODAY + dt.timedelta(400)}, "day-not-to-come"),
        ({"heads": 0}, "heads-unlikely"),
    ],
)
def test_bad_wishes_are_refused_in_words(world, wish, code):
    assert code_of(ask, world, **wish) == code
    assert not MenuOrder.objects.exists()


def test_a_building_site_says_how_visitors_stay_safe(world):
    assert code_of(ask, world, world.worksite, safety_note=" ") == "safety-note-missing"
    assert ask(world, world.worksite, safety_note="生活区球场").safety_note == "生活区球场"


def test_only_what_is_offered_is_ordered(world):
    pause(world.show.pk, paused=True, by=world.by, at=MONDAY)
    assert code_of(ask, world) == "menu-item-paused"
    assert list(queries.menu()) == [world.box]
    pause(world.show.pk, paused=False, by=world.by, at=MONDAY)
    assert ask(world)


def test_out_of_season_is_refused(world):
    spring = item(world.place.hub, "春天", season="spring")
    assert code_of(ask, world, item=spring) == "out-of-season"


def test_somebody_to_call_is_named(world):
    world.school.contact = ""
    assert code_of(ask, world) == "contact-missing"
    world.school.contact, world.school.phone = "某人", "手机号"
    assert code_of(ask, world) == "phone-unreadable"


def test_the_telephone_orders_only_by_staff(world):
    assert code_of(ask, world, channel="phone") == "no-permission"
    assert ask(world, channel="phone", by=world.officer).asked_by == "丹山专干"


def test_a_no_has_a_reason(world):
    order = ask(world)
    assert code_of(decline, order.pk, reason=" ", by=world.by, at=MONDAY) == "reason-missing"
    decline(order.pk, reason="队伍外出", by=world.by, at=MONDAY)
    assert [(s.state, s.reason) for s in order.steps.all()][-1] == ("declined", "队伍外出")
    assert code_of(decline, order.pk, reason="再", by=world.by, at=MONDAY) == "order-is-elsewhere"


def test_a_town_answers_its_own_orders_and_headquarters_all(world):
    of_hub, of_town = ask(world), ask(world, item=world.box)
    told = {"reason": "不行", "at": MONDAY}
    assert code_of(decline, of_hub.pk, by=world.officer, **told) == "not-your-branch"
    decline(of_town.pk, by=world.officer, **told)
    decline(of_hub.pk, by=world.by, **told)
    seen = queries.orders_at(world.place.danshan, everything=False)
    assert set(seen) == {of_hub, of_town}
    assert not queries.orders_at(world.place.linjiang, everything=False).exists()


def test_who_cancels_an_assigned_order_gives_the_van_back(world):
    tour, order = run(world), ask(world)
    stop = put(world, tour, order)
    assert Claim.objects.held().filter(reference=tour.reference).count() == 3
    cancel(order.pk, reason="停电", by=REQUESTER, at=MONDAY)
    stop.refresh_from_db()
    assert (stop.state, stop.position, stop.reason) == ("cancelled", None, "停电")
    assert not Claim.objects.held().filter(reference=tour.reference).exists()
    assert MenuOrder.objects.get().state == "cancelled"
    assert Stop.objects.standing().count() == 0
    assert code_of(cancel, order.pk, by=REQUESTER, at=MONDAY) == "order-is-elsewhere"


def test_the_menu_is_kept_by_its_node(world):
    dish = Dish("皮影戏", "show", "children", 40)
    made = offer(dish, node=world.place.danshan, by=world.officer, at=MONDAY)
    assert code_of(offer, dish, node=world.place.danshan, by=world.by, at=MONDAY) == "name-taken"
    stranger = county.staff(world.place.zhonghe, "culture_officer")
    told = {"node": world.place.danshan, "item_id": made.pk, "at": MONDAY}
    assert code_of(offer, dish, by=stranger, **told) == "not-your-branch"
    offer(Dish("皮影戏", "show", "children", 50), by=world.by, **told)
    assert MenuItem.objects.get(name="皮影戏").minutes == 50
    short = Dish("短", "show", "children", 3)
    assert code_of(offer, short, node=made.node, by=world.by, at=MONDAY) == "minutes-unlikely"
