"""Asking a target over Z39.50 (ISO 23950): Init, Search with Bib-1 attributes, Present."""

import io
import re

from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.reading import Taken
from yanzhen.library.cataloguing.answers import MOST_RECORDS, Address, Answer, Question, Trouble
from yanzhen.library.cataloguing.yaz import Talk

SYNTAXES = {"cnmarc": "unimarc", "marc21": "usmarc", "marcxml": "xml"}
_ASCII_ONLY = "marc-8"
_HITS = re.compile(r"^Number of hits: ([0-9]{1,18})\b", re.MULTILINE)
_CAME = re.compile(r"^Records: ([0-9]{1,6})$", re.MULTILINE)
_DIAGNOSTIC = re.compile(r"^ +\[([0-9]+)] (.*?)(?: -- v[0-9] addinfo '(.*)')?$", re.MULTILINE)
_DECLARATION = re.compile(rb"<\?xml[^>]*\?>")
_LOGIN = frozenset(("101", "236", "1010", "1011", "1014"))
_OUT_OF_RANGE = "13"


def ask(address: Address, question: Question) -> Answer:
    """What the target has; what came before a trouble is kept. Raises Trouble when nothing did."""
    query = pqf(address.indexes[question.by], question.terms, address.charset)
    answer = Answer(address)
    with Talk(address.seconds) as talk:
        _open(talk, address)
        answer.hits = _hits(talk.say(b"find " + query))
        try:
            _fetch(talk, min(answer.hits, MOST_RECORDS))
        except Trouble as trouble:
            answer.trouble = trouble
        _take(talk.records(), address, answer)
    if answer.hits and not answer.records and not answer.damaged and answer.trouble is None:
        answer.trouble = Trouble("no-marc", address.syntax)
    if answer.trouble is not None and not answer.records:
        raise answer.trouble
    return answer


def pqf(attribute: str, terms: tuple[str, ...], charset: str) -> bytes:
    """The question in prefix notation, any of the terms; the terms in the target's own charset.

    A byte of a Chinese character may be the backslash, so they are escaped after encoding.
    """
    encoding = {"auto": "utf-8", _ASCII_ONLY: "ascii"}.get(charset, charset)
    told = []
    for term in terms:
        try:
            raw = term.encode(encoding)
        except UnicodeEncodeError:
            raise Trouble("unencodable", charset) from None
        raw = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        told.append(f"@attr 1={attribute} ".encode() + b'"' + raw + b'"')
    return b"@or " * (len(told) - 1) + b" ".join(told)


def _open(talk: Talk, address: Address) -> None:
    if address.account:
        talk.say(f"authentication {address.account} {address.password}".strip().encode())
    talk.say(f"format {SYNTAXES[address.syntax]}".encode())
    if address.syntax != "marcxml":
        talk.say(b"elements F")
    host = f"[{address.address}]" if ":" in address.address else address.address
    said = talk.say(f"open tcp:{host}:{address.port}/{address.database}".encode())
    if "Connection accepted" in said:
        return
    if "Could not resolve" in said:
        raise Trouble("unknown-host")
    if "Connecting...error" in said:
        raise Trouble("nobody")
    if "Connection rejected" in said:
        raise Trouble("login", _diagnostic(said))
    raise Trouble("broke-off" if "Target closed" in said else "not-z3950")


def _hits(said: str) -> int:
    found = _HITS.search(said)
    if told := _diagnostic(said):
        raise Trouble("login" if told.partition(" ")[0] in _LOGIN else "diagnostic", told)
    if found is None:
        raise Trouble("broke-off" if "Target closed" in said else "not-z3950")
    return int(found[1])


def _fetch(talk: Talk, wanted: int) -> None:
    """Ask on while some come: a target may give fewer at a time than it was asked for."""
    have = 0
    while have < wanted:
        said = talk.say(f"show {have + 1}+{wanted - have}".encode())
        came = _CAME.search(said)
        if came is not None and int(came[1]):
            have += int(came[1])
        elif told := _diagnostic(said):
            raise Trouble("diagnostic", told)
        elif came is None:
            raise Trouble("broke-off")
        else:
            return


def _diagnostic(said: str) -> str:
    """Number and words of what the target finds wrong, "" when it finds nothing."""
    found = _DIAGNOSTIC.search(said)
    return " ".join(filter(None, found.groups())) if found else ""


def _take(content: bytes, address: Address, answer: Answer) -> None:
    if content.lstrip().startswith(b"<"):
        content = b"<collection>" + _DECLARATION.sub(b"", content) + b"</collection>"
    for each in reading.read(io.BytesIO(content), address.charset):
        if isinstance(each, Taken):
            answer.records.append(each.record)
            answer.garbled += not each.whole
        else:
            answer.damaged += 1
