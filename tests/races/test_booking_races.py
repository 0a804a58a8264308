"""One session of 100 places, all channels at once: real processes, real databases."""

import pytest

from tests.races.booking import SPLIT

pytestmark = pytest.mark.slow
SOLD = {channel: places for channel, places in SPLIT.items() if channel != "walk_in"}

ANSWERS = {
    f"{channel} {word}": n
    for channel, places in SOLD.items()
    for word, n in (("booked", places), ("full", places * 3 // 2 - places))
}


@pytest.mark.parametrize("processes", [2, 6])
def test_exactly_the_allotted_places_are_sold(race, processes):
    result = race("booking", str(processes))
    assert result["answers"] == ANSWERS
    assert result["rows"] == SOLD
    assert result["taken"] == SOLD | {"walk_in": 0}
    assert result["broken"] == []


def test_over_the_web_rows_are_answers_and_none_is_an_error(race):
    result = race("booking_http", "8")
    assert result["answers"] == ANSWERS
    assert result["rows"] == SOLD
    assert result["taken"] == SOLD | {"walk_in": 0}
    assert result["broken"] == []
    assert (result["let_in"], result["one_more"]) == (201, 409)


def test_without_the_guard_it_oversells(race):
    result = race("booking", "6", "--sabotage")
    sold = sum(n for said, n in result["answers"].items() if said.endswith("booked"))
    assert sold > sum(SOLD.values())
    assert result["broken"] != []
