"""The demo titles: real books, as genuine CNMARC records."""

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from yanzhen.library.catalogue.marc.build import cnmarc
from yanzhen.library.catalogue.marc.record import SUBFIELD, Record
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.titles import title_of

TITLES = Path(__file__).with_name("titles.csv")
ENTERED = dt.date(2026, 1, 5)  # the date on file: fixed, so that the sample file never changes
AGENCY = "演示"
FORMATS = {"braille": "braille", "large_print": "large_print", "periodical": "periodical",
           "audio": "sound", "av": "video"}  # fmt: skip
LANGUAGES = {"zh": "chi", "en": "eng", "ja": "jpn"}
COUNTRIES = {"New York": "US", "Boston": "US", "London": "GB", "Cambridge": "GB", "東京": "JP"}
CLASSICS = ("红楼梦", "三国演义", "水浒传", "西游记")


@dataclass(frozen=True)
class Title:
    """A row of titles.csv with its number there (from 1) and its call number."""

    number: int
    row: dict[str, str]
    call_number: str

    @property
    def kind(self) -> str:
        return self.row["kind"]

    @property
    def clc(self) -> str:
        return self.row["clc"]

    @property
    def audience(self) -> str:
        return self.row["audience"]


def all_titles() -> list[Title]:
    """Every title; the call number is the class and a running number in the class 种次号."""
    with TITLES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    running: dict[str, int] = {}
    titles = []
    for number, row in enumerate(rows, 1):
        running[row["clc"]] = running.get(row["clc"], 0) + 1
        titles.append(Title(number, row, f"{row['clc']}/{running[row['clc']]}"))
    return titles


def some_titles(count: int | None) -> list[Title]:
    """All titles, or `count` of them: the four classics, and the rest evenly from every shelf."""
    titles = all_titles()
    if count is None or count >= len(titles):
        return titles
    classics = classics_among(titles)
    others = [title for title in titles if title not in classics]
    wanted = count - len(classics)
    return classics + [others[n * len(others) // wanted] for n in range(wanted)]


def classics_among(titles: Sequence[Title]) -> list[Title]:
    """The four great novels 四大名著, each in its first edition as a plain book."""
    return [
        next(title for title in titles if title.row["title"] == name and title.kind == "book")
        for name in CLASSICS
    ]


def record_of(title: Title, copies: Sequence[Sequence[tuple[str, str]]] = ()) -> Record:
    """The CNMARC record of a title; `copies` are the subfields of each 905."""
    row = title.row
    authors, role, contributors = _responsible(row)
    record = cnmarc(
        title=row["title"], subtitle=row["subtitle"], identifier=f"YZ{title.number:08d}",
        entered=ENTERED, authors=authors, role=role, contributors=contributors,
        isbn=row["isbn13"], price=f"CNY{row['price']}" if row["price"] else "",
        place=row["place"], publisher=row["publisher"],
        year=int(row["year"]) if row["year"] else None,
        pages=f"{row['pages']}页" if row["pages"] else "", size=row["size"],
        series=row["series"], abstract=row["abstract"], subjects=_parts(row["subjects"]),
        clc=row["clc"], language=LANGUAGES[row["language"]],
        country=COUNTRIES.get(row["place"], "CN"), format=FORMATS.get(row["kind"], "book"),
        agency=AGENCY, copies=copies,
    )  # fmt: skip
    return _with_origin(record, row["dynasty_or_country"]) if authors else record


def bib_of(title: Title, at: dt.datetime) -> BibRecord:
    """The title as a row of the catalogue, not saved; all columns derived from its MARC."""
    columns, _derived = title_of(record_of(title))
    return BibRecord(**columns._asdict(), source="演示书目", created_at=at, changed_at=at)


def _responsible(row: dict[str, str]) -> tuple[list[str], str, list[tuple[str, str]]]:
    """Authors, what they did, and the others: 白居易 著; 顾肇仓, 周汝昌 选注; somebody 译."""
    names, roles = _parts(row["author"]), _parts(row["role"]) or ["著"]
    others = [(name, "译") for name in _parts(row["translator"])]
    if len(roles) == 1:
        return names, roles[0], others
    paired = list(zip_longest(names[1:], roles[1:], fillvalue=roles[-1]))
    return names[:1], roles[0], paired + others


def _with_origin(record: Record, origin: str) -> Record:
    """200$f names the dynasty or country before the author, 701$a does not: (清)曹雪芹著."""
    if not origin:
        return record
    mark = f"{SUBFIELD}f"
    lines = [
        line.replace(mark, f"{mark}({origin})", 1) if line.startswith("200") else line
        for line in record.lines
    ]
    return Record(record.leader, tuple(lines))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
