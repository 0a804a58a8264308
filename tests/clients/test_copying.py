"""Our own client of copy cataloguing asks our own server, in every version of SRU."""

import pytest

from yanzhen.library.cataloguing.answers import Question, Trouble
from yanzhen.library.cataloguing.sru import ask
from yanzhen.library.cataloguing.tests.makers import address

HELD = "SELECT title, isbn13 FROM catalogue_bibrecord WHERE isbn13 <> '' AND marc <> '' LIMIT 1"


def asked(site, by: str, term: str, **changed):
    return ask(address(port=site.port, seconds=20, **changed), Question(by, (term,)))


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
def test_titles_come_as_cnmarc(site, version):
    answer = asked(site, "title", "红楼梦", version=version)
    assert answer.trouble is None
    assert answer.hits >= len(answer.records) > 5
    assert all("红楼梦" in record.first("200", "a") for record in answer.records[:1])


def test_a_number_finds_its_title(site):
    title, number = site.rows(HELD)[0]
    (record, *_more) = asked(site, "isbn", number).records
    assert record.first("200", "a") == title


def test_nothing_found_is_no_trouble(site):
    answer = asked(site, "title", "没有这样一本书呀")
    assert (answer.hits, answer.records, answer.trouble) == (0, [], None)


def test_what_the_server_finds_wrong_is_told(site):
    with pytest.raises(Trouble) as raised:
        asked(site, "title", "红楼梦", indexes={"title": "nosuch.index"})
    assert raised.value.code == "diagnostic"


def test_an_address_that_is_no_sru_is_told(site):
    with pytest.raises(Trouble) as raised:
        asked(site, "title", "红楼梦", address=f"{site.url}/catalogue/")
    assert raised.value.code == "not-sru"
