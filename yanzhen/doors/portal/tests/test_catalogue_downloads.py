"""Results as files: whole, readable by others, harmless, and honest about where they were cut."""

import csv
import re
from io import BytesIO, StringIO

import pymarc
import pytest

from tests import county
from yanzhen.doors.portal import catalogue_downloads
from yanzhen.doors.portal.catalogue_downloads import KINDS
from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.indexing import rebuild
from yanzhen.library.discovery.tests.makers import shelved_titles


@pytest.fixture
def titles(place, settings):
    found = shelved_titles(place)
    rebuild(settings.SEARCH_INDEX)
    return found


def download(client, kind, **wanted) -> bytes:
    response = client.get("/catalogue/", {"export": kind, **wanted})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert "public" not in response["Cache-Control"]
    return response.getvalue()


@pytest.mark.parametrize("kind", ["mrc", "mrc-gb18030", "marcxml"])
def test_marc_comes_back_as_it_is_kept(client, titles, kind):
    content = download(client, kind, q="鲁迅", sort="title")
    back = [taken.record for taken in reading.read(BytesIO(content))]
    assert [each.first("200", "a") for each in back] == ["呐喊", "彷徨"]


def test_another_program_reads_the_marc(client, titles):
    content = download(client, "mrc")
    records = list(pymarc.MARCReader(content, to_unicode=True, force_utf8=True))
    assert len(records) == len(titles.all)
    assert any(each["200"]["a"] == "红楼梦" for each in records)


def test_bibtex(client, titles, settings):
    county.bib(r"50% & \input{x} #1_{~^$", author="E. B. White", format="book")
    rebuild(settings.SEARCH_INDEX)
    told = download(client, "bibtex").decode()
    assert told.count("@book{yanzhen") == len(titles.all) + 1
    assert "author = {{曹雪芹} and {高鹗}}" in told
    assert "isbn = {9787020002207}" in told
    assert f"url = {{http://testserver/catalogue/{titles.dream.pk}/}}" in told
    assert (
        r"50\% \& \textbackslash{}input\{x\} \#1\_\{\textasciitilde{}\textasciicircum{}\$" in told
    )


def test_ris(client, titles, settings):
    county.bib("两\n行", author="甲;乙")
    rebuild(settings.SEARCH_INDEX)
    told = download(client, "ris").decode()
    assert told.count("TY  - BOOK\r\n") == told.count("ER  - \r\n") == len(titles.all) + 1
    assert "TI  - 两 行\r\nAU  - 甲\r\nAU  - 乙\r\n" in told


def test_a_cell_is_never_a_formula(client, titles, settings):
    for start in "=+-@\t\r":
        county.bib(f"{start}cmd", author=f"{start}1")
    rebuild(settings.SEARCH_INDEX)
    table = csv.reader(StringIO(download(client, "csv").decode("utf-8-sig")))
    cells = [cell for row in table for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_list_that_was_cut_says_so(client, titles, monkeypatch, kind):
    monkeypatch.setattr(catalogue_downloads, "MOST", 4)
    response = client.get("/catalogue/", {"export": kind})
    assert "titles-first-4." in response["Content-Disposition"]
    if kind in ("csv", "marcxml", "bibtex"):
        assert "一共 10 种，这里只有排在最前面的 4 种" in response.getvalue().decode()


def test_the_page_says_where_it_would_be_cut(client, titles, monkeypatch):
    assert "一次最多导出" not in client.get("/catalogue/").content.decode()
    monkeypatch.setattr("yanzhen.doors.portal.catalogue_pages.MOST", 4)
    html = client.get("/catalogue/").content.decode()
    assert "一次最多导出 4 种" in html
    assert 'href="?export=bibtex"' in html


def test_portions_make_the_whole(client, titles, monkeypatch):
    monkeypatch.setattr(catalogue_downloads, "PORTION", 3)
    lines = download(client, "csv", sort="title").decode().splitlines()
    assert len(lines) == 1 + len(titles.all)


def test_what_marc_cannot_hold_is_refused_in_words(client, titles, settings):
    record = Record.loads(titles.dream.marc)
    long = record.replacing("330", Field.of("330", "  ", ("a", "长" * 4000)))
    type(titles.dream).objects.filter(pk=titles.dream.pk).update(marc=long.dumps())
    response = client.get("/catalogue/", {"export": "mrc", "q": "红楼梦"})
    assert response.status_code == 422
    html = response.content.decode()
    assert f"书目号 {titles.dream.pk}" in html
    assert "MARCXML" in html
    assert "长" * 4000 in download(client, "marcxml", q="红楼梦").decode()


def test_page_and_unknown_kinds(client, titles):
    assert download(client, "csv", page="7") == download(client, "csv")
    assert client.get("/catalogue/", {"export": "exe"})["Content-Type"].startswith("text/html")
    empty = download(client, "bibtex", q="没有这样的书啊啊")
    assert empty == b""


@pytest.fixture
def thousand(titles, settings):
    """A thousand editions of one title, each with its own year, among the others."""
    dream = BibRecord.objects.get(pk=titles.dream.pk)
    BibRecord.objects.bulk_create(
        BibRecord(
            flavour=dream.flavour, marc=dream.marc, match_key=f"many{n}", title=dream.title,
            author=dream.author, year=n, format="book", language="zh",
            created_at=dream.created_at, changed_at=dream.changed_at,
        )
        for n in range(1001, 2001)
    )  # fmt: skip
    rebuild(settings.SEARCH_INDEX)
    return {str(pk) for pk in BibRecord.objects.filter(match_key__startswith="many")
            .values_list("pk", flat=True)}  # fmt: skip


def test_a_thousand_titles_come_whole_and_in_order_in_every_form(client, titles, thousand):
    wanted = {"q": "红楼梦", "sort": "newest"}
    table = list(csv.reader(StringIO(download(client, "csv", **wanted).decode("utf-8-sig"))))
    ids = [row[0] for row in table[1:]]
    assert len(ids) == len(set(ids)) == 1003
    assert set(ids) > thousand
    assert [row[5] for row in table if row[0] in thousand] == [
        str(n) for n in range(2000, 1000, -1)
    ]

    cited = re.findall(r"@book\{yanzhen([0-9]+)", download(client, "bibtex", **wanted).decode())
    assert cited == ids
    ris = download(client, "ris", **wanted).decode()
    assert ris.count("TY  - BOOK") == ris.count("ER  - ") == 1003
    for kind in ("mrc", "mrc-gb18030", "marcxml"):
        content = download(client, kind, **wanted)
        assert sum(1 for _taken in reading.read(BytesIO(content))) == 1003
    read = pymarc.MARCReader(download(client, "mrc", **wanted), to_unicode=True, force_utf8=True)
    assert sum(each is not None for each in read) == 1003
