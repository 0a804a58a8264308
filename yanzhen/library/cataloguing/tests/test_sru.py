"""Asking over SRU, and everything a server may do instead of answering."""

import time
from html import escape
from urllib.parse import parse_qs

import pytest

from yanzhen.library.catalogue.marc import xml
from yanzhen.library.catalogue.marc.encoding import UTF8, declared
from yanzhen.library.catalogue.marc.tests.makers import chinese, english
from yanzhen.library.cataloguing.answers import LARGEST, Question, Trouble
from yanzhen.library.cataloguing.sru import ask, cql
from yanzhen.library.cataloguing.tests.makers import address, response
from yanzhen.library.cataloguing.tests.servers import dripping, hanging, http, saying, speaking

CHINESE = declared(chinese(), UTF8)
ENGLISH = declared(english(), UTF8)
ISBN = Question("isbn", ("9787020002207", "7020002200"))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"


def asked(speak, **changed):
    with speaking(speak) as port:
        return ask(address(port=port, **changed), ISBN)


def trouble(speak, **changed) -> str:
    with pytest.raises(Trouble) as raised:
        asked(speak, **changed)
    return raised.value.code


def test_records_come_as_they_are():
    answer = asked(http(response(chinese(), english(), hits=7)))
    assert answer.records == [CHINESE, ENGLISH]
    assert (answer.hits, answer.trouble) == (7, None)


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
def test_the_question_is_one_of_that_version(version):
    heard = []
    with speaking(http(response()), heard) as port:
        ask(address(port=port, version=version, account="u", password="p"), ISBN)
    line, *headers = heard[0].decode().split("\r\n")
    given = parse_qs(line.split(" ")[1].partition("?")[2])
    assert given["version"] == [version]
    assert given["query"] == ['bath.isbn = "9787020002207" or bath.isbn = "7020002200"']
    assert ("operation" in given) == (version != "2.0")
    assert ("recordXMLEscaping" in given) == (version == "2.0")
    assert "Authorization: Basic dTpw" in headers


@pytest.mark.parametrize(("end", "path"), [("/LCDB?", "/LCDB?v"), ("/x?db=1", "/x?db=1&v")])
def test_an_address_is_asked_as_it_is_published(end, path):
    heard = []
    with speaking(http(response()), heard) as port:
        ask(address(address=f"http://127.0.0.1:{port}{end}"), ISBN)
    assert heard[0].decode().split(" ")[1].startswith(path)


def test_nothing_in_a_term_has_a_meaning_of_its_own():
    term = 'a" or dc.title = "*?^\\'
    assert cql("dc.title", (term,)) == ('dc.title = "a\\" or dc.title = \\"\\*\\?\\^\\\\"')


def test_records_that_come_as_text_are_read():
    packed = escape(xml.slim(chinese()))
    body = response(chinese()).decode().replace(xml.slim(chinese()), packed)
    assert asked(http(body.encode())).records == [CHINESE]


def test_gbk_is_read_as_it_is_declared():
    body = response(chinese()).decode().replace("UTF-8", "GBK").encode("gbk")
    assert asked(http(body)).records == [CHINESE]


@pytest.mark.parametrize(
    ("inside", "code", "said"),
    [
        ("<uri>info:srw/diagnostic/1/16</uri><details>bath.isbn</details>"
         "<message>Unsupported index</message>", "diagnostic", "Unsupported index：bath.isbn"),
        ("<uri>info:srw/diagnostic/1/3</uri><message>Authentication error</message>",
         "login", "Authentication error"),
        ("", "diagnostic", "?"),
    ],
)  # fmt: skip
def test_a_diagnostic_is_told_in_its_own_words(inside, code, said):
    told = f"<diagnostics><diagnostic>{inside}</diagnostic></diagnostics>"
    with pytest.raises(Trouble) as raised:
        asked(http(response(hits=0, inside=told)))
    assert (raised.value.code, raised.value.said) == (code, said)


@pytest.mark.parametrize(
    ("speak", "code"),
    [
        (saying(b""), "broke-off"),
        (saying(b"\x00\xff" * 500), "not-sru"),
        (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), "not-sru"),
        (http(b"<html><body>Welcome</body></html>"), "not-sru"),
        (http(b"not even a tag"), "not-sru"),
        (http(b""), "not-sru"),
        (http(b"gone", status="404 Not Found"), "http"),
        (http(b"", status="401 Unauthorized"), "login"),
        (http(b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"), "unsafe-xml"),
        (http(b"<a>" * 500), "not-sru"),
        (hanging(), "timeout"),
        (hanging(HEAD), "timeout"),
        (dripping(HEAD + b"\r\n" + response(english())), "timeout"),
        (dripping(b"HTTP/1.1 100 Continue\r\n\r\n" * 50), "timeout"),
        (http(b"", "Location: http://10.0.0.1/admin", status="302 Found"), "moved"),
        (http(b"", "Location: file:///etc/passwd", status="302 Found"), "moved"),
        (http(b"", "Location: /sru", status="302 Found"), "moved"),
        (http(response(hits=3)), "no-marc"),
    ],
)
def test_whatever_a_server_does_becomes_a_trouble_in_time(speak, code):
    began = time.monotonic()
    if code == "no-marc":
        assert asked(speak, seconds=1).trouble.code == code
    else:
        assert trouble(speak, seconds=1) == code
    assert time.monotonic() - began < 2


def test_a_bomb_is_never_unfolded():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x>&l11;</x>'.encode()
    assert trouble(http(bomb)) == "unsafe-xml"


def test_another_host_is_told_and_never_asked():
    asked_elsewhere = []
    with speaking(http(response(english())), asked_elsewhere) as other:
        sent = http(b"", f"Location: http://127.0.0.1:{other}/x", status="302 Found")
        assert trouble(sent) == "moved"
    assert asked_elsewhere == []


def test_what_came_before_an_answer_broke_off_is_kept():
    whole = response(chinese(), english())
    half = whole[: whole.rindex(b"<record ") + 300]
    for speak, code in (
        (http(half), "broken-xml"),
        (http(half, promised=len(whole)), "broken-xml"),
        (hanging(HEAD + b"\r\n" + half), "timeout"),
    ):
        answer = asked(speak, seconds=1)
        assert answer.records == [CHINESE]
        assert answer.trouble.code == code


def test_an_answer_without_end_is_cut():
    def speak(caller, _asked):
        caller.sendall(HEAD + b"\r\n" + response(chinese())[:-30])
        for _ in range(LARGEST // 1000 + 2000):
            caller.sendall(b" " * 1000)

    answer = asked(speak)
    assert answer.trouble.code == "too-much"
    assert answer.records == [CHINESE]


def test_nobody_is_there():
    with pytest.raises(Trouble) as raised:
        ask(address(port=9), ISBN)
    assert raised.value.code == "nobody"
    with pytest.raises(Trouble) as raised:
        ask(address(address="http://nowhere.invalid/sru"), ISBN)
    assert raised.value.code in {"unknown-host", "timeout"}
