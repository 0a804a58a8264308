"""What is shown to whom, and what counts how often."""

import datetime as dt

import pytest

from yanzhen.culture.activities.counting import district_total, kinds_in_use, regularity, town_tally
from yanzhen.culture.activities.models import ActivityAccess
from yanzhen.culture.activities.queries import Wanted, joint_towns, near_and_soon, sessions_for
from yanzhen.culture.activities.tests import makers
from yanzhen.network.models import ClusterMembership

AT, DAY = makers.AT, makers.DAY
WEEK = (dt.date(2026, 11, 23), dt.date(2026, 11, 29))


def in_month(month: int, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, 10, 19, tzinfo=AT.tzinfo)


def test_a_joint_event_counts_once_for_the_district_and_is_shown_under_each_town(place):
    """R09: one village gala by three towns is +1, not +3."""
    towns = [node.site.division for node in (place.danshan, place.zhonghe, place.linjiang)]
    joint = makers.cluster(place.danshan, place.zhonghe, place.linjiang)
    gala = makers.activity(cluster=joint, kind="village_gala")
    makers.session(gala, site=place.danshan.site)
    assert district_total(*WEEK) == 1
    assert [town_tally(town, *WEEK).joint for town in towns] == [1, 1, 1]
    assert [town_tally(town, *WEEK).own for town in towns] == [0, 0, 0]
    for town in towns:
        assert [each.activity for each in sessions_for(Wanted(town=town))] == [gala]
    assert joint_towns(gala, WEEK[0]) == sorted(towns, key=lambda town: town.code)
    dance = makers.activity(place.danshan)
    makers.session(dance)
    makers.session(dance, starts_at=AT + 2 * DAY)
    assert district_total(*WEEK) == 2
    tally = town_tally(towns[0], *WEEK)
    assert (tally.own, tally.joint, tally.shown) == (1, 1, 2)


def test_a_town_shares_what_its_cluster_offers_only_while_it_belongs_to_it(place):
    joint = makers.cluster(place.danshan, place.zhonghe)
    makers.session(makers.activity(cluster=joint), site=place.danshan.site)
    spell = ClusterMembership.objects.filter(division=place.zhonghe.site.division)
    spell.update(valid_to=AT.date())
    assert town_tally(place.zhonghe.site.division, *WEEK).joint == 0
    spell.update(valid_to=(AT + DAY).date())
    assert town_tally(place.zhonghe.site.division, *WEEK).joint == 1


def test_drafts_rain_dates_and_what_is_cancelled_do_not_count(place):
    draft = makers.activity(place.danshan, state="draft")
    makers.session(draft)
    made = makers.activity(place.danshan)
    kept = makers.session(made, state="cancelled")
    makers.session(made, state="standby", rain_date_of=kept, starts_at=AT + 2 * DAY)
    assert district_total(*WEEK) == 0
    assert list(sessions_for(Wanted())) == [kept]
    assert near_and_soon(AT, 9) == []


def test_months_with_an_activity_out_of_twelve(place):
    """R11: 7 months are 58.3 per cent, and the missing months are named."""
    made = makers.activity(makers.twin(place.danshan))
    for month in (1, 2, 3, 5, 6, 9, 10):
        makers.session(made, starts_at=in_month(month))
    makers.session(made, starts_at=in_month(3) + DAY)
    makers.session(made, starts_at=in_month(4), state="cancelled")
    makers.session(made, starts_at=in_month(12))  # still to come
    makers.session(made, starts_at=in_month(11, 2025))
    found = regularity(place.danshan, 2026, at=AT)
    assert found.percent == 58.3
    assert found.missing == [4, 7, 8, 11, 12]
    assert found.sessions[3] == 2
    assert regularity(place.zhonghe, 2026, at=AT).percent == 0


def test_a_joint_event_makes_the_house_regular_where_it_is_held(place):
    joint = makers.cluster(place.danshan, place.zhonghe)
    makers.session(makers.activity(cluster=joint), site=place.danshan.site, starts_at=in_month(2))
    assert regularity(place.danshan, 2026, at=AT).months == [2]
    assert regularity(place.zhonghe, 2026, at=AT).months == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"广场舞", "戏曲", "读书会"}),
        ({"free": True}, {"广场舞", "读书会"}),
        ({"children": True}, {"读书会"}),
        ({"kind": "performance"}, {"戏曲"}),
        ({"text": "川剧"}, {"戏曲"}),
        ({"text": "丹山 舞"}, {"广场舞"}),
        ({"text": "太极"}, set()),
        ({"wheelchair": True}, {"戏曲"}),
        ({"sign_language": True}, set()),
        ({"days": (dt.date(2026, 11, 28), dt.date(2026, 11, 29))}, {"读书会"}),
    ],
)
def test_filters(place, wanted, found):
    dance = makers.activity(place.danshan, name="广场舞")
    opera = makers.activity(
        place.zhonghe, name="戏曲", kind="performance", fee=10, fee_reason="批文",
        introduction="川剧折子戏",
    )  # fmt: skip
    reading = makers.activity(place.zhonghe, name="读书会", kind="reading", audience="families")
    ActivityAccess.objects.filter(activity=opera, kind="wheelchair_places").update(state="present")
    ActivityAccess.objects.filter(activity=dance, kind="wheelchair_places").update(state="absent")
    makers.session(dance)
    makers.session(opera)
    makers.session(reading, starts_at=dt.datetime(2026, 11, 29, 15, tzinfo=AT.tzinfo))
    assert {each.activity.name for each in sessions_for(Wanted(**wanted))} == found


def test_days_are_the_countys_own(place):
    made = makers.activity(place.danshan)
    makers.session(made, starts_at=dt.datetime(2026, 11, 28, 0, 30, tzinfo=AT.tzinfo))
    day = dt.date(2026, 11, 28)
    assert sessions_for(Wanted(days=(day, day))).count() == 1
    assert sessions_for(Wanted(days=(day - DAY, day - DAY))).count() == 0


def test_a_list_costs_the_same_for_many(place, django_assert_num_queries):
    for _each in range(5):
        makers.session(makers.activity(place.danshan))
    with django_assert_num_queries(1):
        for each in sessions_for(Wanted()):
            assert each.activity.host
            assert each.site.division.parent.name


def test_kinds_in_use_are_those_announced(place):
    makers.activity(place.danshan, kind="choir")
    makers.activity(place.danshan, kind="lecture", state="draft")
    assert kinds_in_use() == ["choir"]


def test_what_is_still_to_come_stands_before_what_is_under_way(place):
    show = makers.activity(place.danshan, kind="exhibition")
    under_way = makers.session(show, starts_at=AT - 9 * DAY, ends_at=AT + 9 * DAY)
    later = makers.session(makers.activity(place.zhonghe), starts_at=AT + 3 * DAY)
    this_morning = makers.session(makers.activity(place.zhonghe), starts_at=AT - makers.HOUR)
    assert near_and_soon(AT, 9) == [this_morning, later, under_way]
    assert near_and_soon(AT, 2) == [this_morning, later]
    assert near_and_soon(AT, 9, place.danshan.site) == [under_way]
