"""The yearly plan at a desk."""

import pytest

from tests.county import LONG_AGO, account
from yanzhen.culture.planning.models import PlanLine
from yanzhen.network.models import Cluster, ClusterMembership


@pytest.fixture
def west(place) -> Cluster:
    cluster = Cluster.objects.create(name="西片区", verification="demo")
    ClusterMembership.objects.create(
        cluster=cluster, division=place.danshan.site.division, valid_from=LONG_AGO
    )
    return cluster


@pytest.fixture
def officer(place, client):
    client.force_login(account("danshan", place.danshan))
    return client


PLAN = "/desk/danshan/plan/2027/"


def test_the_plan_of_2027_shows_its_four_windows(officer, west):
    page = officer.get(PLAN).content.decode()
    for day in ("02-06", "06-09", "09-15", "10-01"):
        assert day in page
    assert "还有 4 个空窗" in page


def test_an_intention_is_written_and_dropped(officer, west):
    told = {"festival": "spring", "cluster": west.pk, "title": "丹山村晚"}
    page = officer.post(f"{PLAN}lines/", told, follow=True).content.decode()
    assert "打算：丹山村晚" in page
    assert "还有 3 个空窗" in page
    line = PlanLine.objects.get()
    page = officer.post(f"{PLAN}lines/{line.pk}/dropping/", {"reason": ""}, follow=True)
    assert "请写一句原因" in page.content.decode()
    officer.post(f"{PLAN}lines/{line.pk}/dropping/", {"reason": "场地在修"})
    line.refresh_from_db()
    assert line.drop_reason == "场地在修"


@pytest.mark.parametrize(
    "told",
    [
        {"festival": "easter"},
        {"festival": "spring", "cluster": "²"},
        {},
        {"festival": "spring", "cluster": "9" * 5000},
    ],
)
def test_nonsense_is_not_found(officer, west, told):
    assert officer.post(f"{PLAN}lines/", told).status_code == 404


def test_a_branch_elsewhere_is_refused(officer, west):
    assert officer.get("/desk/zhonghe/plan/2027/").status_code == 403
