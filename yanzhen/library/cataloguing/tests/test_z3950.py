"""Asking over Z39.50: Debian's own test server, and servers that misbehave."""

import time
from pathlib import Path

import pytest

from tools import yaz as installing
from yanzhen.library.cataloguing import yaz
from yanzhen.library.cataloguing.answers import Question, Trouble
from yanzhen.library.cataloguing.tests.makers import address
from yanzhen.library.cataloguing.tests.servers import between, hanging, saying, speaking, ztest
from yanzhen.library.cataloguing.z3950 import ask, pqf

pytestmark = pytest.mark.skipif(
    installing.find() is None or installing.find("yaz-ztest") is None,
    reason="这台机器上没有 yaz（Debian 的 yaz）",
)


@pytest.fixture(scope="module")
def server():
    with ztest() as port:
        yield port


def asked(port: int, term: str = "3", **changed):
    return ask(address("z3950", port, **changed), Question("title", (term,)))


def trouble(port: int, term: str = "3", **changed) -> Trouble:
    with pytest.raises(Trouble) as raised:
        asked(port, term, **changed)
    return raised.value


@pytest.mark.parametrize("syntax", ["marc21", "marcxml"])
def test_records_come_whole(server, syntax):
    answer = asked(server, syntax=syntax)
    assert (answer.hits, len(answer.records), answer.trouble) == (3, 3, None)
    record = answer.records[0]
    assert record.first("245", "a") == "How to program a computer"
    assert record.first("100", "a") == "Jack Collins"
    assert record.get("001").value.strip() == "11224466"


def test_no_more_than_asked_for(server):
    answer = asked(server, "978")
    assert (answer.hits, len(answer.records)) == (978, 10)


def test_nothing_found_is_no_trouble(server):
    answer = asked(server, "0")
    assert (answer.hits, answer.records, answer.trouble) == (0, [], None)


def test_a_database_that_is_not_there_is_told(server):
    told = trouble(server, database="nosuch")
    assert told.code == "diagnostic"
    assert told.said.startswith("109 Database unavailable")


@pytest.mark.parametrize(
    "term",
    ['" @and @attr 1=4 "x', "x\\", '\\"', "3\nopen tcp:127.0.0.1:1/x", "3\n! touch here", "{}@@",
     "昞" * 50],
)  # fmt: skip
def test_a_question_never_becomes_a_command(server, term, tmp_path, monkeypatch):
    """The server gets it as a term like any other; a line end is refused before it goes out."""
    monkeypatch.chdir(tmp_path)
    if "\n" in term:
        with pytest.raises(ValueError, match="one line"):
            asked(server, term)
    else:
        assert asked(server, term, charset="gbk").hits is not None
    assert not Path("here").exists()


def test_a_character_with_a_backslash_inside_is_escaped():
    """Every character whose second byte in GBK is the backslash."""
    told = [chr(code) for code in range(0x4E00, 0x9FA6) if chr(code).encode("gbk")[1:] == b"\\"]
    assert len(told) > 50
    for char in told:
        lead = char.encode("gbk")[:1]
        assert pqf("4", (char,), "gbk") == b'@attr 1=4 "' + lead + b'\\\\"'


def test_several_forms_of_a_number_are_asked_for_at_once():
    told = pqf("7", ("9787020002207", "7020002200"), "auto")
    assert told == b'@or @attr 1=7 "9787020002207" @attr 1=7 "7020002200"'


def test_what_a_charset_has_not_is_told():
    with pytest.raises(Trouble) as raised:
        pqf("4", ("红楼梦",), "marc-8")
    assert raised.value.code == "unencodable"


def test_account_and_password_go_to_the_server_and_stand_in_no_list_of_processes():
    heard, seen = [], []
    with speaking(lambda _caller, _asked: seen.extend(_command_lines()), heard) as port:
        trouble(port, account="shouguan", password="mima-9876", seconds=2)
    assert b"shouguan" in heard[0]
    assert b"mima-9876" in heard[0]
    assert seen
    assert not any("mima-9876" in line for line in seen)


def _command_lines() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return [line for line in found if "yaz-client" in line]


@pytest.mark.parametrize(
    ("speak", "codes"),
    [
        (saying(b""), {"broke-off"}),
        (saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), {"not-z3950", "broke-off"}),
        (saying(b"\xb5\x84\x7f\xff\xff\xff" + b"x" * 100_000), {"not-z3950", "broke-off"}),
        (saying(b"\x00" * 1000), {"not-z3950", "broke-off"}),
        (saying(b"\xff" * 1000), {"not-z3950", "broke-off"}),
        (hanging(), {"timeout"}),
        (hanging(b"\xb5\x50" + b"\x80"), {"timeout"}),
    ],
)
def test_whatever_a_server_does_becomes_a_trouble_in_time(speak, codes):
    began = time.monotonic()
    with speaking(speak) as port:
        assert trouble(port, seconds=1).code in codes
    assert time.monotonic() - began < 2.5


def test_the_client_is_gone_afterwards(server):
    asked(server)
    with speaking(hanging()) as port:
        trouble(port, seconds=1)
    assert _command_lines() == []


def test_nobody_is_there():
    assert trouble(9).code == "nobody"
    assert trouble(9, address="nowhere.invalid").code in {"unknown-host", "timeout"}


PLAIN = b"How to program a computer"
CHINESE = "怎样给计算机编写程序 ".encode("gbk").ljust(25)


@pytest.mark.parametrize(
    ("charset", "title", "garbled"),
    [
        ("auto", "怎样给计算机编写程序", 0),
        ("gbk", "怎样给计算机编写程序", 0),
        ("utf-8", "\ufffd", 2),
    ],
)
def test_a_charset_set_wrong_is_counted_and_one_set_right_is_read(server, charset, title, garbled):
    assert len(CHINESE) == len(PLAIN)
    with between(server, lambda said: said.replace(PLAIN, CHINESE)) as port:
        answer = asked(port, charset=charset)
    assert title in answer.records[0].first("245", "a")
    assert (answer.garbled, answer.trouble) == (garbled, None)


@pytest.mark.parametrize("most", [100, 400, 900])
def test_half_an_answer_is_told(server, most):
    began = time.monotonic()
    with between(server, lambda said: said, most=most) as port:
        assert trouble(port).code in {"broke-off", "not-z3950"}
    assert time.monotonic() - began < 3


def test_an_answer_without_end_is_cut(server, monkeypatch):
    monkeypatch.setattr(yaz, "_MOST_SAID", 2_000)
    began = time.monotonic()
    try:
        told = asked(server, "978").trouble  # beside the records that came before
    except Trouble as raised:
        told = raised
    assert told is not None
    assert told.code == "too-much"
    assert time.monotonic() - began < 3


def test_without_yaz_it_says_so(server, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert yaz.installed() is None
    assert trouble(server).code == "no-yaz"
