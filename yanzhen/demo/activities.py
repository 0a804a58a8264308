"""What goes on in the demo county 演示: some sixty activities around the day it is loaded.

The rows are activities.csv: `week` counts from this week, `ages` is "6-12" or "50-", `owner` a node
or @cluster. Made with the use-cases themselves, at moments before each activity begins.
"""

import csv
import datetime as dt
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

from django.utils import timezone

from yanzhen.culture.activities.cancelling import cancel_session
from yanzhen.culture.activities.drafting import Answer, Details, draft
from yanzhen.culture.activities.holding import Holding
from yanzhen.culture.activities.models import Activity, ActivityAccess, Session
from yanzhen.culture.activities.moving import move
from yanzhen.culture.activities.publishing import publish
from yanzhen.culture.activities.scheduling import Slot, add_rain_date, add_series, add_session
from yanzhen.culture.resources.models import Facility
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Cluster, Node, Site
from yanzhen.people.roles import Actor, Grant

ROWS = Path(__file__).with_name("activities.csv")
BY = Actor(None, None, "演示", (Grant("director", "", ""),))
SEED = 20220607
DAY, BEFORE = dt.timedelta(days=1), dt.timedelta(days=12)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Fact, State = ActivityAccess.Kind, ActivityAccess.State
Kind, Room = Activity.Kind, Facility.Kind
# In what such an activity is held, and the minutes before and after; the rest is held anywhere.
ROOMS: dict[str, tuple[tuple[str, ...], Holding]] = {
    Kind.SQUARE_DANCE: ((Room.SQUARE,), Holding(15)),
    Kind.CHOIR: ((Room.HALL, Room.CLASSROOM), Holding(15)),
    Kind.VILLAGE_GALA: ((Room.SQUARE,), Holding(120, 60)),
    Kind.TOWN_CONTEST: ((Room.HALL,), Holding(90, 30)),
    Kind.PERFORMANCE: ((Room.HALL, Room.READING_ROOM), Holding(60, 30)),
    Kind.LECTURE: ((Room.READING_ROOM, Room.HALL), Holding(30)),
    Kind.EXHIBITION: ((Room.EXHIBITION_ROOM,), Holding()),
    Kind.CLASS: ((Room.CLASSROOM, Room.HALL), Holding(15)),
    Kind.VOCATIONAL: ((Room.CLASSROOM, Room.HALL), Holding(15)),
}
# How likely an answer is "present" and "absent"; the rest is not known yet.
ANSWERS = {
    Fact.WHEELCHAIR_PLACES: (0.5, 0.25), Fact.SIGN_LANGUAGE: (0.12, 0.7),
    Fact.SUBTITLES: (0.2, 0.6), Fact.LARGE_PRINT: (0.3, 0.4), Fact.HEARING_LOOP: (0.12, 0.55),
    Fact.QUIET_HOUR: (0.12, 0.6),
}  # fmt: skip
SIGNED = ("川剧折子戏专场", "劳动合同怎么看", "丹山片区迎新村晚", "雁江讲坛")
BENEFIT = frozenset(("vocational", "worksite_visit", "reading"))
PAID = {"书台茶馆说书": 5}
WAY_IN = "演示：大门左手边有坡道；推不动轮椅就按门铃，值班的人来接。"


def activity_rows() -> list[dict[str, str]]:
    """The rows of activities.csv."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def make_activities(*, at: dt.datetime) -> None:
    """Everything that goes on, what was moved, what is cancelled, and a draft."""
    rng = Random(SEED)
    nodes = {node.code: node for node in Node.objects.select_related("site")}
    sites = {site.code: site for site in Site.objects.filter(nodes__in=nodes.values())}
    clusters = {cluster.name: cluster for cluster in Cluster.objects.all()}
    for row in activity_rows():
        owner = row["owner"]
        cluster = clusters.get(owner[1:]) if owner.startswith("@") else None
        _offer(row, nodes.get(owner), cluster, sites[row["site"]], at, rng)
    _change(at)
    _begin_a_draft(nodes["danshan-culture"], at)


def one_evening(details: Details, slot: Slot, *, cluster: Cluster, at: dt.datetime) -> Session:
    """A published activity of one date, whose questions of access are all answered 不清楚."""
    unknown = {kind: Answer(State.UNKNOWN) for kind in ANSWERS}
    made = draft(details=replace(details, access=unknown), cluster=cluster, by=BY, at=at)
    session = add_session(activity_id=made.pk, slot=slot, by=BY, at=at)
    publish(activity_id=made.pk, by=BY, at=at)
    return session


def _offer(
    row: dict[str, str], node: Node | None, cluster: Cluster | None, site: Site, at: dt.datetime,
    rng: Random,
) -> None:  # fmt: skip
    starts_at = _first(row, at)
    before = min(at, starts_at) - BEFORE
    capacity = int(row["capacity"])
    made = draft(details=_details(row, capacity, rng), node=node, cluster=cluster, by=BY, at=before)
    slot = Slot(
        starts_at, starts_at + dt.timedelta(minutes=int(row["minutes"])), site, capacity,
        way_in=WAY_IN if rng.random() < 0.4 else "",
    )  # fmt: skip
    rule = f"FREQ={row['every'] or 'DAILY'};COUNT={row['times']}"
    _arrange(made, slot, rule, before)
    publish(activity_id=made.pk, by=BY, at=before + DAY)


def _arrange(made: Activity, slot: Slot, rule: str, at: dt.datetime) -> None:
    """In the smallest room that holds everybody, the next if that is taken or shut; else outside
    of what the register knows."""
    kinds, holding = ROOMS.get(made.kind, ((), Holding()))
    rooms = Facility.objects.filter(site=slot.site, kind__in=kinds, seats__gte=slot.capacity)
    for room in rooms.order_by("seats", "pk"):
        with suppress(Refused):
            taking = replace(slot, facility=room, holding=holding)
            add_series(activity_id=made.pk, slot=taking, rule=rule, by=BY, at=at)
            return
    add_series(activity_id=made.pk, slot=slot, rule=rule, by=BY, at=at)


def _first(row: dict[str, str], at: dt.datetime) -> dt.datetime:
    monday = timezone.localtime(at).date() - dt.timedelta(days=timezone.localtime(at).weekday())
    day = monday + dt.timedelta(days=7 * int(row["week"]) + WEEKDAYS.index(row["day"]))
    hour = float(row["hour"])
    return timezone.make_aware(dt.datetime.combine(day, dt.time(int(hour), round(60 * (hour % 1)))))


def _details(row: dict[str, str], capacity: int, rng: Random) -> Details:
    first, _dash, last = row["ages"].partition("-")
    fee = PAID.get(row["name"], 0)
    large = capacity >= 200
    return Details(
        name=row["name"], name_en=row["name_en"], kind=row["kind"], audience=row["audience"],
        age_from=int(first) if first else None, age_to=int(last) if last else None,
        introduction=f"演示：{row['about']}",
        fee=fee, fee_reason="演示批文〔2026〕5号：茶水成本" if fee else "",
        public_benefit=row["kind"] in BENEFIT,
        safety_document="演示安〔2026〕12号" if large else "",
        safety_person="演示安全员" if large else "",
        access={kind: _answer(kind, row["name"], rng) for kind in ANSWERS},
    )  # fmt: skip


def _answer(kind: str, name: str, rng: Random) -> Answer:
    present, absent = ANSWERS[Fact(kind)]
    chance = rng.random()
    if kind == Fact.SIGN_LANGUAGE and name in SIGNED:
        return Answer(State.PRESENT, "演示：舞台右侧，前两排看得最清楚")
    if chance < present:
        note = "演示：第一排两侧，陪同的人坐旁边" if kind == Fact.WHEELCHAIR_PLACES else ""
        return Answer(State.PRESENT, note)
    return Answer(State.ABSENT if chance < present + absent else State.UNKNOWN)


def _change(at: dt.datetime) -> None:
    """One date moved, one cancelled for good, one cancelled for its rain date."""
    moved = _next("川剧折子戏专场", at)
    move(
        session_id=moved.pk, starts_at=moved.starts_at + DAY, ends_at=moved.ends_at + DAY,
        site=moved.site, facility=moved.facility, reason="演示：舞台灯光检修，推迟一天", by=BY,
        at=at,
    )  # fmt: skip
    cancel_session(
        session_id=_next("冬季果树怎么管", at).pk,
        reason="演示：讲课的老师临时有事，改到春天再讲", by=BY, at=at,
    )  # fmt: skip
    wet = _next("沱江边的广场舞", at)
    add_rain_date(session_id=wet.pk, starts_at=wet.starts_at + DAY, by=BY, at=at)
    cancel_session(
        session_id=wet.pk, reason="演示：预报有雨，改到第二天", for_rain_date=True, by=BY, at=at
    )


def _next(name: str, at: dt.datetime) -> Session:
    return Session.objects.filter(activity__name=name, starts_at__gt=at).order_by("starts_at")[0]


def _begin_a_draft(node: Node, at: dt.datetime) -> None:
    """What an officer has begun: no date and no answers yet."""
    draft(
        details=Details(
            name="丹山元宵灯谜会", name_en="Lantern Riddles in Danshan",
            kind=Activity.Kind.PERFORMANCE, introduction="演示：猜中一条领一盏小灯。",
        ),
        node=node, by=BY, at=at,
    )  # fmt: skip
