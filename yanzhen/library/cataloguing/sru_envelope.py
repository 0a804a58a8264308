"""What stands around the records in an answer of SRU: how many there are, or what is wrong.

No tree is built and no document type is read, so no entity can swell.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

_DEEPEST = 100
_LOGIN = ("info:srw/diagnostic/1/3", "info:srw/diagnostic/1/1014")
_ANSWERS = frozenset(("searchRetrieveResponse", "explainResponse"))
_KEPT = frozenset(("numberOfRecords", "recordData", "recordSchema", "uri", "details", "message"))
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]{1,20})["']""")


class _Stopped(Exception):
    """Reading cannot go on; the text is a code of Trouble."""


@dataclass
class Envelope:
    """`records` are what each whole recordData holds, as XML; `fault` a code of Trouble, or ""."""

    is_sru: bool = False
    hits: int | None = None
    schema: str = ""
    records: list[bytes] = field(default_factory=list)
    diagnostic: str = ""
    wants_login: bool = False
    fault: str = ""


def opened(content: bytes) -> Envelope:
    """Read as far as it can be read; nothing is raised."""
    content = _in_utf8(content)
    parser = expat.ParserCreate(encoding="utf-8")
    reading = _Reading(content, parser)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.characters
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    envelope = reading.envelope
    try:
        parser.Parse(content, True)
    except _Stopped as stopped:
        envelope.fault = str(stopped)
    except (expat.ExpatError, ValueError):
        envelope.fault = "broken-xml" if envelope.is_sru else "not-sru"
    return envelope


def _in_utf8(content: bytes) -> bytes:
    """expat knows few codes, and a piece cut out of the answer no longer says in which it is."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    declared = _DECLARED.match(content.lstrip()[:200])
    encoding = declared.group(1).decode().lower() if declared else "utf-8"
    encoding = "gb18030" if encoding in ("gbk", "gb2312") else encoding
    try:
        return content.decode(encoding, "replace").encode("utf-8", "replace")
    except (LookupError, ValueError):
        return content


def _refuse(*_declaration: Any) -> None:
    raise _Stopped("unsafe-xml")


class _Reading:
    """Where the parser is, and what it has understood."""

    def __init__(self, content: bytes, parser: expat.XMLParserType) -> None:
        self.content, self.parser = content, parser
        self.begun: int | None = None
        self.envelope = Envelope()
        self.path: list[str] = []
        self.text: list[str] | None = None
        self.parts: dict[str, str] = {}

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            raise _Stopped("not-sru")
        if len(self.path) == 1:
            self.envelope.is_sru = name in _ANSWERS
        if self.path[-2:-1] == ["recordData"] and self.begun is None:
            self.begun = self.parser.CurrentByteIndex
        self.text = [] if name in _KEPT else None

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        name = self.path.pop()
        text = "".join(self.text or ()).strip()
        self.text = None
        envelope = self.envelope
        if name == "numberOfRecords" and len(self.path) == 1:
            known = text.isascii() and text.isdigit() and len(text) < 19
            envelope.hits = int(text) if known else None
        elif name == "recordData":
            self._recorded(text)
        elif name == "recordSchema":
            envelope.schema = text[:200]
        elif name == "diagnostic":
            self._diagnosed()
        elif "diagnostic" in self.path and text:
            self.parts[name] = text

    def _recorded(self, text: str) -> None:
        """A record, whether it stands there as XML or as text (recordPacking=string)."""
        if self.begun is not None:
            whole = self.content[self.begun : self.parser.CurrentByteIndex]
            self.envelope.records.append(whole)
        elif text.startswith("<"):
            self.envelope.records.append(text.encode())
        self.begun = None

    def _diagnosed(self) -> None:
        """Only what stands in place of the whole answer, not in place of one record."""
        uri = self.parts.get("uri", "")
        if self.begun is None and not self.envelope.diagnostic:
            words = [self.parts.get(part, "") for part in ("message", "details")]
            number = uri.rpartition("/")[2]
            self.envelope.diagnostic = "：".join(filter(None, words)) or number or "?"
            self.envelope.wants_login = uri in _LOGIN
        self.parts = {}
