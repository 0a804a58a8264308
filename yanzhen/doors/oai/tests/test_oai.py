"""The six verbs, strict about what is asked, whatever stands in the records."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import county
from yanzhen.doors.oai import answering, views
from yanzhen.doors.oai.tests.asking import OAI, checked, heads
from yanzhen.groundwork import clock
from yanzhen.library.catalogue import record_editing
from yanzhen.library.catalogue.marc.record import Field
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.queries import record
from yanzhen.library.discovery.marking import mark_bib
from yanzhen.library.harvest import offering, queries
from yanzhen.library.harvest.models import Offer
from yanzhen.library.holdings.models import Copy

DREAM = "oai:yanzhen.example:%d"


def test_identify_tells_what_this_is(ask, titles):
    told = ask(verb="Identify").find(f"{OAI}Identify")
    assert told.findtext(f"{OAI}baseURL") == "http://testserver/oai"
    assert told.findtext(f"{OAI}deletedRecord") == "persistent"
    assert told.findtext(f"{OAI}granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert told.findtext(f"{OAI}earliestDatestamp") == answering.writing.second(queries.earliest())
    assert told.findtext(f"{OAI}adminEmail") == "postmaster@yanzhen.example"


def test_the_sets_are_the_branches_and_the_kinds_of_material(ask, titles):
    specs = [each.text for each in ask(verb="ListSets").iter(f"{OAI}setSpec")]
    assert specs[:2] == ["branch", "branch:main-library"]
    assert {"branch:zhonghe", "material", "material:book"} <= set(specs)


def test_every_set_is_what_the_headers_say(ask, titles):
    said = {}
    for page in ask.pages(metadataPrefix="oai_dc"):
        for head in page.iter(f"{OAI}header"):
            said[head.findtext(f"{OAI}identifier")] = [e.text for e in head.iter(f"{OAI}setSpec")]
    for spec in ("branch:zhonghe", "branch:danshan", "material:book", "branch", "material"):
        inside = {
            name for name, specs in said.items()
            if any(each == spec or each.startswith(f"{spec}:") for each in specs)
        }  # fmt: skip
        assert inside == {name for name, _ in ask.harvest(metadataPrefix="oai_dc", set=spec)}


def test_formats(ask, titles):
    prefixes = [e.text for e in ask(verb="ListMetadataFormats").iter(f"{OAI}metadataPrefix")]
    assert prefixes == ["oai_dc", "marcxml", "marcxchange"]
    ask(verb="ListMetadataFormats", identifier=DREAM % titles.dream.pk)
    assert ask.error(verb="ListMetadataFormats", identifier="oai:other:1") == "idDoesNotExist"


@pytest.mark.parametrize(
    ("prefix", "root"),
    [
        ("oai_dc", "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"),
        ("marcxml", "{http://www.loc.gov/MARC21/slim}record"),
        ("marcxchange", "{info:lc/xmlns/marcxchange-v2}record"),
    ],
)
def test_a_record_in_every_format(ask, titles, prefix, root):
    page = ask(verb="GetRecord", metadataPrefix=prefix, identifier=DREAM % titles.dream.pk)
    (metadata,) = page.iter(f"{OAI}metadata")
    assert metadata[0].tag == root
    assert "红楼梦" in "".join(metadata.itertext())


def test_dublin_core_says_what_the_title_is(ask, titles):
    page = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=DREAM % titles.dream.pk)
    dc = "{http://purl.org/dc/elements/1.1/}"
    told = [(e.tag.removeprefix(dc), e.text) for e in page.iter() if e.tag.startswith(dc)]
    assert told[0] == ("title", "红楼梦")
    assert {("creator", "曹雪芹"), ("creator", "高鹗"), ("publisher", "人民文学出版社"),
            ("date", "1996"), ("identifier", "urn:isbn:9787020002207"), ("language", "zh"),
            ("type", "Text"), ("subject", "I242.4")} <= set(told)  # fmt: skip


def test_control_characters_never_break_the_xml(ask, place):
    nasty = chinese("坏\x01字\x0b符 <&> ]]>").replacing(
        "300", Field.of("300", "\x02\x03", ("\x04", "\ufffe\x00"))
    )
    record_editing.add_record(nasty, by=county.staff(place.hub), at=clock.now())
    offering.catch_up()
    for prefix in ("oai_dc", "marcxml", "marcxchange"):
        (page,) = ask.pages(metadataPrefix=prefix)
        assert "符 <&> ]]>" in "".join(page.itertext())


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&extra=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=2026-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00%2B08:00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z",
         "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=%00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=branch:nowhere", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=mods", "cannotDisseminateFormat"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=oai:yanzhen.example:1", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:yanzhen.example:0", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:yanzhen.example:99999999999999999999",
         "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%F0%9F", "idDoesNotExist"),
        ("&".join(f"a{n}=1" for n in range(30)), "badArgument"),
        ("verb=Identify&x=" + "y" * 5000, "badArgument"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_answered_in_the_protocols_words(ask, titles, query, code):
    assert ask.error(query) == code


def test_a_wrong_request_is_not_echoed(ask, titles):
    echoed = ask("verb=Nonsense&x=1").find(f"{OAI}request")
    assert (echoed.attrib, echoed.text) == ({}, "http://testserver/oai")
    assert ask(verb="Identify").find(f"{OAI}request").attrib == {"verb": "Identify"}


def test_leading_zeros_are_another_identifier(ask, titles):
    zeros = f"oai:yanzhen.example:0{titles.dream.pk}"
    assert ask.error(verb="GetRecord", metadataPrefix="oai_dc", identifier=zeros) == (
        "idDoesNotExist"
    )


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "verb",
                    "metadataPrefix",
                    "from",
                    "until",
                    "set",
                    "identifier",
                    "resumptionToken",
                    "x",
                ]
            ),
            st.sampled_from(
                [
                    "ListRecords",
                    "GetRecord",
                    "oai_dc",
                    "2026-01-01",
                    "branch",
                    "oai:yanzhen.example:1",
                ]
            )
            | st.text(max_size=20),
        ),
        max_size=5,
    )
)
def test_no_request_breaks_the_door(client, titles, pairs):
    assert checked(_posted(client, pairs).content) is not None


def _posted(client, asked):
    form = urlencode(asked, errors="surrogatepass")
    return client.post("/oai", form, content_type="application/x-www-form-urlencoded")


def test_post_is_as_good_as_get(client, titles):
    asked = {"verb": "ListRecords", "metadataPrefix": "marcxml"}
    posted, got = _posted(client, asked), client.get("/oai", asked)
    assert heads(checked(posted.content)) == heads(checked(got.content))


def test_head_has_no_body_and_other_methods_are_refused(client, titles):
    answer = client.head("/oai", {"verb": "Identify"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.put("/oai").status_code == 405


def test_no_session_is_begun_and_nothing_personal_said(client, titles):
    answer = client.get("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_too_many_at_once_are_asked_to_come_back(client, titles):
    for _ in range(views.AT_ONCE):
        views._room.acquire()
    try:
        answer = client.get("/oai", {"verb": "Identify"})
    finally:
        for _ in range(views.AT_ONCE):
            views._room.release()
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert client.get("/oai", {"verb": "Identify"}).status_code == 200


class TestLists:
    """Lists in parts, while the catalogue goes on changing."""

    @pytest.fixture(autouse=True)
    def _short_pages(self, monkeypatch):
        monkeypatch.setattr(answering, "PAGE", 3)

    def test_parts_count_up_to_the_whole(self, ask, titles):
        tokens = [
            page.find(f"{OAI}ListRecords/{OAI}resumptionToken")
            for page in ask.pages(metadataPrefix="oai_dc")
        ]
        assert [each.get("cursor") for each in tokens] == ["0", "3", "6", "9"]
        assert {each.get("completeListSize") for each in tokens} == {"10"}
        assert tokens[-1].text is None

    def test_a_list_that_is_whole_has_no_token(self, ask, titles):
        (page,) = ask.pages(metadataPrefix="oai_dc", set="branch:danshan")
        assert page.find(f"{OAI}ListRecords/{OAI}resumptionToken") is None

    def test_a_token_is_for_its_verb_and_not_to_be_forged(self, ask, titles):
        page = next(ask.pages(metadataPrefix="oai_dc"))
        token = page.find(f"{OAI}ListRecords/{OAI}resumptionToken").text
        assert ask.error(verb="ListIdentifiers", resumptionToken=token) == "badResumptionToken"
        assert ask.error(verb="ListRecords", resumptionToken=token[:-1]) == "badResumptionToken"
        assert ask(verb="ListRecords", resumptionToken=token) is not None
        assert ask(verb="ListRecords", resumptionToken=token) is not None  # a lost answer

    def test_nothing_is_lost_or_doubled_while_records_change(self, ask, titles, place, monkeypatch):
        """Each page is followed by a change, an addition and a deletion. What was told already
        and has changed is told again, as it is now; what has not is told once."""
        by, seen, told = county.staff(place.hub), [], []
        plain = queries.portion

        def watched(window, after, most):
            offers, more = plain(window, after, most)
            told.extend((offer.bib_id, offer.position) for offer in offers)
            return offers, more

        monkeypatch.setattr(queries, "portion", watched)
        pages = ask.pages(metadataPrefix="oai_dc")
        for turn, page in enumerate(pages):
            seen += heads(page)
            if turn < 3:
                self._change(titles.all[turn].pk, titles.all[turn + 4].pk, turn, by)
        assert len(told) == len(set(told)) == len(seen)
        assert [position for _, position in told] == sorted(position for _, position in told)
        assert {name for name, _ in seen} == {DREAM % pk for pk in _offered_ids()}
        latest = dict(seen)
        assert latest == {
            DREAM % offer.pk: answering.writing.second(queries.moment(offer.position))
            for offer in Offer.objects.all()
        }

    def _change(self, changed: int, deleted: int, turn: int, by) -> None:
        at = clock.now()
        note = Field.of("300", "  ", ("a", f"第 {turn} 次"))
        record_editing.replace_marc(changed, record(changed).replacing("300", note), by=by, at=at)
        fresh = record_editing.add_record(chinese(f"新书{turn}").replacing("010"), by=by, at=at)
        for copy in Copy.objects.filter(bib=deleted):
            county.withdrawn(copy)
        record_editing.delete_record(deleted, copies=0, by=by, at=at)
        mark_bib({"bib_ids": [changed, fresh.pk, deleted]})
        offering.catch_up()

    def test_from_the_date_of_an_answer_on_everything_later_is_found(self, ask, titles, place):
        before = ask(verb="Identify").findtext(f"{OAI}responseDate")
        self._change(titles.all[0].pk, titles.all[7].pk, 9, county.staff(place.hub))
        later = {name for name, _ in ask.harvest(**{"metadataPrefix": "oai_dc", "from": before})}
        assert {DREAM % titles.all[0].pk, DREAM % titles.all[7].pk} <= later

    def test_a_deleted_title_is_told_for_ever(self, ask, titles, place):
        self._change(titles.all[0].pk, titles.citrus.pk, 1, county.staff(place.hub))
        name = DREAM % titles.citrus.pk
        page = ask(verb="GetRecord", metadataPrefix="marcxml", identifier=name)
        assert page.find(f".//{OAI}header").get("status") == "deleted"
        in_set = ask.harvest(metadataPrefix="oai_dc", set="branch:danshan")
        assert [each for each, _ in in_set] == [name]

    def test_both_ends_belong_to_the_window(self, ask, titles):
        stamps = sorted(stamp for _, stamp in ask.harvest(metadataPrefix="oai_dc"))
        window = {"metadataPrefix": "oai_dc", "from": stamps[0], "until": stamps[-1]}
        assert len(ask.harvest(**window)) == 10
        day = stamps[0][:10]
        assert len(ask.harvest(**{**window, "from": day, "until": stamps[-1][:10]})) == 10
        earlier = dt.datetime.fromisoformat(stamps[0]) - dt.timedelta(seconds=1)
        assert ask.error(verb="ListRecords", metadataPrefix="oai_dc",
                         until=answering.writing.second(earlier)) == "noRecordsMatch"  # fmt: skip

    def test_long_records_make_short_parts(self, ask, titles, monkeypatch):
        monkeypatch.setattr(queries, "MOST_BYTES", 10)
        assert len(list(ask.pages(metadataPrefix="marcxml"))) == 10
        assert len(ask.harvest(metadataPrefix="marcxml")) == 10


def _offered_ids() -> list[int]:
    return list(Offer.objects.values_list("pk", flat=True))
