"""MARCXML (MARC 21 slim) and MarcXchange (ISO 25577, for CNMARC): streaming reader and writer.

The reader builds no tree and refuses document types, so neither size nor entities can hurt it.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from yanzhen.library.catalogue.marc.encoding import UTF8, declared
from yanzhen.library.catalogue.marc.flavour import CNMARC, flavour_of
from yanzhen.library.catalogue.marc.iso2709 import Damaged
from yanzhen.library.catalogue.marc.record import LEADER_LENGTH, Field, Record

SLIM = "http://www.loc.gov/MARC21/slim"
MARCXCHANGE = "info:lc/xmlns/marcxchange-v2"

_CHUNK = 1 << 16
_LONGEST_RECORD = 10_000_000  # characters, an element counting as a few
_ELEMENT = 20
_DEEPEST = 100
_CHINESE_CODE = re.compile(rb"""encoding=["'](gbk|gb2312|gb18030|big5)["']""", re.IGNORECASE)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKED = re.compile("[&<>\r]|" + _NOT_XML.pattern)
_UNSAFE = "这个 XML 文件带有文档类型或实体声明，为安全起见不读取。请删去 DOCTYPE 一行再试。"
_TOO_DEEP = "这个 XML 文件的标签一层套一层没有尽头，不是书目文件。"
_TOO_LONG = "有一条记录超过一千万字，不像书目记录，已停止读取。"


class _Stopped(Exception):
    """Reading cannot go on; the text is the reason shown."""


@dataclass(slots=True)
class _Reading:
    """What has been read so far of the record at hand, and the records done."""

    done: list[Record] = field(default_factory=list)
    leader: str = ""
    fields: list[Field] = field(default_factory=list)
    tag: str = ""
    indicators: str = ""
    subfields: list[tuple[str, str]] = field(default_factory=list)
    code: str = ""
    text: list[str] = field(default_factory=list)
    length: int = 0
    depth: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.text = []
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Stopped(_TOO_DEEP)
        self._grow(_ELEMENT)
        match name.rpartition(":")[2]:
            case "record":
                self.leader, self.fields, self.length = "", [], 0
            case "controlfield":
                self.tag = attributes.get("tag", "")
            case "datafield":
                self.tag, self.subfields = attributes.get("tag", ""), []
                self.indicators = _one(attributes, "ind1") + _one(attributes, "ind2")
            case "subfield":
                self.code = _one(attributes, "code")

    def characters(self, text: str) -> None:
        self._grow(len(text))
        self.text.append(text)

    def _grow(self, length: int) -> None:
        self.length += length
        if self.length > _LONGEST_RECORD:
            raise _Stopped(_TOO_LONG)

    def end(self, name: str) -> None:
        self.depth -= 1
        match name.rpartition(":")[2]:
            case "leader":
                self.leader = "".join(self.text).ljust(LEADER_LENGTH)[:LEADER_LENGTH]
            case "controlfield" if len(self.tag) == 3:
                self.fields.append(Field.control(self.tag, "".join(self.text)))
            case "subfield":
                self.subfields.append((self.code, "".join(self.text)))
            case "datafield" if len(self.tag) == 3:
                self.fields.append(Field.of(self.tag, self.indicators, *self.subfields))
            case "record":
                self.done.append(Record.of(self.leader.ljust(LEADER_LENGTH), self.fields))
        self.text = []


def _one(attributes: dict[str, str], name: str) -> str:
    return (attributes.get(name) or " ")[0]


def _refuse(*_declaration: Any) -> None:
    raise _Stopped(_UNSAFE)


def read(file: BinaryIO) -> Iterator[Record | Damaged]:
    """Records of any XML file that has MARC records in it (a collection, an OAI answer).

    Namespaces and prefixes may be any. A broken file gives the records before the break, then
    one Damaged; nothing is raised.
    """
    reading = _Reading()
    parser = expat.ParserCreate()
    start = file.read(_CHUNK)
    chunks = _chunks(start, file)
    if declared := _CHINESE_CODE.search(start[:200]):
        parser = expat.ParserCreate(encoding="utf-8")
        chunks = _recoded(chunks, declared.group(1).decode().lower())
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.characters
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    number, fed, reason = 0, 0, ""
    while not reason:
        chunk = next(chunks, b"")
        fed += len(chunk)
        try:
            if fed - parser.CurrentByteIndex > _LONGEST_RECORD:  # one endless tag
                raise _Stopped(_TOO_LONG)
            parser.Parse(chunk, not chunk)
        except _Stopped as stopped:
            reason = str(stopped)
        except (LookupError, ValueError):
            reason = "XML 声明的编码无法识别，请另存为 UTF-8 再试。"
        except expat.ExpatError as error:
            reason = f"XML 在第 {error.lineno} 行断开或写错，后面的记录读不出来。"
        for record in reading.done:
            number += 1
            yield record
        reading.done.clear()
        if not chunk:
            break
    if reason:
        yield Damaged(number + 1, max(parser.CurrentByteIndex, 0), reason)


def _chunks(start: bytes, file: BinaryIO) -> Iterator[bytes]:
    while start:
        yield start
        start = file.read(_CHUNK)


def _recoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """expat knows no Chinese code, so the text is handed over in UTF-8."""
    decoder = getincrementaldecoder("gb18030" if encoding.startswith("gb") else "cp950")("replace")
    for chunk in chunks:
        if text := decoder.decode(chunk):
            yield text.encode()


def element(record: Record) -> str:
    """One `<record>`: MarcXchange with format="UNIMARC" for CNMARC, MARC 21 slim otherwise."""
    if flavour_of(record) == CNMARC:
        return _element(record, f'xmlns="{MARCXCHANGE}" format="UNIMARC"')
    return slim(record)


def slim(record: Record) -> str:
    """One `<record>` of MARCXML; a CNMARC record stands in it with UNIMARC's tags, as is usual."""
    return _element(record, f'xmlns="{SLIM}"')


def marcxchange(record: Record) -> str:
    """One `<record>` of MarcXchange, which says what kind of MARC it holds."""
    kind = "UNIMARC" if flavour_of(record) == CNMARC else "MARC21"
    return _element(record, f'xmlns="{MARCXCHANGE}" format="{kind}"')


def _element(record: Record, kind: str) -> str:
    record = declared(record, UTF8)
    body = "".join(map(_field_element, record.fields))
    leader = f"<leader>{_text(record.leader)}</leader>"
    return f'<record {kind} type="Bibliographic">{leader}{body}</record>'


def _field_element(field: Field) -> str:
    tag = _attribute(field.tag)
    if field.is_control:
        return f"<controlfield tag={tag}>{_text(field.body)}</controlfield>"
    first, second = map(_attribute, field.indicators.ljust(2)[:2])
    subfields = "".join(
        f"<subfield code={_attribute(code)}>{_text(value)}</subfield>"
        for code, value in field.subfields
    )
    indicators = f"ind1={first} ind2={second}"
    return f"<datafield tag={tag} {indicators}>{subfields}</datafield>"


def _clean(text: str) -> str:
    """XML cannot hold most control characters, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)


@lru_cache(maxsize=4096)
def _attribute(text: str) -> str:
    """Tags, codes and indicators: the same few come again and again."""
    return quoteattr(_clean(text))


def _text(text: str) -> str:
    """Most text needs nothing done to it."""
    return escape(_clean(text), {"\r": "&#13;"}) if _MARKED.search(text) else text


def collection(records: Iterable[Record]) -> Iterator[bytes]:
    """A whole file of `records` in UTF-8, piece by piece; both kinds may stand in one file."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<collection>\n'
    for record in records:
        yield element(record).encode() + b"\n"
    yield b"</collection>\n"
