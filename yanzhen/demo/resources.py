"""Facilities, teachers, equipment and vehicles of the demo county, and the weeks they are in use.

Everything here is 演示. Registers are rows; what is claimed goes through the use-cases, so that
nothing in the demo stands where two things cannot.
"""

import datetime as dt
from contextlib import suppress
from random import Random

from yanzhen.culture.resources.claiming import Want, claim_all
from yanzhen.culture.resources.models import (
    Equipment,
    Facility,
    FacilityAccess,
    FacilityHours,
    RecordCheck,
    Resource,
    Teacher,
    TravelTime,
    Vehicle,
)
from yanzhen.demo.names import name_for
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import AccessFeature, Division, Site, Verification
from yanzhen.network.queries import towns
from yanzhen.people.models import Account, Person
from yanzhen.people.names import name_forms
from yanzhen.people.roles import Actor, actor_of

SEED = 20220412
FIRST_TEACHER = 6000
TEACHERS = 25
DEMO = Verification.DEMO
Kind, Sort = Facility.Kind, Resource.Sort
SUBJECTS = (
    "声乐、合唱", "广场舞、民族舞", "书法", "国画", "二胡、葫芦丝", "古筝", "少儿舞蹈",
    "朗诵、主持", "太极、健身气功", "剪纸、手工", "川剧", "摄影", "智能手机", "电子琴", "曲艺",
)  # fmt: skip
# Town -> a stage, a history room or a workshop of its own.
STAGES = ("古戏台", "村口戏台", "晒坝戏台", "新村戏台")
WORKSHOPS = {
    "danshan": "竹编传习所", "zhonghe": "剪纸传习所", "linjiang": "木偶传习所",
    "xiaoyuan": "车灯传习所", "baohe": "狮舞传习所",
}  # fmt: skip
DIVIDED = ("danshan", "zhonghe", "linjiang", "baohe")
CLASSES = (
    ("声乐课", False), ("广场舞课", False), ("少儿舞蹈课", True), ("书法课", True),
    ("合唱排练", False), ("葫芦丝课", False), ("剪纸课", True), ("智能手机课", False),
)  # fmt: skip
EVENTS = ("村晚彩排", "大家唱", "惠民演出", "摄影展布展", "读书分享会")
WEEKS = range(-4, 4)


def make_facilities(at: dt.datetime) -> None:
    """Halls, squares and stages, before anything takes place in them."""
    _facilities(local_day(at), Random(SEED))


def make_resources(at: dt.datetime) -> None:
    """The other registers, the road, and eight weeks of use around the moment `at`."""
    rng = Random(SEED)
    _teachers(at, rng)
    _movables()
    _roads(rng)
    _claims(at, rng)


def _facilities(today: dt.date, rng: Random) -> None:
    sites = {site.code: site for site in Site.objects.select_related("division").order_by("pk")}
    centre, library = sites["culture-centre"], sites["main-library"]
    theatre = _facility(centre, "演艺厅", Kind.HALL, 480, "Theatre")
    for half in ("东厅", "西厅"):
        side = "East" if half == "东厅" else "West"
        _facility(centre, f"演艺厅{half}", Kind.HALL, 220, f"Theatre, {side} Half", part_of=theatre)
    _facility(centre, "舞蹈排练厅", Kind.CLASSROOM, 60, "Dance Room")
    _facility(centre, "音乐教室", Kind.CLASSROOM, 40, "Music Room")
    _facility(centre, "非遗展厅", Kind.EXHIBITION_ROOM, 120, "Heritage Gallery")
    _facility(library, "报告厅", Kind.READING_ROOM, 160, "Lecture Hall")
    stations = [s for s in sites.values() if s.kind == Site.Kind.CULTURE_STATION]
    for number, site in enumerate(stations):
        _station(site, number, rng)
    villages = [s for s in sites.values() if s.kind == Site.Kind.VILLAGE_ROOM]
    for number, site in enumerate(villages):
        name = f"{STAGES[number % len(STAGES)]}"
        _facility(site, name, Kind.VILLAGE_STAGE, 120 + 20 * (number % 8), "Village Stage")
        if number % 4 == 1:
            _facility(site, "村史馆", Kind.HISTORY_ROOM, 40, "Village History Room")
    _look(today, rng)


def _station(site: Site, number: int, rng: Random) -> None:
    hall = _facility(site, "多功能厅", Kind.HALL, 100 + 10 * (number % 9), "Hall")
    if site.code in DIVIDED:
        for half in ("甲厅", "乙厅"):
            side = "A" if half == "甲厅" else "B"
            _facility(
                site, f"多功能厅{half}", Kind.CLASSROOM, 50, f"Hall, Half {side}", part_of=hall
            )
    if number % 2 == 0:
        _facility(site, "文化广场", Kind.SQUARE, 400 + 50 * (number % 5), "Square")
    if site.code in WORKSHOPS:
        _facility(
            site, f"{WORKSHOPS[site.code]}", Kind.HERITAGE_WORKSHOP, 30,
            "Heritage Workshop",
        )  # fmt: skip
    if rng.random() < 0.5:
        FacilityHours.objects.bulk_create(
            FacilityHours(facility=hall, weekday=day, opens=dt.time(8, 30), closes=dt.time(21))
            for day in range(7)
        )


def _facility(
    site: Site, name: str, kind: str, seats: int, name_en: str = "", part_of: Facility | None = None
) -> Facility:
    return Facility.objects.create(
        site=site, name=name, name_en=name_en, kind=kind, seats=seats, part_of=part_of,
        keeper=site.keeper, verification=DEMO,
    )  # fmt: skip


def _look(today: dt.date, rng: Random) -> None:
    """Somebody looked at three of four; here and there something has to be mended."""
    state, kind = AccessFeature.State, AccessFeature.Kind
    facts = []
    for number, facility in enumerate(Facility.objects.order_by("pk")):
        if number % 4 == 3:
            continue
        looked = today - dt.timedelta(days=rng.randint(10, 300))
        found = {kind.RAMP: state.PRESENT if rng.random() < 0.6 else state.ABSENT}
        if facility.kind != Kind.SQUARE:
            found[kind.TOILET] = state.PRESENT if rng.random() < 0.5 else state.ABSENT
        if number % 17 == 5:
            found[kind.RAMP] = state.BROKEN
        facts += [
            FacilityAccess(facility=facility, kind=each, state=what, checked_on=looked)
            for each, what in found.items()
        ]
    FacilityAccess.objects.bulk_create(facts)
    worn = Facility.objects.filter(kind=Kind.VILLAGE_STAGE).order_by("pk")
    for facility, condition, note in (
        (worn[2], Facility.Condition.WORN, "演示：台口灯坏了两盏，已报修"),
        (worn[7], Facility.Condition.CLOSED, "演示：屋顶换瓦，月底前不能用"),
    ):
        facility.condition, facility.condition_note = condition, note
        facility.save(update_fields=["condition", "condition_note"])


def _teachers(at: dt.datetime, rng: Random) -> None:
    centre, homes = Site.objects.get(code="culture-centre"), list(towns())
    today = local_day(at)
    for number in range(TEACHERS):
        year, gender = 1958 + 2 * (number % 18), ("female", "male")[number % 3 == 0]
        name = name_for(FIRST_TEACHER + number, birth_year=year, gender=gender)
        forms = name_forms(name)
        person = Person.objects.create(
            name=name, name_folded=forms.folded, pinyin=forms.pinyin, initials=forms.initials,
            registered_at=at - dt.timedelta(days=380),
        )  # fmt: skip
        teacher = Teacher.objects.create(
            sort=Sort.TEACHER, name=f"{name}（演示）", site=centre, person=person,
            subjects=SUBJECTS[number % len(SUBJECTS)], home_town=homes[number % len(homes)],
            weekly_cap=(10, 12, 16, None)[number % 4], verification=DEMO,
        )  # fmt: skip
        if number % 6 != 4:  # every sixth was never asked about, one check has run out
            asked = today - dt.timedelta(days=420 if number == 7 else rng.randint(70, 250))
            RecordCheck.objects.create(
                teacher=teacher, checked_on=asked, result=RecordCheck.Result.CLEAR,
                document=f"演示查字-{number + 1}", entered_at=at - dt.timedelta(days=60),
                entered_by="文化馆（演示）",
            )  # fmt: skip


def _movables() -> None:
    centre, library = (Site.objects.get(code=code) for code in ("culture-centre", "main-library"))
    for name, units in (
        ("流动音响", 3), ("舞台灯", 12), ("折叠椅", 200),
        ("投影机", 2), ("古筝", 8), ("展架", 30),
    ):  # fmt: skip
        Equipment.objects.create(
            sort=Sort.EQUIPMENT, name=name, site=centre, units=units, kept_at="器材室",
            verification=DEMO,
        )  # fmt: skip
    for name, kind, site in (
        ("一号流动服务车", Vehicle.Kind.VAN, library),
        ("二号流动服务车", Vehicle.Kind.VAN, centre),
        ("流动舞台车", Vehicle.Kind.STAGE_CAR, centre),
    ):
        Vehicle.objects.create(
            sort=Sort.VEHICLE, name=name, site=site, kind=kind, plate="演示", verification=DEMO
        )


def _roads(rng: Random) -> None:
    """Two roads of three are known; the others count as the default."""
    places = list(Division.objects.towns().order_by("pk"))
    TravelTime.objects.bulk_create(
        TravelTime(one=one, other=other, minutes=rng.randrange(15, 80, 5), verification=DEMO)
        for number, one in enumerate(places)
        for other in places[number + 1 :]
        if rng.random() < 0.66
    )


def _claims(at: dt.datetime, rng: Random) -> None:
    by = actor_of(Account.objects.get(username="culture"), on=local_day(at))
    halls = list(
        Facility.objects.exclude(condition=Facility.Condition.CLOSED)
        .filter(kind__in=[Kind.HALL, Kind.CLASSROOM])
        .order_by("pk")
    )
    outside = list(
        Facility.objects.exclude(condition=Facility.Condition.CLOSED)
        .filter(kind__in=[Kind.SQUARE, Kind.VILLAGE_STAGE])
        .order_by("pk")
    )
    teachers = list(Teacher.objects.order_by("pk"))
    things = list(Equipment.objects.order_by("pk"))
    monday = at.replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= dt.timedelta(days=monday.weekday())
    for week in WEEKS:
        for number in range(14):
            day = monday + dt.timedelta(days=7 * week + rng.randrange(7))
            purpose, minors = CLASSES[rng.randrange(len(CLASSES))]
            start = day + dt.timedelta(hours=rng.choice((9, 10, 14, 15, 19)))
            if number % 4:
                wants = [Want(rng.choice(halls).pk), Want(rng.choice(teachers).pk)]
                told = {"use": "class", "for_minors": minors, "set_up": 15, "purpose": purpose}
            else:
                wants = [Want(rng.choice(outside).pk), Want(rng.choice(things).pk)]
                told = {"use": "activity", "set_up": 60, "tear_down": 30,
                        "purpose": rng.choice(EVENTS)}  # fmt: skip
            _try(f"desk:demo-{week}-{number}", start, wants, by, at, told, draft=number == 13)


def _try(
    reference: str, start: dt.datetime, wants: list[Want], by: Actor, at: dt.datetime, told: dict,
    *, draft: bool,
) -> None:  # fmt: skip
    """What does not fit was not planned: another week is another week."""
    coming = start > at
    made_at = at - dt.timedelta(days=5) if coming else start - dt.timedelta(days=10)
    expires_at = at + dt.timedelta(days=2) if draft and coming else None
    with suppress(Refused):
        claim_all(
            reference=reference, starts_at=start, ends_at=start + dt.timedelta(hours=2),
            wants=wants, expires_at=expires_at, by=by, at=made_at, **told,
        )  # fmt: skip
