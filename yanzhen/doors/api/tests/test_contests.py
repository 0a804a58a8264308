"""Contests as programs read them."""

import pytest

from tests.county import MONDAY
from yanzhen.culture.contests import publishing
from yanzhen.culture.contests.tests.makers import contest, judge_all
from yanzhen.doors.api.shapes.contests import ContestLine, RoundResult
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.tests.calling import refused, told


@pytest.fixture
def made(place):
    return contest(place)


def test_contests_are_listed_with_their_rounds(nobody, made):
    (line,) = told(nobody.get("/contests"), Page[ContestLine])["items"]
    assert [each["cluster"] for each in line["rounds"]] == ["东", "西", None]
    assert line["rounds"][0]["state"]["code"] == "draft"
    assert line["rounds"][0]["teams"] == 0


def test_a_result_is_told_with_its_sheets_once_published(nobody, made):
    judge_all(made)
    address = f"/contests/{made.contest.pk}/rounds/{made.heat.pk}/result"
    before = told(nobody.get(address), RoundResult)
    assert (before["version"], before["places"]) == (0, [])
    result = publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    after = told(nobody.get(address), RoundResult)
    assert (after["version"], after["digest"]) == (1, result.digest)
    first = after["places"][0]
    assert (first["entry"], first["total"], first["advances"]) == ("渔歌", 92.0, True)
    assert [each["counts"] for each in first["sheets"]] == [False, True, True, True, False]
    assert first["sheets"][0]["tenths"] == {"艺术表现": 90, "乡土特色": 90, "台风": 90}


def test_an_unknown_round_is_a_problem(nobody, made):
    refused(nobody.get(f"/contests/{made.contest.pk}/rounds/99999/result"), 404, "round-not-found")
