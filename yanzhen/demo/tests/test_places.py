import csv
import re
from datetime import date
from pathlib import Path

from pypinyin import lazy_pinyin

PLACES = Path(__file__).parents[1] / "places.csv"

with PLACES.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, strict=True))
STATIONS = [row for row in ROWS if row["name"].endswith("综合文化站")]


def test_two_main_places_and_twenty_two_stations():
    assert [row["code"] for row in ROWS[:2]] == ["main-library", "culture-centre"]
    assert len(STATIONS) == 22
    assert len(ROWS) == 24
    assert len({row["code"] for row in ROWS}) == 24


def test_a_code_is_the_pinyin_of_the_town():
    for row in STATIONS:
        town = re.sub("(镇|街道)综合文化站$", "", row["name"])
        assert row["code"] == "".join(lazy_pinyin(town))
        assert row["name_en"].lower().startswith(row["code"])


def test_nothing_invented_looks_real():
    for row in ROWS:
        assert row["address"].endswith("（演示地址）")
        assert re.fullmatch(r"028-0000-01\d\d", row["phone"])
        assert "演示" in row["note"]
    assert len({row["phone"] for row in ROWS}) == len(ROWS)


def test_sizes_and_dates_can_be_read():
    for row in ROWS:
        assert 200 <= int(row["area_m2"]) <= 5000
        assert 20 <= int(row["seats"]) <= 400
        assert date.fromisoformat(row["opened_on"]) < date(2022, 4, 11)
