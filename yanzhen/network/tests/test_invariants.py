"""Each check is silent on a sound network and speaks when a row is broken."""

import datetime as dt

from tests.county import LONG_AGO, MONDAY
from yanzhen.network import invariants
from yanzhen.network.models import (
    Cluster,
    ClusterMembership,
    Division,
    Node,
    OpeningHours,
    ResidentCount,
)


def test_a_sound_network_breaks_nothing(place):
    assert list(invariants.broken_rows()) == []


def test_a_path_that_does_not_fit_its_parent_is_named(place):
    Node.objects.filter(code="zhonghe").update(path="elsewhere.zhonghe.")
    [sentence] = invariants.broken_rows()
    assert "zhonghe" in sentence


def test_a_node_under_the_wrong_parent_is_named(place):
    Node.objects.filter(code="zhonghe").update(
        parent=place.danshan, path="main-library.danshan.zhonghe."
    )
    [sentence] = invariants.broken_rows()
    assert "zhonghe" in sentence


def test_a_node_under_the_other_tree_is_named(place):
    Node.objects.filter(code="zhonghe").update(tree="culture")
    [sentence] = invariants.broken_rows()
    assert "zhonghe" in sentence


def test_a_site_in_a_statistics_only_unit_is_named(place):
    Division.objects.filter(code="512002106").update(kind="statistics_only")
    [sentence] = invariants.broken_rows()
    assert "zhonghe" in sentence


def test_residents_that_do_not_add_up_are_named(place):
    counts = {"512002": 100, "512002103": 30, "512002106": 30, "512002107": 39}
    for code, residents in counts.items():
        ResidentCount.objects.create(
            division=Division.objects.get(code=code),
            year=2020,
            residents=residents,
            verification="demo",
        )
    [sentence] = invariants.broken_rows()
    assert "99" in sentence

    ResidentCount.objects.filter(residents=39).delete()
    assert list(invariants.broken_rows()) == []


def test_a_town_in_two_clusters_at_a_time_is_named(place):
    town = place.zhonghe.site.division
    for name, since in (("东片区", LONG_AGO), ("西片区", MONDAY.date())):
        cluster = Cluster.objects.create(name=name, verification="demo")
        ClusterMembership.objects.create(cluster=cluster, division=town, valid_from=since)
    [sentence] = invariants.broken_rows()
    assert "中和镇" in sentence

    ClusterMembership.objects.filter(valid_from=LONG_AGO).update(
        valid_to=MONDAY.date() - dt.timedelta(1)
    )
    assert list(invariants.broken_rows()) == []


def test_overlapping_hours_are_named(place):
    OpeningHours.objects.create(
        node=place.zhonghe,
        weekday=0,
        opens=dt.time(17),
        closes=dt.time(20),
        valid_from=MONDAY.date(),
    )
    [sentence] = invariants.broken_rows()
    assert "zhonghe" in sentence

    OpeningHours.objects.filter(valid_from=LONG_AGO).update(
        valid_to=MONDAY.date() - dt.timedelta(1)
    )
    assert list(invariants.broken_rows()) == []
