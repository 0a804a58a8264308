"""The yearly plan: what counts, what is missing, who is told (R08, R09)."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from tests.county import LONG_AGO, MONDAY, TZ, staff
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.almanac.models import Festival
from yanzhen.culture.planning import intending
from yanzhen.culture.planning.models import PlanLine, WindowReminder
from yanzhen.culture.planning.queries import grid
from yanzhen.culture.planning.reminding import remind
from yanzhen.groundwork.models import Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Cluster, ClusterMembership

pytestmark = pytest.mark.django_db
NEW_YEAR = dt.datetime(2027, 2, 8, 19, tzinfo=TZ)


@pytest.fixture
def clusters(place) -> SimpleNamespace:
    """East holds 中和 and 临江, west holds 丹山."""
    made = {}
    for name, nodes in (("east", [place.zhonghe, place.linjiang]), ("west", [place.danshan])):
        made[name] = Cluster.objects.create(name=name, verification="demo")
        for node in nodes:
            ClusterMembership.objects.create(
                cluster=made[name], division=node.site.division, valid_from=LONG_AGO
            )
    return SimpleNamespace(**made)


def held(site, starts_at: dt.datetime, *, activity: Activity | None = None, **owner) -> Session:
    activity = activity or Activity.objects.create(
        name="村晚", kind="village_gala", audience="everybody", state="published", **owner
    )
    return Session.objects.create(
        activity=activity, number=activity.sessions.count() + 1, starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2), site=site, capacity=100,
    )  # fmt: skip


def cell(year: int, cluster: Cluster, festival: Festival):
    return next(
        each for each in grid(year).cells
        if each.cluster == cluster and each.window.festival == festival
    )  # fmt: skip


def test_an_activity_counts_once_in_a_window(place, clusters):
    """One gala of a whole cluster is one for the district, not one a town, not one a session."""
    first = held(place.zhonghe.site, NEW_YEAR, cluster=clusters.east)
    held(place.linjiang.site, NEW_YEAR + dt.timedelta(1), activity=first.activity)
    assert cell(2027, clusters.east, Festival.SPRING).activities == 1
    assert cell(2027, clusters.west, Festival.SPRING).state == "empty"
    assert grid(2027).total(Festival.SPRING) == 1


def test_a_town_counts_for_its_cluster_of_that_day(place, clusters):
    held(place.danshan.site, NEW_YEAR, node=place.danshan)
    assert cell(2027, clusters.west, Festival.SPRING).state == "kept"
    ClusterMembership.objects.filter(cluster=clusters.west).update(valid_to=dt.date(2027, 1, 1))
    assert cell(2027, clusters.west, Festival.SPRING).state == "empty"
    assert grid(2027).total(Festival.SPRING) == 1
    assert len(grid(2027).apart) == 1


@pytest.mark.parametrize("broken", ["draft", "cancelled", "session"])
def test_what_is_not_held_does_not_count(place, clusters, broken):
    session = held(place.danshan.site, NEW_YEAR, node=place.danshan)
    if broken == "session":
        Session.objects.update(state="cancelled")
    else:
        Activity.objects.filter(pk=session.activity_id).update(state=broken)
    assert cell(2027, clusters.west, Festival.SPRING).state == "empty"


def test_the_planner_chooses_where_two_windows_meet(place, clusters):
    """In 2028 the moon festival is the third day of the National Day week."""
    moon = held(place.danshan.site, dt.datetime(2028, 10, 3, 19, tzinfo=TZ), node=place.danshan)
    assert cell(2028, clusters.west, Festival.MID_AUTUMN).activities == 1
    assert cell(2028, clusters.west, Festival.NATIONAL).activities == 0
    officer = staff(place.danshan, "culture_officer")
    intending.count_for(moon.pk, Festival.NATIONAL, by=officer, at=MONDAY)
    assert cell(2028, clusters.west, Festival.MID_AUTUMN).activities == 0
    assert cell(2028, clusters.west, Festival.NATIONAL).activities == 1
    with pytest.raises(Refused) as refused:
        intending.count_for(moon.pk, Festival.SPRING, by=officer, at=MONDAY)
    assert refused.value.code == "session-outside-window"


def intend(place, clusters, **changed):
    asked = {
        "year": 2027, "festival": Festival.SPRING, "cluster": clusters.west,
        "node": place.danshan, "title": "丹山村晚",
        "by": staff(place.danshan, "culture_officer"), "at": MONDAY, **changed,
    }  # fmt: skip
    return intending.intend(**asked)


def test_an_intention_fills_the_cell_until_it_is_dropped(place, clusters):
    line = intend(place, clusters)
    assert cell(2027, clusters.west, Festival.SPRING).state == "planned"
    officer = staff(place.danshan, "culture_officer")
    with pytest.raises(Refused):
        intending.drop(line.pk, reason=" ", by=officer, at=MONDAY)
    intending.drop(line.pk, reason="场地在修", by=officer, at=MONDAY)
    assert cell(2027, clusters.west, Festival.SPRING).state == "empty"
    with pytest.raises(Refused) as refused:
        intending.drop(line.pk, reason="再撤", by=officer, at=MONDAY)
    assert refused.value.status == 404
    assert intend(place, clusters).pk != line.pk


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": "  "}, "plan-without-title"),
        ({"title": "长" * 81}, "plan-without-title"),
        ({"year": 2026}, "window-has-passed"),
    ],
)
def test_an_intention_that_cannot_be_is_refused(place, clusters, changed, code):
    with pytest.raises(Refused) as refused:
        intend(place, clusters, **changed)
    assert refused.value.code == code
    assert not PlanLine.objects.exists()


def test_an_intention_is_written_once(place, clusters):
    line = intend(place, clusters)
    with pytest.raises(Refused) as refused:
        intend(place, clusters)
    assert refused.value.code == "plan-written-already"
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanLine.objects.create(
            year=2027, festival="spring", cluster=clusters.west, node=place.danshan,
            title=line.title, planned_at=MONDAY, planned_by="x",
        )  # fmt: skip


def test_a_branch_plans_for_its_own_cluster(place, clusters):
    with pytest.raises(Refused) as refused:
        intend(place, clusters, cluster=clusters.east)
    assert refused.value.code == "branch-outside-cluster"
    assert intend(
        place, clusters, cluster=clusters.east, node=place.hub, by=staff(place.hub, "director")
    ).pk
    with pytest.raises(Refused) as other:
        intend(place, clusters, by=staff(place.zhonghe, "culture_officer"))
    assert other.value.code == "not-your-branch"


def test_an_empty_window_is_told_once_thirty_days_before(place, clusters):
    early = dt.datetime(2026, 12, 30, 8, tzinfo=TZ)  # the spring window opens on 2027-01-30
    assert remind(early) == 0
    due = dt.datetime(2026, 12, 31, 8, tzinfo=TZ)
    held(place.danshan.site, NEW_YEAR, node=place.danshan)
    assert remind(due) == 1
    assert remind(due) == 0
    fact = Fact.objects.get(kind="FestivalWindowEmpty")
    assert fact.body == {
        "year": 2027, "festival": "spring", "cluster_id": clusters.east.pk, "opens": "2027-01-30",
    }  # fmt: skip
    assert WindowReminder.objects.count() == 1


def test_a_closed_window_is_told_no_more(place, clusters):
    assert remind(dt.datetime(2027, 2, 21, 8, tzinfo=TZ)) == 0
    assert remind(dt.datetime(2027, 2, 20, 8, tzinfo=TZ)) == 2


def test_the_grid_costs_the_same_for_many_sessions(place, clusters, django_assert_max_num_queries):
    for n in range(12):
        held(place.danshan.site, NEW_YEAR + dt.timedelta(n), node=place.danshan)
    with django_assert_max_num_queries(6):
        grid(2027)
