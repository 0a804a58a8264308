"""A menu of the small county: a show of headquarters, a box of books of 丹山, units, a van."""

import datetime as dt
from types import SimpleNamespace

from tests import county
from yanzhen.culture.resources.models import Equipment, Resource, TravelTime, Vehicle
from yanzhen.culture.tours.access import VISITOR
from yanzhen.culture.tours.assigning import assign
from yanzhen.culture.tours.models import MenuItem, MenuOrder, Requester, Stop, TourRun, Troupe
from yanzhen.culture.tours.ordering import Unit, Wish, order_from_menu
from yanzhen.culture.tours.planning import Plan, plan_run, take_along

MONDAY = county.MONDAY
TODAY = MONDAY.date()
FRIDAY = TODAY + dt.timedelta(4)
AFTER = MONDAY + dt.timedelta(6)  # Sunday
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + b"\xff\xda\x00\x02" + bytes(200) + b"\xff\xd9"


def world(place) -> SimpleNamespace:
    """`.show` `.box` `.school` `.worksite` (丹山) `.mill` (中和) `.van` `.troupe` `.kit` `.by`."""
    danshan, zhonghe = place.danshan.site.division, place.zhonghe.site.division
    one, other = sorted((danshan, zhonghe), key=lambda town: town.pk)
    TravelTime.objects.create(one=one, other=other, minutes=25, verification="demo")
    return SimpleNamespace(
        place=place,
        show=item(place.hub, "川剧折子戏"),
        box=item(place.danshan, "一箱新书", kind="book_box", minutes=30),
        school=unit(danshan, "演示小学", "school"),
        worksite=unit(danshan, "演示三号工地", "worksite"),
        mill=unit(zhonghe, "演示面粉厂", "enterprise"),
        van=Vehicle.objects.create(
            name="演示流动舞台车", site=place.hub.site, kind="stage_car",
            sort=Resource.Sort.VEHICLE,
        ),
        kit=Equipment.objects.create(
            name="音响", site=place.hub.site, units=2, sort=Resource.Sort.EQUIPMENT
        ),
        troupe=Troupe.objects.create(
            name="演示川剧队", site=place.hub.site, sort=Resource.Sort.TROUPE, kind="resident",
            town=danshan, art="川剧", members=20, leader="演示队长",
        ),
        by=county.staff(place.hub, "culture_cadre", name="王干部"),
        officer=county.staff(place.danshan, "culture_officer", name="丹山专干"),
    )  # fmt: skip


def item(node, name, **fields) -> MenuItem:
    told = {"kind": "show", "audience": "everybody", "minutes": 60, **fields}
    return MenuItem.objects.create(node=node, name=name, **told)


def unit(town, name, kind) -> Requester:
    return Requester.objects.create(
        town=town, name=name, kind=kind, contact="演示联系人", phone="19900000000"
    )


def ask(world, requester=None, *, item=None, day=FRIDAY, at=MONDAY, channel="web", by=VISITOR,
        once="", **wish) -> MenuOrder:  # fmt: skip
    """An order by the school for the show on Friday, unless told otherwise."""
    requester = requester or world.school
    told = {"heads": 200, "safety_note": "操场，有围栏", **wish}
    return order_from_menu(
        Wish((item or world.show).pk, day, **told),
        Unit(requester.name, requester.kind, requester.town, requester.contact, requester.phone),
        channel=channel, by=by, at=at, once=once,
    )  # fmt: skip


def run(world, *, days=1, along=True, first=FRIDAY, departs=dt.time(8), name="演示巡回") -> TourRun:
    """A run of headquarters on Friday with troupe, van and kit, without stops."""
    plan = Plan(name, first, first + dt.timedelta(days - 1), departs, "演示领队", "19900000001")
    made = plan_run(plan, node=world.place.hub, by=world.by, at=MONDAY)
    for thing in (world.van, world.troupe, world.kit) if along else ():
        take_along(made.pk, thing.pk, 1, by=world.by, at=MONDAY)
    return made


def put(world, run, order, *, day=None) -> Stop:
    return assign(run.pk, order.pk, day=day or run.first_day, by=world.by, at=MONDAY)
