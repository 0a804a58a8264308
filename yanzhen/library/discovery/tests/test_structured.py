"""Searching by field, for programs."""

import pytest

from yanzhen.library.discovery.structured import (
    LARGEST,
    Between,
    Every,
    Joined,
    Mark,
    Whole,
    Words,
    find,
)


def found(index, wanted, **how) -> list[int]:
    return find(wanted, index, **{"most": 50, **how}).bib_ids


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Words("title", "红楼梦"), 3),
        (Words("title", "鲁迅"), 0),
        (Words("author", "鲁迅"), 2),
        (Words("", "鲁迅"), 2),
        (Words("", "hongloumeng"), 3),
        (Words("title", "红楼梦 呐喊", any=True), 4),
        (Words("title", "红楼梦 呐喊"), 0),
        (Words("title", "三", beginning=True), 1),
        (Words("title", "!!!"), 0),
        (Whole("title", "红楼梦"), 2),
        (Whole("title", "红楼"), 0),
        (Whole("author", "张爱玲"), 1),
        (Mark("isbn", "9787020002207"), 1),
        (Mark("clc", "I24"), 3),
        (Mark("language", "en"), 1),
        (Between("year", 1979, 1988), 3),
        (Between("year", 5, 4), 0),
        (Between("year", 2000, LARGEST), 4),
        (Every(), 10),
        (Joined("and", Words("author", "鲁迅"), Words("title", "呐喊")), 1),
        (Joined("or", Words("title", "彷徨"), Words("title", "呐喊")), 2),
        (Joined("not", Every(), Words("author", "鲁迅")), 8),
        (Joined("not", Words("author", "鲁迅"), Every()), 0),
    ],
)
def test_what_is_wanted_is_found(index, wanted, count):
    assert find(wanted, index, most=50).total == count
    assert len(found(index, wanted)) == count
    assert find(wanted, index, most=0).total == count


def test_parts_of_an_answer_make_the_whole(index):
    parts = [found(index, Every(), start=start, most=3, order="year") for start in (0, 3, 6, 9)]
    assert [len(each) for each in parts] == [3, 3, 3, 1]
    assert sum(parts, []) == found(index, Every(), order="year")


def test_order(index, titles):
    up = found(index, Every(), order="year")
    down = found(index, Every(), order="year", down=True)
    assert up[0] == down[-1] == titles.all[-1].pk
    assert up[-1] == down[0] == titles.other_dream.pk


def test_ids(index, titles):
    assert found(index, Between("id", titles.dream.pk, titles.dream.pk)) == [titles.dream.pk]
