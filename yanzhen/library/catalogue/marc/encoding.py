"""Finding out how the bytes of a record are encoded, whatever its leader says.

UTF-8 proves itself. After that MARC-8 is told by its shape, and GB18030 (with GBK and GB 2312
inside it) is told from Big5 by which of the two gives common characters, asked of the whole file.
"""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from opencc import OpenCC

from yanzhen.library.catalogue.marc.flavour import CNMARC, flavour_of
from yanzhen.library.catalogue.marc.record import FIELD_END, SUBFIELD, Record

UTF8, GB18030, BIG5, MARC8 = "utf-8", "gb18030", "cp950", "marc-8"
_ALSO_CALLED = {"utf8": UTF8, "gbk": GB18030, "gb2312": GB18030, "big5": BIG5, "marc8": MARC8}
NAMES = {UTF8: "UTF-8", GB18030: "GB18030（含 GBK）", BIG5: "Big5", MARC8: "MARC-8"}

_ABOVE_ASCII = bytes(range(0x80, 0x100))
_LONG_RUN = re.compile(rb"[\x80-\xff]{4}")
_THREE_BYTES = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
# ANSEL: combining marks stand before the ASCII letter they belong to, special letters alone.
_ANSEL = re.compile(rb"[\xe0-\xfe]{1,2}(?=[ -~])|(?<![\x80-\xff])[\xa1-\xcf](?![\x80-\xff])")
_CONTROL = re.compile(rb"[\x00-\x1f]")
_ESCAPE = re.compile(rb"\x1b(?:[$(),\-]|[sbpg])")
_BEYOND_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_WORD = re.compile("[\u3400-\u9fff]{2,}")
_COMMON_SIMPLIFIED = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学"
    "对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头"
    "面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向"
    "情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信"
    "北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难"
    "史编著译主社出版京上海学院大中国文化教育科技术农业儿童少年小说诗词散红楼梦研究概论基础第版册集"
    "人民商务印书馆中华书局清华北京四川成都重庆"
)


class Decoded(NamedTuple):
    """Text of a record; `whole` is false when bytes were unreadable and stand as U+FFFD."""

    text: str
    encoding: str
    whole: bool


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON_SIMPLIFIED + OpenCC("s2t").convert(_COMMON_SIMPLIFIED))


@cache
def _fairly_common() -> frozenset[str]:
    """Characters of the frequent first levels of GB 2312 and of Big5."""
    rows = chain(
        (bytes((lead, trail)).decode("gb2312", "ignore")
         for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)),
        (bytes((lead, trail)).decode("big5", "ignore")
         for lead in range(0xA4, 0xC7) for trail in chain(range(0x40, 0x7F), range(0xA1, 0xFF))),
    )  # fmt: skip
    return frozenset(rows)


def plausibility(text: str) -> int:
    """How much `text` reads like Chinese: common characters count for it, others against."""
    score = -10 * text.count("\ufffd")
    for char in _HAN.findall(text):
        score += 3 if char in _common() else 1 if char in _fairly_common() else -2
    return score


@dataclass(frozen=True, slots=True)
class Decoder:
    """Decodes the records of one file; `chinese` is the code its non-UTF-8 records voted for.

    `settled` means the vote was near unanimous, so single records need not be weighed again.
    """

    chinese: str = GB18030
    settled: bool = False
    forced: str = ""
    voted: bool = False

    @classmethod
    def forcing(cls, encoding: str) -> "Decoder":
        """A decoder that believes the person importing: utf-8, gb18030, gbk, big5, marc-8.

        Raises LookupError for a name nobody knows.
        """
        name = _ALSO_CALLED.get(encoding.lower(), encoding.lower())
        return cls(forced=name if name == MARC8 else codecs.lookup(name).name)

    @classmethod
    def voting(cls, sample: Iterable[bytes]) -> "Decoder":
        """A decoder for the file `sample` (records of it) was taken from."""
        ballots = [_preference(raw) for raw in sample if not _is_utf8(raw) and not _is_marc8(raw)]
        for_big5 = sum(margin for margin in ballots if margin > 0)
        for_gb = -sum(margin for margin in ballots if margin < 0)
        settled = min(for_big5, for_gb) * 20 < max(for_big5, for_gb)
        return cls(BIG5 if for_big5 > for_gb else GB18030, settled, voted=bool(ballots))

    def decode(self, raw: bytes) -> Decoded:
        """Decode one record; never raises."""
        if self.forced:
            return _forced(raw, self.forced)
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            return self._decode_other(raw)
        if b"\x1b" in raw and _ESCAPE.search(raw):
            return Decoded(_from_marc8(raw), MARC8, True)
        if self.voted and not text.isascii() and not _BEYOND_TWO_BYTES.search(text):
            return _chance_utf8(raw, text, self.chinese)
        return Decoded(text, UTF8, True)

    def _decode_other(self, raw: bytes) -> Decoded:
        if _is_marc8(raw):
            return Decoded(_from_marc8(raw), MARC8, True)
        if _is_broken_utf8(raw):
            return Decoded(raw.decode(UTF8, "replace"), UTF8, False)
        first = self.chinese
        if not self.settled and (margin := _preference(raw)):
            first = BIG5 if margin > 0 else GB18030
        for encoding in (first, GB18030, BIG5):
            try:
                return Decoded(raw.decode(encoding), encoding, True)
            except UnicodeDecodeError:
                continue
        return Decoded(raw.decode(first, "replace"), first, False)


def _forced(raw: bytes, encoding: str) -> Decoded:
    if encoding == MARC8:
        return Decoded(_from_marc8(raw), MARC8, True)
    text = raw.decode(encoding, "replace")
    return Decoded(text, encoding, "\ufffd" not in text)


def _chance_utf8(raw: bytes, text: str, encoding: str) -> Decoded:
    """Two GBK characters can look like UTF-8 by chance (联通); in such a file they are not."""
    try:
        return Decoded(raw.decode(encoding), encoding, True)
    except UnicodeDecodeError:
        return Decoded(text, UTF8, True)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_broken_utf8(raw: bytes) -> bool:
    """UTF-8 with a character cut in two here and there, by a system that cut fields by bytes."""
    return 3 * len(_THREE_BYTES.findall(raw)) > 0.8 * _count_high(raw)


def _is_marc8(raw: bytes) -> bool:
    """Nearly all bytes above ASCII have the shape of ANSEL, and as Chinese they form no words."""
    if _LONG_RUN.search(raw):
        return False
    high = _count_high(raw)
    shaped = sum(map(len, _ANSEL.findall(raw)))
    if not shaped >= 0.9 * high > 0:
        return False
    return all(plausibility("".join(_HAN_WORD.findall(text))) <= 0 for text in _readings(raw))


def _count_high(raw: bytes) -> int:
    return len(raw) - len(raw.translate(None, _ABOVE_ASCII))


def _preference(raw: bytes) -> int:
    """By how much `raw` reads better as Big5 (positive) or as GB18030 (negative)."""
    gb, big5 = map(plausibility, _readings(raw))
    return big5 - gb


def _readings(raw: bytes) -> tuple[str, str]:
    """The parts of `raw` above ASCII, read as GB18030 and as Big5."""
    high = b" ".join(part for part in _CONTROL.split(raw) if not part.isascii())
    return high.decode(GB18030, "replace"), high.decode(BIG5, "replace")


def _from_marc8(raw: bytes) -> str:
    return FIELD_END.join(map(_field_from_marc8, raw.split(b"\x1e")))


def _field_from_marc8(field: bytes) -> str:
    if field.isascii() and b"\x1b" not in field:
        return field.decode("ascii")
    # Slow to load: a third of what a process that reads an import takes to start.
    from pymarc.marc8 import MARC8ToUnicode

    converter = MARC8ToUnicode(quiet=True)
    parts = []
    for part in field.split(SUBFIELD.encode()):
        converter.g0 = MARC8ToUnicode.basic_latin  # a subfield code is always ASCII
        try:
            parts.append(converter.translate(part))
        except (IndexError, TypeError):  # an escape cut short
            parts.append(part.decode("latin-1"))
    return SUBFIELD.join(parts)


def declared(record: Record, encoding: str) -> Record:
    """`record` saying truly that it is written in `encoding`.

    CNMARC says so in 100$a 26-33 ("50" is Unicode, "0120" the Chinese sets), MARC 21 in leader 9.
    """
    unicode = encoding == UTF8
    if flavour_of(record) != CNMARC:
        leader = record.leader.ljust(24)
        return Record(leader[:9] + ("a" if unicode else " ") + leader[10:], record.lines)
    charset = "50      " if unicode else "0120    "
    return Record(record.leader, tuple([_recharged(line, charset) for line in record.lines]))


def _recharged(line: str, charset: str) -> str:
    """100 with the eight positions from 26 of its $a set; $a begins five characters later."""
    if not line.startswith("100") or line[5:7] != SUBFIELD + "a":
        return line
    general, mark, rest = line[7:].partition(SUBFIELD)
    if len(general) < 34:
        return line
    return line[:7] + general[:26] + charset + general[34:] + mark + rest
