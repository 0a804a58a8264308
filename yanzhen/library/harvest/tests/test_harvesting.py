"""Harvesting others: goes on where it stopped, within limits, whatever they answer."""

import pytest

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.models import BibRecord, ImportRun
from yanzhen.library.catalogue.taking_in import take_in
from yanzhen.library.catalogue.tests.makers import many
from yanzhen.library.harvest import fetching, harvesting
from yanzhen.library.harvest.models import HarvestSource
from yanzhen.library.harvest.tests.providing import error, listing, providing
from yanzhen.people.roles import NOBODY


@pytest.fixture
def librarian(place, settings, tmp_path):
    settings.DATA = tmp_path
    return county.staff(place.hub)


@pytest.fixture
def run(librarian):
    def run(url, *, dry_run=False, **options):
        def take(path, name):
            return take_in(path, file_name=name, dry_run=dry_run, by=librarian, at=MONDAY)

        asked = {"take": take, "by": librarian, "at": MONDAY, "dry_run": dry_run, **options}
        return harvesting.harvest(url, **asked)

    return run


def in_parts(arguments):
    """Five titles in three parts."""
    five = many(5)
    match arguments.get("resumptionToken", ""):
        case "":
            return listing(*five[:2], token="two", at="2026-11-20T08:00:00Z")
        case "two":
            return listing(*five[2:4], deleted=1, token="four", at="2026-11-20T08:00:09Z")
    return listing(*five[4:], at="2026-11-20T08:00:20Z")


def test_everything_is_taken_in_and_the_next_time_only_what_is_later(run):
    with providing(in_parts) as (url, asked):
        done = run(url)
        assert (done.name, done.records, done.added, done.deleted) == ("邻县图书馆", 5, 5, 1)
        assert asked[0] == {"verb": "ListRecords", "metadataPrefix": "marcxml"}
        again = run(url, set_spec="")
        assert (again.added, again.matched) == (0, 5)
        assert asked[3]["from"] == "2026-11-20T08:00:00Z", "the date of the first answer"
    source = HarvestSource.objects.get()
    assert (source.name, source.token) == ("邻县图书馆", "")
    assert ImportRun.objects.filter(file_name="127.0.0.1").count() == 2


def test_a_dry_run_remembers_nothing(run):
    with providing(in_parts) as (url, _asked):
        done = run(url, dry_run=True)
    assert (done.records, done.added) == (5, 5)
    assert (BibRecord.objects.count(), HarvestSource.objects.count()) == (0, 0)


def test_an_interrupted_harvest_goes_on_where_it_stopped(run, monkeypatch):
    monkeypatch.setattr(harvesting, "PORTION", 2)
    broken = {"now": True}

    def breaking(arguments):
        if arguments.get("resumptionToken") == "four" and broken["now"]:
            return 500, {}
        return in_parts(arguments)

    with providing(breaking) as (url, asked):
        with pytest.raises(Refused, match="source-unreachable"):
            run(url)
        assert BibRecord.objects.count() == 4
        broken["now"] = False
        done = run(url)
        assert (done.records, done.added) == (1, 1)
        assert asked[-1]["resumptionToken"] == "four"
        run(url)
        assert asked[-3]["from"] == "2026-11-20T08:00:00Z"


def test_a_token_the_provider_forgot_begins_anew(run, monkeypatch):
    monkeypatch.setattr(harvesting, "PORTION", 1)
    with providing(in_parts) as (url, _asked):
        assert run(url, minutes=0).unfinished
        HarvestSource.objects.update(token="forgotten")

        def forgetful(arguments):
            forgotten = arguments.get("resumptionToken") == "forgotten"
            return error("badResumptionToken") if forgotten else in_parts(arguments)

    with providing(forgetful) as (other, _asked):
        HarvestSource.objects.update(base_url=other)
        assert run(other).added == 3
    assert BibRecord.objects.count() == 5


def test_time_is_limited_and_the_rest_comes_next_time(run):
    with providing(in_parts) as (url, _asked):
        assert [run(url, minutes=0).unfinished for _ in range(3)] == [True, True, False]
    assert BibRecord.objects.count() == 5


def test_nothing_new_is_no_trouble(run):
    with providing(lambda _arguments: error("noRecordsMatch")) as (url, _asked):
        assert run(url).records == 0
    assert HarvestSource.objects.get().harvested_until == "2026-11-20T08:00:00Z"


def test_a_busy_provider_is_asked_again_when_it_says(run, monkeypatch):
    waited = []
    monkeypatch.setattr(fetching, "pause", waited.append)
    busy = iter([(503, {"Retry-After": "7"}), (429, {"Retry-After": "99999"})])
    with providing(lambda arguments: next(busy, in_parts({"resumptionToken": "x"}))) as (url, _a):
        assert run(url).records == 1
    assert waited == [7, fetching.LONGEST_PAUSE]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("<html>hello</html>", "source-no-provider"),
        ("not xml at all", "source-no-provider"),
        ("", "source-no-provider"),
        (b"\xff\xfe<\x00", "source-no-provider"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + listing(), "source-no-provider"),
        (error("noSetHierarchy"), "source-says-no"),
        (error("cannotDisseminateFormat"), "source-says-no"),
        (listing(token="same"), "source-in-a-circle"),
        ((302, {"Location": "file:///etc/passwd"}), "source-unreachable"),
        ((302, {"Location": "ftp://127.0.0.1/x"}), "source-unreachable"),
        ((404, {}), "source-unreachable"),
        (b"x" * 5000, "source-too-much"),
    ],
)  # fmt: skip
def test_whatever_is_answered_is_told_in_words(run, monkeypatch, said, code):
    monkeypatch.setattr(fetching, "LARGEST", 3000)
    with providing(lambda _arguments: said) as (url, _asked), pytest.raises(Refused, match=code):
        run(url)


def test_control_characters_are_forgiven(run):
    spoilt = listing(*many(1)).replace("第1种", "第1种\x01&#2;&#x41;")
    with providing(lambda _arguments: spoilt) as (url, _asked):
        assert run(url).added == 1
    assert BibRecord.objects.get().title == "第1种A"


def test_a_portion_without_a_title_does_not_stand_in_the_way(run):
    bare = many(1)[0].replacing("200")
    with providing(lambda _arguments: listing(bare)) as (url, _asked):
        done = run(url)
    assert (done.added, done.damaged) == (0, 1)
    assert HarvestSource.objects.get().harvested_until


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x/y", "x", "", "http://", "http://a:b/", "http://[", "http://a b",
     "http://x/#y", "http://x/" + "y" * 600],
)  # fmt: skip
def test_a_source_is_a_web_address(run, url):
    with pytest.raises(Refused, match="source-address-wrong"):
        run(url)


@pytest.mark.parametrize("since", ["yesterday", "2026", "2026-11-01T00:00:00", "2026-11-01 x"])
def test_a_harvest_starts_from_a_date(run, since):
    with pytest.raises(Refused, match="harvest-date-wrong"):
        run("http://127.0.0.1:1/oai", since=since)


def test_a_date_is_written_as_the_provider_wants(run):
    with providing(in_parts) as (url, asked):
        run(url, since="2026-11-01")
    assert asked[0]["from"] == "2026-11-01T00:00:00Z"


def test_a_server_that_is_not_there(run):
    with pytest.raises(Refused, match="source-unreachable"):
        run("http://127.0.0.1:1/oai")


def test_only_cataloguers_harvest(run):
    with pytest.raises(Refused, match="no-permission"):
        run("http://127.0.0.1:1/oai", by=NOBODY)
