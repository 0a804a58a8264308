import datetime as dt

import pytest

from yanzhen.config.background import HOUR, Hourly, chores, round_of_chores

AT = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)


def test_an_hourly_chore_goes_on_until_there_is_nothing_left_and_then_rests():
    left, asked = [3, 2, 0, 1, 0], []
    chore = Hourly(lambda at: asked.append(at) or left.pop(0))
    rounds = [chore(AT + dt.timedelta(seconds=turn)) for turn in range(5)]
    assert rounds == [3, 2, 0, 0, 0]
    assert len(asked) == 3
    assert chore(AT + HOUR + dt.timedelta(seconds=2)) == 1


@pytest.mark.django_db
def test_the_sweeping_of_the_second_round_asks_the_database_nothing(django_assert_num_queries):
    hourly = [chore for chore in chores() if isinstance(chore, Hourly)]
    assert len(hourly) == 13
    assert round_of_chores(hourly, AT) == 0
    with django_assert_num_queries(0):
        round_of_chores(hourly, AT + dt.timedelta(minutes=59))
