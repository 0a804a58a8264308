"""The network of the demo county: real towns, invented houses; everything invented says 演示."""

import csv
import datetime as dt
from pathlib import Path
from random import Random

from yanzhen.demo.hours import make_hours
from yanzhen.demo.names import name_for
from yanzhen.groundwork import generations
from yanzhen.groundwork.clock import local_day
from yanzhen.network import loading
from yanzhen.network.models import AccessFeature, Closure, Node, Site
from yanzhen.network.opening import CALENDARS

PLACES = Path(__file__).with_name("places.csv")
HUB = "main-library"
FIRST_KEEPER = 4000  # residents are numbered below, so that nobody bears a keeper's name twice

# Site, first day from today, days, notice.
CLOSURES = (
    ("xiaoyuan", -2, 8, "演示：阅览室更换屋顶，工期八天；期间请到堪嘉镇或丹山镇分馆借还。"),
    ("laojun", 7, 2, "演示：线路检修两天，还书箱照常可用，到期的图书顺延。"),
    ("nanjin", -36, 3, "演示：书架加固三天，已恢复开放。"),
)
Kind, State = AccessFeature.Kind, AccessFeature.State
# How likely a feature is there; what is left over was not looked at yet.
FEATURES = {
    Kind.STEP_FREE: (0.6, 0.3), Kind.RAMP: (0.55, 0.3), Kind.TOILET: (0.4, 0.4),
    Kind.PARKING: (0.25, 0.5), Kind.TACTILE_PATH: (0.2, 0.5), Kind.READING_AID: (0.45, 0.35),
}  # fmt: skip
BROKEN = ("fengyu", Kind.RAMP, "演示：坡道防滑条脱落，已报修，可按铃请人帮忙")


def place_rows() -> list[dict[str, str]]:
    """The rows of places.csv."""
    with PLACES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def make_places(*, at: dt.datetime, rng: Random) -> None:
    """Divisions, sites, nodes of both trees, village points, hours, closures, accessibility."""
    for load in (
        loading.load_divisions, loading.load_aliases, loading.load_holidays,
        loading.load_residents, loading.load_central_towns, loading.load_clusters,
    ):  # fmt: skip
        load(at=at)
    loading.load_sites(place_rows(), at=at)
    loading.load_service_points(at=at)
    make_hours()
    for load in (loading.load_hours, loading.load_access_features):
        load(at=at)
    _name_keepers()
    _close(local_day(at), at)
    _look_at_access(local_day(at), rng)


def keeper_names() -> dict[str, str]:
    """Site code -> the invented name of who keeps the house (and scans at its desk)."""
    return {
        row["code"]: name_for(
            FIRST_KEEPER + n, birth_year=1972 + n % 22, gender=("female", "male")[n % 3 == 0]
        )
        for n, row in enumerate(place_rows())
    }


def _name_keepers() -> None:
    keepers = keeper_names()
    sites = list(Site.objects.filter(code__in=keepers))
    for site in sites:
        site.keeper = keepers[site.code]
    Site.objects.bulk_update(sites, ["keeper"])


def _close(today: dt.date, at: dt.datetime) -> None:
    nodes = list(Node.objects.select_related("site"))
    rows = [
        Closure(
            node=node,
            first_day=first,
            last_day=first + dt.timedelta(days=days - 1),
            notice=notice,
            announced_at=at + dt.timedelta(days=min(after, 0) - 6),
        )
        for code, after, days, notice in CLOSURES
        for first in [today + dt.timedelta(days=after)]
        for node in nodes
        if node.site.code == code
    ]
    Closure.objects.bulk_create(rows)
    generations.bump(CALENDARS)


def _look_at_access(today: dt.date, rng: Random) -> None:
    """Stations nobody has written up in the fixtures yet; a third of the facts stay unknown."""
    sites = Site.objects.filter(kind=Site.Kind.CULTURE_STATION, access_features=None)
    rows = [_feature(site, kind, today, rng) for site in sites.order_by("pk") for kind in FEATURES]
    AccessFeature.objects.bulk_create(rows)


def _feature(site: Site, kind: str, today: dt.date, rng: Random) -> AccessFeature:
    present, absent = FEATURES[kind]
    chance, checked_on = rng.random(), today - dt.timedelta(days=rng.randint(20, 300))
    broken_site, broken_kind, broken_note = BROKEN
    if (site.code, kind) == (broken_site, broken_kind):
        return AccessFeature(
            site=site, kind=kind, state=State.BROKEN, checked_on=checked_on, note=broken_note
        )
    if chance > present + absent:
        return AccessFeature(site=site, kind=kind, state=State.UNKNOWN)
    state = State.PRESENT if chance < present else State.ABSENT
    return AccessFeature(site=site, kind=kind, state=state, checked_on=checked_on, note="演示")
