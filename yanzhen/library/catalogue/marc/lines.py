"""A record as text a cataloguer types: one field a line, and back again without loss.

    LDR 00000nam0 2200000   450
    001 012026000001
    200 1#$a红楼梦$Ahong lou meng

A blank indicator is "#", a dollar sign in a value "$$". What cannot be typed (a control character)
stands as {u001E}. Codes keep their case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yanzhen.library.catalogue.marc.record import FIELD_END, LEADER_LENGTH, SUBFIELD, Record

LEADER = "LDR"
_UNTYPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|\{(?=u[0-9A-F]{4}})")
_ESCAPED = re.compile(r"\{u([0-9A-F]{4})}")
_TOKENS = re.compile(r"(\$\$)|\$(\{u[0-9A-F]{4}}|[^$])|\$", re.DOTALL)
_TAG = re.compile("[0-9A-Z]{3}")
LEADERS = re.compile("[0-9]{5}[a-z][a-z][a-z ].{16}")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something typed that cannot be kept: the line (from 1) and what is wrong, by a name."""

    line: int
    what: str
    tag: str = ""


class Mistaken(ValueError):
    """The text is no record; `mistakes` says where and why."""

    def __init__(self, mistakes: list[Mistake]):
        super().__init__(", ".join(f"{each.line}: {each.what}" for each in mistakes))
        self.mistakes = mistakes


def written(record: Record) -> str:
    """The record as text, the leader first."""
    return "\n".join([f"{LEADER} {escaped(record.leader)}", *map(line_of, record.lines)])


def line_of(line: str) -> str:
    """One field (tag and body in one string) as it is typed."""
    tag, body = line[:3], line[3:]
    if SUBFIELD not in body or tag.startswith("00"):
        return f"{escaped(tag)} {escaped(body)}"
    indicators, *parts = body.split(SUBFIELD)
    shown = escaped(indicators).replace("#", "{u0023}").replace("$", "{u0024}")
    return f"{escaped(tag)} {shown.replace(' ', '#')}{''.join(map(_part, parts))}"


def _part(part: str) -> str:
    if not part:
        return "{u001F}"
    code = "{u0024}" if part[0] == "$" else escaped(part[0]) if part[0] != "{" else "{u007B}"
    return f"${code}{escaped(part[1:]).replace('$', '$$')}"


def read(text: str, known: Record | None = None) -> Record:
    """The record `text` says. Lines that stand so in `known` are taken as they are, faults and all.

    Raises Mistaken with every mistake found.
    """
    old = {line_of(line): line for line in known.lines} if known else {}
    leader, lines = "", []
    mistakes: list[Mistake] = []
    for number, typed in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if typed in old:
            lines.append(old[typed])
        elif typed.startswith(LEADER):
            leader = _leader(typed[4:], known)
            mistakes += _of_leader(leader, number, known)
        elif typed.strip():
            lines.append(_read_line(typed))
            mistakes += [Mistake(number, what, typed[:3]) for what in _wrong(typed, lines[-1])]
    if not leader and not any(each.tag == LEADER for each in mistakes):
        mistakes.append(Mistake(1, "leader-missing", LEADER))
    if mistakes:
        raise Mistaken(mistakes)
    return Record(leader, tuple(lines))


def _leader(typed: str, known: Record | None) -> str:
    """Blanks at the end are lost in editing and are put back."""
    given = unescaped(typed)
    if known and given.rstrip() == known.leader.rstrip():
        return known.leader
    return given.ljust(LEADER_LENGTH)


def _of_leader(leader: str, number: int, known: Record | None) -> Iterator[Mistake]:
    if known and leader == known.leader:
        return
    if len(leader) != LEADER_LENGTH:
        yield Mistake(number, "leader-length", LEADER)
    elif not LEADERS.fullmatch(leader):
        yield Mistake(number, "leader-codes", LEADER)


def _read_line(typed: str) -> str:
    tag, body = typed[:3], typed[4:]
    if tag.startswith("00") or "$" not in body:
        return tag + unescaped(body)
    head = body.index("$")
    indicators = unescaped(body[:head].replace("#", " ")) or "  "
    return tag + indicators + unescaped(_TOKENS.sub(_token, body[head:]))


def _token(found: re.Match[str]) -> str:
    if found[1]:
        return "{u0024}"
    return SUBFIELD + (found[2] or "")


def _wrong(typed: str, line: str) -> Iterator[str]:
    tag, body = line[:3], line[3:]
    if not _TAG.fullmatch(tag) or typed[3:4] not in ("", " "):
        yield "tag"
    elif tag.startswith("00"):
        if not body.strip():
            yield "empty"
        elif SUBFIELD in body:
            yield "control-subfields"
    elif SUBFIELD not in body:
        yield "no-subfields"
    elif body.index(SUBFIELD) != 2:
        yield "indicators"
    elif any(not re.fullmatch("[0-9A-Za-z]", part[:1]) for part in body.split(SUBFIELD)[1:]):
        yield "code"
    if not set(body).isdisjoint({FIELD_END, "\x1d"}) or _ESCAPED.search(typed):
        yield "separator"
    yield from _coded(tag, body)


def _coded(tag: str, body: str) -> Iterator[str]:
    """The coded fields that programs read by position."""
    if tag == "100" and body[2:4] == SUBFIELD + "a" and re.match("[0-9]{6}", body[4:]):
        general = body[4:].partition(SUBFIELD)[0]
        if len(general) != 36:
            yield "cnmarc-100"
    elif tag == "005" and not re.fullmatch(r"[0-9]{14}(\.[0-9])?", body):
        yield "stamp"
    elif tag == "008" and len(body) != 40:
        yield "marc21-008"


def escaped(text: str) -> str:
    """A value as it is typed: what no key makes stands as {u001E}."""
    return _UNTYPED.sub(lambda found: f"{{u{ord(found[0]):04X}}}", text)


def unescaped(text: str) -> str:
    """The value that was typed."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
