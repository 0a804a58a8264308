"""Menu, troupes, units, forty orders and six runs of the demo, lived through in order of time."""

import datetime as dt
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yanzhen.culture.resources.models import Equipment, Resource, Vehicle
from yanzhen.culture.tours.access import REQUESTER, VISITOR
from yanzhen.culture.tours.answering import cancel, decline
from yanzhen.culture.tours.assigning import assign
from yanzhen.culture.tours.models import (
    MenuItem,
    MenuOrder,
    Requester,
    SignOff,
    Stop,
    TourRun,
    Troupe,
)
from yanzhen.culture.tours.ordering import Unit, Wish, order_from_menu
from yanzhen.culture.tours.planning import Plan, cancel_run, end_run, plan_run, take_along
from yanzhen.culture.tours.rules import MONTHS
from yanzhen.culture.tours.signing_off import Came, rate, sign_off
from yanzhen.demo.drawing import evening_stage
from yanzhen.demo.menu import MENU, REASONS, TROUPES, UNITS, WORDS
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node, Site
from yanzhen.people.models import Account
from yanzhen.people.roles import Actor, actor_of

PHOTO = "sign-offs/demo.png"
SEED = 20260605
DAY = dt.timedelta(days=1)
# Days from today on which the run begins, how many days, towns, whether it was called off.
RUNS = (
    (-75, 1, ("danshan", "zhonghe"), False),
    (-48, 2, ("linjiang", "baohe", "wuhuang"), False),
    (-27, 1, ("fengyu", "dongfeng"), False),
    (-9, 1, ("danshan", "lianhua"), False),
    (5, 1, ("zhonghe", "yingjie"), False),
    (-16, 1, ("nanjin", "shiling"), True),
)
STOPS = 4  # orders asked for a run, and an idle sixteen besides


def make_tours(at: dt.datetime) -> None:
    """24 items, 15 troupes, 30 units, 40 orders in all states, 6 runs with sign-offs."""
    by = actor_of(Account.objects.get(username="culture"), on=at.date())
    rng, midday = Random(SEED), at.replace(hour=9, minute=0, second=0, microsecond=0)
    _menu()
    _troupes(at)
    units = _units(rng)
    if not default_storage.exists(PHOTO):
        default_storage.save(PHOTO, ContentFile(evening_stage()))
    story = _Story(by, rng, midday, units)
    for number, run in enumerate(RUNS):
        story.tour(number, *run)
    story.idle()


def _menu() -> None:
    nodes = Node.objects.in_bulk(field_name="code")
    MenuItem.objects.bulk_create(
        MenuItem(
            node=nodes[house], name=name, name_en=english, kind=kind, audience=audience,
            minutes=minutes, season=season, space=space, power=power, helpers=helpers,
            introduction=f"{words}（演示）",
        )
        for house, name, english, kind, audience, minutes, season, space, power, helpers, words
        in MENU
    )  # fmt: skip


def _troupes(at: dt.datetime) -> None:
    nodes = {node.code: node for node in Node.objects.select_related("site__division")}
    sites = {site.code: site for site in Site.objects.select_related("division")}
    for number, (house, town, name, kind, art, members) in enumerate(TROUPES):
        Troupe.objects.create(
            sort=Resource.Sort.TROUPE, name=f"{name}（演示）", kind=kind, art=art, members=members,
            site=nodes[house].site, town=sites[town].division, leader=f"演示领队{number + 1}",
            phone=f"1990000{7000 + number}", verification="demo",
            checked_on=at.date() - DAY * (40 + 31 * number),
        )  # fmt: skip


def _units(rng: Random) -> list[Requester]:
    sites = {site.code: site for site in Site.objects.select_related("division")}
    return [
        Requester.objects.create(
            name=f"{name}（演示）", kind=kind, town=sites[town].division, address=address,
            contact=f"演示联系人{number + 1}", phone=f"1990000{8000 + number}",
        )
        for number, (town, name, kind, address) in enumerate(UNITS)
    ]  # fmt: skip


class _Story:
    """Orders as they came, runs as they were driven. `today` is nine o'clock of the day."""

    def __init__(self, by: Actor, rng: Random, today: dt.datetime, units: list[Requester]):
        self.by, self.rng, self.today, self.units = by, rng, today, units
        self.node = Node.objects.get(code="culture-centre")
        self.items = list(MenuItem.objects.order_by("pk"))
        self.troupes = list(Troupe.objects.filter(kind="resident").order_by("pk"))
        self.town_of = {unit.pk: code for unit, (code, *_rest) in zip(units, UNITS, strict=True)}

    def order(self, unit: Requester, day: dt.date, asked_at: dt.datetime, time=None) -> MenuOrder:
        """An order of something that suits the unit and the season."""
        suits = [item for item in self.items if _suits(item, unit, day)]
        for _try in range(30):
            wish = Wish(
                self.rng.choice(suits).pk, day, self.rng.randrange(60, 420, 10), time,
                day + 7 * DAY if self.rng.random() < 0.3 else None,
                "生活区，不进施工区，晚上有灯" if unit.kind == "worksite" else "",
            )  # fmt: skip
            by_phone = self.rng.random() < 0.4
            try:
                return order_from_menu(
                    wish,
                    Unit(unit.name, unit.kind, unit.town, unit.contact, unit.phone, unit.address),
                    channel="phone" if by_phone else "web",
                    by=self.by if by_phone else VISITOR,
                    at=asked_at,
                )
            except Refused:  # the second day may fall out of season: another wish
                continue
        raise LookupError(f"nothing suits {unit} on {day}")

    def tour(self, number: int, start: int, days: int, towns: tuple, called_off: bool) -> None:
        """Four orders of these towns, put on a run, driven, signed off and rated."""
        begins = self.today + start * DAY
        made = min(begins, self.today) - 6 * DAY
        run = self._run(number, begins.date(), days, towns, made)
        near = [unit for unit in self.units if self.town_of[unit.pk] in towns]
        chosen = self.rng.sample(near, min(STOPS, len(near)))
        orders = [
            self.order(unit, begins.date() + (n % days) * DAY, made - (3 + n) * DAY)
            for n, unit in enumerate(chosen)
        ]
        for order in orders:
            assign(run.pk, order.pk, day=order.wished_on, by=self.by, at=made)
        if called_off:
            for order in cancel_run(run.pk, reason="暴雨预警", by=self.by, at=begins - DAY):
                cancel(order.pk, reason="不等了，下次再点", by=REQUESTER, at=begins)
        elif start < 0:
            self._drive(run, begins + days * DAY, last=number == 3)

    def _run(self, number: int, first: dt.date, days: int, towns: tuple, made: dt.datetime):
        names = {site.code: site.division.name for site in Site.objects.filter(code__in=towns)}
        plan = Plan(
            f"{'、'.join(names[town] for town in towns)}巡回（演示）", first,
            first + (days - 1) * DAY, dt.time(8), "演示领队", "19900009000",
        )  # fmt: skip
        run = plan_run(plan, node=self.node, by=self.by, at=made)
        van = Vehicle.objects.filter(site=self.node.site).order_by("-kind", "pk").last()
        sound = Equipment.objects.filter(site=self.node.site).order_by("pk").first()
        for thing in (self.troupes[number % len(self.troupes)], van, sound):
            if thing is not None:
                take_along(run.pk, thing.pk, 1, by=self.by, at=made)
        return run

    def _drive(self, run: TourRun, home: dt.datetime, *, last: bool) -> None:
        """Of the last run one stop is not signed off yet, and one has no photo."""
        end_run(run.pk, by=self.by, at=home)
        for n, stop in enumerate(run.stops.standing().select_related("order").order_by("position")):
            if last and n == 0:
                continue
            self._sign(stop, home, with_photo=not (last and n == 1))

    def _sign(self, stop: Stop, at: dt.datetime, *, with_photo: bool) -> None:
        heads = int(stop.order.heads * self.rng.uniform(0.6, 1.2))
        children, elders = heads // 4, heads // 5
        came = Came(children, heads - children - elders, elders, stop.order.contact)
        by_web = self.rng.random() < 0.5
        signed = sign_off(
            stop.order_id, came, channel="web" if by_web else "paper",
            by=REQUESTER if by_web else self.by, at=at,
        )  # fmt: skip
        if with_photo:
            SignOff.objects.filter(pk=signed.pk).update(photo=PHOTO)
        if self.rng.random() < 0.8:
            words = self.rng.choice(WORDS)
            stars = 4 if "音响" in words else 5
            rate(stop.order_id, stars, words, by=REQUESTER, at=at + DAY)

    def idle(self) -> None:
        """The orders that no run was made for: most wait, some got a no, some were cancelled."""
        missing = 40 - MenuOrder.objects.count()
        for n in range(missing):
            unit = self.units[(7 * n + 3) % len(self.units)]
            asked_at = self.today - (2 + 3 * n % 23) * DAY
            order = self.order(unit, (self.today + (4 + n) * DAY).date(), asked_at, _time(n))
            if n % 6 == 2:
                decline(order.pk, reason=REASONS[n % 2], by=self.by, at=asked_at + DAY)
            elif n % 9 == 4:
                cancel(order.pk, reason="那天停电", by=REQUESTER, at=asked_at + DAY)


def _suits(item: MenuItem, unit: Requester, day: dt.date) -> bool:
    months = MONTHS.get(MenuItem.Season(item.season))
    audiences = {"school": {"children", "families"}, "worksite": {"workers"},
                 "enterprise": {"workers"}, "village": {"elders", "families"},
                 "town": {"elders"}}[unit.kind]  # fmt: skip
    fits = item.audience == "everybody" or item.audience in audiences
    return fits and item.kind != "exhibition" and (months is None or day.month in months)


def _time(n: int) -> dt.time | None:
    return (None, dt.time(10), dt.time(14, 30), dt.time(19))[n % 4]
