"""The door for searching programs, in three versions; whatever is wrong is a diagnostic."""

import shutil
import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from yanzhen.doors.sru import views
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.indexing import rebuild
from yanzhen.library.discovery.tests.makers import shelved_titles

OLD = "{http://www.loc.gov/zing/srw/}"
NEW = "{http://docs.oasis-open.org/ns/search-ws/sruResponse}"
SLIM = "{http://www.loc.gov/MARC21/slim}"


@pytest.fixture
def titles(place, settings):
    found = shelved_titles(place)
    rebuild(settings.SEARCH_INDEX)
    return found


def asked(client, space=OLD, status=200, **given) -> ET.Element:
    answer = client.get("/sru", given)
    assert answer.status_code == status, answer.content[:300]
    root = ET.fromstring(answer.content)
    assert root.tag in {f"{space}searchRetrieveResponse", f"{space}explainResponse"}
    assert root[0].tag == f"{space}version"
    return root


def search(client, query, version="1.2", **given) -> ET.Element:
    space = NEW if version == "2.0" else OLD
    operation = {} if version == "2.0" else {"operation": "searchRetrieve"}
    return asked(client, space, version=version, query=query, **operation, **given)


def total(root: ET.Element) -> int:
    return int(root.findtext(f"{root.tag.partition('}')[0]}}}numberOfRecords"))


def diagnostic(root: ET.Element) -> int:
    (uri,) = [each for each in root.iter() if each.tag.endswith("}uri")]
    return int(uri.text.removeprefix("info:srw/diagnostic/1/"))


def scanned(client, version="1.2", **given) -> tuple[list[tuple[str, int]], ET.Element]:
    answer = client.get("/sru", {"version": version, "operation": "scan", **given})
    root = ET.fromstring(answer.content)
    space = "{http://docs.oasis-open.org/ns/search-ws/scan}" if version == "2.0" else OLD
    assert root.tag == f"{space}scanResponse"
    return [
        (each.findtext(f"{space}value"), int(each.findtext(f"{space}numberOfRecords")))
        for each in root.iter(f"{space}term")
    ], root


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
def test_leafing_through_titles_and_names_in_their_order(client, titles, version):
    found, _root = scanned(client, version, scanClause="dc.title=红楼梦", maximumTerms="3")
    assert found[0] == ("红楼梦", 2)
    assert len(found) == 3
    everything, _root = scanned(client, version, scanClause="dc.title=a", maximumTerms="100")
    ordered = [text for text, _count in everything]
    assert len(set(ordered)) == len(ordered)
    place = ordered.index("红楼梦")
    around, _root = scanned(
        client, version, scanClause="dc.title=红楼梦", maximumTerms="4", responsePosition="3"
    )
    assert [text for text, _count in around] == ordered[place - 2 : place + 2]
    names, _root = scanned(client, version, scanClause="dc.creator=鲁迅", maximumTerms="1")
    assert names == [("鲁迅", 2)]


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ({}, 7), ({"scanClause": "dc.title"}, 16), ({"scanClause": "dc.date=1990"}, 16),
        ({"scanClause": "dc.title > a"}, 19), ({"scanClause": "a and b"}, 10),
        ({"scanClause": "dc.title=a", "maximumTerms": "x"}, 6),
        ({"scanClause": "dc.title=a", "responsePosition": "500"}, 6),
    ],
)  # fmt: skip
def test_a_scan_that_cannot_be_is_a_diagnostic(client, titles, given, number):
    found, root = scanned(client, **given)
    assert (found, diagnostic(root)) == ([], number)


@pytest.mark.parametrize("term", ['"]} TO *"', '"*"', '"~"', '"龘 [x"', '":("', "9"])
def test_whatever_is_leafed_for_there_is_an_answer(client, titles, term):
    _found, root = scanned(client, scanClause=f"dc.title={term}")
    assert not [each for each in root.iter() if each.tag.endswith("}uri")]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("红楼梦", 3), ("hongloumeng", 3), ("dc.title=红楼梦", 3), ('dc.title == "红楼梦"', 2),
        ("dc.title exact 红楼梦魇", 1), ("dc.creator=鲁迅", 2), ("bath.author = 鲁迅", 2),
        ("dc.creator == 曹雪芹", 2), ("dc.subject=评书", 1), ("dc.publisher=人民文学出版社", 4),
        ("dc.date=1979", 2), ("dc.date < 1979", 1), ("dc.date>=2015", 2),
        ('dc.date within "1979 1996"', 4), ("bath.isbn=978-7-02-000220-7", 1),
        ("bath.isbn=702000220X", 1),
        ('dc.title any "彷徨 呐喊"', 2), ('dc.title all "彷徨 呐喊"', 0),
        ("dc.creator=鲁迅 not dc.title=呐喊", 1), ("dc.creator=鲁迅 and dc.date=1979", 2),
        ("dc.creator=鲁迅 or dc.creator=海明威", 3), ("cql.allRecords=1", 10),
        ("cql.serverChoice = 鲁迅", 2), ("cql.anywhere all 鲁迅", 2), ("title=呐喊", 1),
        ("author=鲁迅", 2), ("isbn=9787020002207", 1), ("dc.title=三国*", 1), ("dc.language=en", 1),
        ("bath.classification=I242", 3), ("dc.format=book", 10), ('"dc.title"', 0),
        ("charlotte's", 1), ("紅樓夢", 3),
    ],
)  # fmt: skip
def test_what_is_asked_is_found(client, titles, query, count):
    for version in ("1.1", "1.2", "2.0"):
        assert total(search(client, query, version)) == count


def test_a_record_by_its_number(client, titles):
    root = search(client, f"rec.id={titles.citrus.pk}")
    assert root.findtext(f".//{OLD}recordIdentifier") == str(titles.citrus.pk)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("(a", 10), ("a prox b", 39), ("dc.nonsense=a", 16), ("foo.title=a", 15),
        ("dc.title adj a", 19), ("dc.title encloses a", 19), ("dc.title =/stem a", 20),
        ("dc.title < a", 22), ("bath.isbn any 9787020002207", 22), ("dc.subject == 小说", 22),
        ('dc.title=""', 27), ("dc.title=红*梦", 28), ("dc.title=红?", 28), ("^a", 28),
        ('"!!!"', 35), ("dc.date=last", 36), ("rec.id=x", 36), ("bath.isbn=abc", 36),
        ("dc.date within 1990", 36), ("rec.id=" + "9" * 20, 36),
        ("a sortby dc.subject", 80), ("a sortby dc.title dc.date", 80), ("x" * 5000, 12),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_a_diagnostic(client, titles, query, number):
    for version in ("1.1", "2.0"):
        root = search(client, query, version)
        assert (diagnostic(root), total(root)) == (number, 0)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ({"operation": "searchRetrieve", "version": "1.1"}, 7),
        ({"operation": "searchRetrieve", "version": "1.1", "query": " "}, 7),
        ({"operation": "dance", "version": "1.1"}, 4),
        ({"operation": "explain", "version": "9.9"}, 5),
    ],
)
def test_a_request_that_is_no_search(client, titles, given, number):
    assert diagnostic(asked(client, **given)) == number


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ({"startRecord": "0"}, 6), ({"startRecord": "-1"}, 6), ({"startRecord": "x"}, 6),
        ({"startRecord": "11"}, 61), ({"startRecord": "99999"}, 61),
        ({"maximumRecords": "many"}, 6), ({"recordSchema": "mods"}, 66),
        ({"recordPacking": "zip"}, 71), ({"recordXPath": "/x"}, 48), ({"queryType": "pqf"}, 6),
        ({"sortKeys": "subject"}, 80), ({"sortKeys": "title,,9"}, 80),
    ],
)  # fmt: skip
def test_parameters_that_cannot_be(client, titles, given, number):
    assert diagnostic(search(client, "cql.allRecords=1", **given)) == number


def test_records_come_in_parts_with_their_positions(client, titles):
    seen = []
    following = "1"
    while following:
        root = search(client, "cql.allRecords=1 sortby dc.date", startRecord=following,
                      maximumRecords="4")  # fmt: skip
        seen += [e.text for e in root.iter(f"{OLD}recordPosition")]
        following = root.findtext(f"{OLD}nextRecordPosition")
    assert seen == [str(n) for n in range(1, 11)]


def test_none_may_be_asked_for_and_never_more_than_the_cap(client, titles, monkeypatch):
    root = search(client, "cql.allRecords=1", maximumRecords="0")
    assert (total(root), root.find(f"{OLD}records")) == (10, None)
    monkeypatch.setattr(views.asking, "MOST", 2)
    root = search(client, "cql.allRecords=1", maximumRecords="999999999")
    assert len(root.findall(f".//{OLD}record")) == 2


@pytest.mark.parametrize(
    ("schema", "root_tag"),
    [
        ("marcxml", f"{SLIM}record"), ("info:srw/schema/1/marcxml-v1.1", f"{SLIM}record"),
        ("dc", "{info:srw/schema/1/dc-schema}dc"),
        ("marcxchange", "{info:lc/xmlns/marcxchange-v2}record"),
    ],
)  # fmt: skip
def test_record_schemas(client, titles, schema, root_tag):
    for version, space in (("1.1", OLD), ("2.0", NEW)):
        root = search(client, "柑橘", version, recordSchema=schema)
        (data,) = root.iter(f"{space}recordData")
        assert data[0].tag == root_tag
        assert "柑橘栽培技术" in "".join(data.itertext())


def test_a_record_as_text(client, titles):
    root = search(client, "柑橘", recordPacking="string")
    inside = ET.fromstring(root.findtext(f".//{OLD}recordData"))
    assert inside.tag == f"{SLIM}record"


@pytest.mark.parametrize("given", [{}, {"operation": "explain", "version": "1.1"}])
def test_explain_names_the_indexes_and_schemas(client, titles, given):
    root = asked(client, **given)
    zeerex = "{http://explain.z3950.org/dtd/2.0/}"
    names = {e.text for e in root.iter(f"{zeerex}title")}
    assert {"dc.title", "bath.isbn", "rec.id", "Dublin Core"} <= names
    assert root.findtext(f".//{zeerex}host") == "testserver"


def test_sort_keys_of_the_first_version(client, titles):
    def first(keys: str) -> str:
        root = search(client, "cql.allRecords=1", "1.1", sortKeys=keys, recordSchema="dc")
        return "".join(next(root.iter(f"{OLD}recordData")).itertext())

    assert "Charlotte" in first("date")
    assert "2017" in first("date,,0")


def test_a_title_deleted_meanwhile_is_told_in_its_place(client, titles):
    BibRecord.objects.filter(pk=titles.all[6].pk).update(deleted_at="2026-01-01T00:00:00Z")
    root = search(client, "dc.creator=鲁迅")
    assert (total(root), diagnostic(root)) == (2, 64)


def test_an_index_that_is_gone_is_built_again(client, titles, settings):
    shutil.rmtree(settings.SEARCH_INDEX)
    assert total(search(client, "鲁迅")) == 2


def test_an_index_being_built_says_when_to_come_back(client, titles, settings, monkeypatch):
    shutil.rmtree(settings.SEARCH_INDEX)
    monkeypatch.setattr(views, "ensure", lambda root: False)
    answer = client.get("/sru", {"query": "x", "version": "1.2", "operation": "searchRetrieve"})
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (503, True)
    assert b"diagnostic/1/2<" in answer.content


def test_too_many_at_once_are_asked_to_come_back(client, titles):
    for _ in range(views.AT_ONCE):
        views._room.acquire()
    try:
        answer = client.get("/sru")
    finally:
        for _ in range(views.AT_ONCE):
            views._room.release()
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (503, True)
    assert client.get("/sru").status_code == 200


def test_post_and_head(client, titles):
    posted = client.post("/sru", {"query": "鲁迅", "version": "2.0"})
    assert b"<numberOfRecords>2<" in posted.content
    head = client.head("/sru", {"query": "鲁迅"})
    assert (head.status_code, head.content) == (200, b"")
    assert not head.cookies


@hypothesis_settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40) | st.text('ab红=<>"()/*?^\\ ', max_size=30), st.text(max_size=8))
def test_no_query_breaks_the_door(client, titles, query, odd):
    root = search(client, f"dc.title={query}", "1.1", startRecord=odd, recordSchema=odd)
    assert root is not None
    search(client, query, "2.0")
