"""A week laid out: days, lanes side by side, cells over several half hours."""

import datetime as dt

import pytest

from yanzhen.culture.resources.tests import makers
from yanzhen.culture.resources.tests.makers import NEXT_MONDAY, claim
from yanzhen.doors.desk.resources.weeks import board_of, grid_of, monday_of, week_of

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
MONDAY = NEXT_MONDAY.date()


@pytest.fixture
def things(place):
    return makers.things(place)


def test_a_week_begins_on_monday():
    assert monday_of(MONDAY + dt.timedelta(days=6)) == MONDAY
    assert monday_of(MONDAY) == MONDAY


def test_what_overlaps_stands_side_by_side(things):
    claims = [
        *claim(things.by, things.left),
        *claim(things.by, things.right, reference="b", start=NEXT_MONDAY + HOUR),
        *claim(things.by, things.left, reference="c", start=NEXT_MONDAY + 2 * HOUR, hours=1),
    ]
    days = week_of(claims, MONDAY)
    assert [day.width for day in days] == [2, 1, 1, 1, 1, 1, 1]
    assert [len(lane) for lane in days[0].lanes] == [2, 1]
    grid = grid_of(days)
    assert (grid[0].label, len(grid)) == ("08:00", 26)
    ten = grid[4]
    assert (ten.label, ten.cells[0].entry.times, ten.cells[0].rows) == ("10:00", "10:00–12:00", 4)
    assert [len(line.cells) for line in grid[4:8]] == [8, 7, 7, 6]  # covered cells are not drawn


def test_every_row_of_the_grid_is_full(things):
    """Each column of each row is covered once: by a cell that begins there or one from above."""
    claims = [
        *claim(things.by, things.left, hours=0.25, start=NEXT_MONDAY + HOUR / 4),
        *claim(things.by, things.right, reference="b", hours=3),
        *claim(things.by, things.square, reference="c", hours=60, start=NEXT_MONDAY + 30 * HOUR),
    ]
    days = week_of(claims, MONDAY)
    width = sum(day.width for day in days)
    waiting: list[int] = []
    for line in grid_of(days):
        waiting = [rows - 1 for rows in waiting if rows > 1]
        assert len(waiting) + len(line.cells) == width
        waiting += [cell.rows for cell in line.cells]


def test_a_use_of_several_days_stands_under_each(things):
    start = NEXT_MONDAY + 38 * HOUR  # Wednesday 0:00
    [made] = claim(things.by, things.square, hours=50, start=start - 2 * HOUR)
    days = week_of([made], MONDAY)
    assert [[each.times for each in day.entries] for day in days[:5]] == [
        [], ["22:00–24:00"], ["00:00–24:00"], ["00:00–24:00"], [],
    ]  # fmt: skip
    assert grid_of(days)[0].label == "00:00"
    board = board_of([things.van, things.square], days)
    assert [line.resource for line in board] == [things.square, things.van]
