"""The almanac at a desk: read by everybody who plans, written by headquarters."""

import datetime as dt

import pytest

from tests.county import account
from yanzhen.culture.almanac.models import FestivalWindow, SchoolPeriod
from yanzhen.network.models import Holiday


@pytest.fixture
def director(place, client):
    client.force_login(account("hub", place.hub, "director"))
    return client


@pytest.fixture
def officer(place, client):
    client.force_login(account("danshan", place.danshan))
    return client


HUB = "/desk/main-library/almanac/"
SPRING = {
    "name": "春节", "kind": "off", "first_day": "2027-02-05", "last_day": "2027-02-11",
    "source": "放假通知",
}  # fmt: skip


def test_a_year_shows_its_festivals_and_what_is_not_known(officer):
    page = officer.get("/desk/danshan/almanac/2027/").content.decode()
    for day in ("2027-02-06", "2027-06-09", "2027-09-15", "2027-10-01"):
        assert day in page
    assert "放假通知还没有录入" in page
    assert "由总馆录入" in page


def test_a_month_shows_lunar_days(officer):
    page = officer.get("/desk/danshan/almanac/2027/2/").content.decode()
    assert "正月初一" in page
    assert "春节" in page
    assert "立春" in page


@pytest.mark.parametrize("year", [1979, 2056, 9999])
def test_a_year_beyond_the_almanac_is_not_found(officer, year):
    assert officer.get(f"/desk/danshan/almanac/{year}/").status_code == 404


def test_the_notice_is_entered_and_taken_back(director):
    director.post(f"{HUB}2027/holidays/", SPRING)
    assert Holiday.objects.filter(day__year=2027).count() == 7
    page = director.get(f"{HUB}2027/").content.decode()
    assert "02-05 – 02-11" in page
    assert "放假通知还没有录入" not in page
    director.post(
        f"{HUB}2027/holidays/removal/", {"first_day": "2027-02-05", "last_day": "2027-02-11"}
    )
    assert not Holiday.objects.filter(day__year=2027).exists()


def test_what_was_typed_stays_when_it_is_refused(director):
    answer = director.post(f"{HUB}2027/holidays/", {**SPRING, "last_day": "2027-02-01"})
    page = answer.content.decode()
    assert "不像一次放假" in page
    assert 'value="2027-02-05"' in page


def test_a_window_is_widened_and_follows_custom_again(director):
    director.post(f"{HUB}2027/windows/national/", {"days_before": "3", "days_after": "10"})
    assert FestivalWindow.objects.get().days_after == 10
    answer = director.post(
        f"{HUB}2027/windows/national/", {"days_before": "x", "days_after": "1"}, follow=True
    )
    assert "0 到 60" in answer.content.decode()
    director.post(f"{HUB}2027/windows/national/", {"custom": "1"})
    assert not FestivalWindow.objects.exists()
    assert director.post(f"{HUB}2027/windows/easter/").status_code == 404


def test_a_term_is_entered_changed_and_removed(director):
    told = {
        "stage": "primary", "kind": "term", "first_day": "2027-03-01", "last_day": "2027-07-02",
        "lessons_end": "16:00", "source": "教育局",
    }  # fmt: skip
    director.post(f"{HUB}2027/periods/new/", told)
    period = SchoolPeriod.objects.get()
    assert period.lessons_end == dt.time(16)
    refused = director.post(f"{HUB}2027/periods/{period.pk}/", {**told, "lessons_end": ""})
    assert "几点放学" in refused.content.decode()
    director.post(f"{HUB}2027/periods/{period.pk}/", {**told, "last_day": "2027-07-03"})
    period.refresh_from_db()
    assert period.last_day == dt.date(2027, 7, 3)
    assert director.get(f"{HUB}2027/periods/{period.pk}/").status_code == 200
    director.post(f"{HUB}2027/periods/{period.pk}/removal/")
    assert not SchoolPeriod.objects.exists()


@pytest.mark.parametrize("what", ["holidays/", "holidays/removal/", "windows/spring/"])
def test_a_branch_reads_but_does_not_write(officer, what):
    assert officer.post(f"/desk/danshan/almanac/2027/{what}", SPRING).status_code == 403
    assert not Holiday.objects.exists()
