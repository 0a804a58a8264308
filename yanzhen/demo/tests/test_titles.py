import csv
import re
from collections import Counter
from pathlib import Path

import pytest

TITLES = Path(__file__).parents[1] / "titles.csv"
HEADER = (
    "title,subtitle,author,role,dynasty_or_country,translator,publisher,place,year,isbn13,clc,"
    "language,kind,audience,series,pages,size,price,subjects,abstract"
)
CLC = re.compile(r"[A-KN-VXZ][A-Z]?\d*(\.\d{1,3})*(-\d{1,3})?")
AT_LEAST = {
    "book": 250,
    "children": 60,
    "local": 30,
    "periodical": 25,
    "large_print": 12,
    "braille": 12,
    "audio": 10,
    "av": 8,
}

with TITLES.open(encoding="utf-8", newline="") as file:
    READER = csv.DictReader(file, strict=True)
    ROWS = list(READER)


def broken(condition) -> list[str]:
    """Titles of the rows for which ``condition(row)`` is false."""
    return [row["title"] for row in ROWS if not condition(row)]


def isbn13_is_valid(isbn: str) -> bool:
    """ISO 2108: weights 1 and 3 in turn, the sum divisible by ten."""
    weighted = (int(digit) * (1, 3)[i % 2] for i, digit in enumerate(isbn))
    return bool(re.fullmatch(r"97[89]\d{10}", isbn)) and sum(weighted) % 10 == 0


def test_the_columns_are_those_agreed():
    assert ",".join(READER.fieldnames) == HEADER
    assert not broken(lambda row: None not in row and None not in row.values())


def test_there_are_more_than_four_hundred_and_forty_titles():
    assert len(ROWS) >= 440


@pytest.mark.parametrize("column", ["title", "publisher", "place", "clc", "subjects", "abstract"])
def test_every_title_has(column):
    assert not broken(lambda row: row[column])


def test_no_cell_has_stray_spaces():
    assert not broken(lambda row: all(cell == cell.strip() for cell in row.values()))


def test_the_isbn_check_is_awake():
    assert isbn13_is_valid("9787020002207")
    assert not isbn13_is_valid("9787020002208")
    assert not isbn13_is_valid("978702000220")


def test_every_isbn_is_valid_and_used_once():
    isbns = [row["isbn13"] for row in ROWS if row["isbn13"]]
    assert len(isbns) >= 50
    assert not [isbn for isbn in isbns if not isbn13_is_valid(isbn)]
    assert not [isbn for isbn, times in Counter(isbns).items() if times > 1]


def test_class_numbers_have_the_shape_of_the_chinese_library_classification():
    assert not broken(lambda row: CLC.fullmatch(row["clc"]))


def test_years_prices_and_pages_are_numbers_or_empty():
    assert not broken(lambda row: re.fullmatch(r"(1[89]\d\d|20[0-2]\d)?", row["year"]))
    assert not broken(lambda row: re.fullmatch(r"(\d+\.\d\d)?", row["price"]))
    assert not broken(lambda row: re.fullmatch(r"\d*", row["pages"]))


def test_only_kinds_without_a_known_edition_lack_a_year():
    undated = Counter(row["kind"] for row in ROWS if not row["year"])
    assert undated["book"] <= 3
    assert not [kind for kind in ("children", "local", "periodical") if undated[kind]]


@pytest.mark.parametrize(("kind", "least"), AT_LEAST.items())
def test_every_shelf_is_filled(kind, least):
    assert sum(row["kind"] == kind for row in ROWS) >= least


def test_kinds_audiences_and_languages_are_known():
    assert not broken(lambda row: row["kind"] in AT_LEAST)
    assert not broken(lambda row: row["audience"] in {"adult", "child", "teen", "elder", "all"})
    languages = Counter(row["language"] for row in ROWS)
    assert set(languages) == {"zh", "en", "ja"}
    assert languages["en"] >= 12


def test_no_title_stands_twice():
    keys = Counter(
        (row["title"], row["author"], row["publisher"], row["year"], row["kind"]) for row in ROWS
    )
    assert not [key for key, times in keys.items() if times > 1]


def test_abstracts_are_one_short_sentence():
    assert not broken(lambda row: 14 <= len(row["abstract"]) <= 40)
    assert not broken(lambda row: row["abstract"].endswith("。"))
    assert not broken(lambda row: row["abstract"].count("。") == 1)


def test_titles_that_try_the_search_are_there():
    dream = {row["kind"] for row in ROWS if row["title"] == "红楼梦"}
    assert dream >= {"book", "children", "braille", "large_print", "audio", "av"}
    for word in ("长恨歌", "重庆", "乐府", "音乐", "快乐", "银行", "行者", "1984", "Python"):
        assert any(word in row["title"] for row in ROWS), word
