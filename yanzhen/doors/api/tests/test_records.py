"""The union catalogue as programs read it."""

import io

import pytest

from tests import county
from yanzhen.doors.api.shapes.records import TitlePage, TitleRecord
from yanzhen.doors.api.tests.calling import Caller, refused, told
from yanzhen.library.catalogue.marc import iso2709, xml
from yanzhen.library.catalogue.marc.build import cnmarc


def _title(title: str, **fields):
    record = cnmarc(
        title=title,
        identifier=title,
        entered=county.LONG_AGO,
        authors=["曹雪芹"],
        subjects=["章回小说"],
        **fields,
    )
    return county.bib(title, author="曹雪芹", year=1996, clc="I242.4", marc=record.dumps())


@pytest.fixture
def dream(place):
    """红楼梦: one copy on the shelf at 中和, one lent from 临江."""
    bib = _title("红楼梦")
    county.copy(place, at=place.zhonghe, title=bib, call_number="I242.4/12")
    county.copy(place, at=place.linjiang, title=bib, call_number="I242.4/12", state="on_loan")
    return bib


@pytest.mark.parametrize("q", ["红楼梦", "hlm", "hongloumeng", "紅樓夢"])
def test_a_title_is_found_however_it_is_typed(nobody, dream, q):
    page = told(nobody.get(f"/records?q={q}"), TitlePage)
    assert [item["id"] for item in page["items"]] == [dream.pk]
    item = page["items"][0]
    assert (item["title"], item["call_number"], item["copies"]) == ("红楼梦", "I242.4/12", 2)
    assert item["shelves"] == [{"node": "zhonghe", "copies": 1}]


def test_results_divide_by_facets_and_come_in_pages(nobody, place, dream):
    _title("三国演义")
    page = told(nobody.get("/records?page_size=1&page=2&sort=title"), TitlePage)
    assert (page["total"], len(page["items"]), page["sort"]) == (2, 1, "title")
    facets = page["facets"]
    assert {"value": "zhonghe", "label": "中和镇分馆", "count": 1} in facets["branch"]
    assert facets["format"] == [{"value": "book", "label": "book", "count": 2}]
    assert facets["available"] == 1
    narrowed = told(nobody.get("/records?branch=zhonghe&available=1"), TitlePage)
    assert [item["id"] for item in narrowed["items"]] == [dream.pk]


def test_a_slip_of_the_pen_is_guessed(nobody, dream):
    page = told(nobody.get("/records?q=红搂梦"), TitlePage)
    assert page["did_you_mean"] == "红楼梦"


@pytest.mark.parametrize("q", ["", "'\"); DROP TABLE", "🐼📚", "梦" * 10_000, "%00", "%ff%fe"])
def test_whatever_is_typed_gets_an_answer(nobody, dream, q):
    told(nobody.get(f"/records?q={q}"), TitlePage)


def test_one_record_tells_its_holdings(nobody, dream):
    other = _title("红楼梦")
    record = told(nobody.get(f"/records/{dream.pk}"), TitleRecord)
    assert (record["title"], record["subjects"]) == ("红楼梦", ["章回小说"])
    assert [edition["id"] for edition in record["editions"]] == [other.pk]
    held = {(each["node"]["code"], each["state"]["code"]) for each in record["holdings"]}
    assert held == {("zhonghe", "available"), ("linjiang", "on_loan")}


@pytest.mark.parametrize("number", [0, 10**30])
@pytest.mark.parametrize("tail", ["", "/marc"])
def test_an_unknown_record_is_said(nobody, place, number, tail):
    refused(nobody.get(f"/records/{number}{tail}"), 404, "record-unknown")


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [("", "*/*", "application/marcxml+xml"), ("", "application/marc", "application/marc"),
     ("?format=iso2709", "text/html", "application/marc"),
     ("?format=marcxml", "application/marc", "application/marcxml+xml")],
)  # fmt: skip
def test_marc_comes_in_the_form_asked_for(nobody, dream, query, accept, kind):
    response = nobody.get(f"/records/{dream.pk}/marc{query}", Accept=accept)
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    file = io.BytesIO(response.content)
    if kind == "application/marc":
        record = iso2709.parse(next(iso2709.read(file)).raw.decode())
    else:
        record = next(xml.read(file))
    assert record.first("200", "a") == "红楼梦"


def test_a_form_we_do_not_have_is_refused(dream):
    asked = Caller(Accept="image/png").get(f"/records/{dream.pk}/marc")
    refused(asked, 406, "format-not-offered")


def test_a_record_too_long_for_iso_2709_is_offered_as_xml(nobody, place):
    long = _title("红楼梦", abstract="梦" * 5000)
    refused(nobody.get(f"/records/{long.pk}/marc?format=iso2709"), 409, "record-too-long")
    assert nobody.get(f"/records/{long.pk}/marc").status_code == 200
