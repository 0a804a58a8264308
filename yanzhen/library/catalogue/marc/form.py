"""A record as a form: inputs for the subfields the form knows, and the record they make.

An input is named by the place of its subfield in the record, so a form is read back over the very
record it was drawn from. What no input was drawn for, and what was not changed, stays as it is.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yanzhen.library.catalogue.marc.build import spelled
from yanzhen.library.catalogue.marc.coded_year import redated
from yanzhen.library.catalogue.marc.flavour import flavour_of
from yanzhen.library.catalogue.marc.form_shapes import GROUPS, Group, Shape
from yanzhen.library.catalogue.marc.lines import escaped, unescaped
from yanzhen.library.catalogue.marc.record import FIELD_END, RECORD_END, SUBFIELD, Record

_SEPARATORS = str.maketrans("", "", FIELD_END + RECORD_END + SUBFIELD)
_ENDS = str.maketrans("\r\n", "  ")
_PINYIN = "A"


class Input(NamedTuple):
    """One line to type in; `value` as `lines.escaped` shows it."""

    name: str
    tag: str
    code: str
    value: str


class Row(NamedTuple):
    """One field. A `blank` one is not in the record yet."""

    tag: str
    inputs: list[Input]
    blank: bool


def groups_of(record: Record) -> tuple[Group, ...]:
    """The groups for the flavour of a record."""
    return GROUPS[flavour_of(record)]


def rows(record: Record, shape: Shape) -> Iterator[Row]:
    """The fields of a shape as they stand, and a blank one where another may come."""
    tags = {line[:3] for line in record.lines}
    for number, line in enumerate(record.lines):
        if line.startswith(shape.tag) and SUBFIELD in line:
            yield Row(shape.tag, list(_inputs(number, line, shape)), False)
    more = shape.many or shape.tag not in tags
    if more and shape.unless not in tags | {shape.tag}:
        blank = [Input(f"n{shape.tag}.{code}", shape.tag, code, "") for code in shape.codes]
        yield Row(shape.tag, blank, True)


def _inputs(number: int, line: str, shape: Shape) -> Iterator[Input]:
    """By the order of the codes; of equal ones by their order in the field."""
    parts = line.split(SUBFIELD)[1:]
    for code in shape.codes:
        there = [place for place, part in enumerate(parts) if part[:1] == code]
        for place in there:
            yield Input(f"s{number}.{place}", shape.tag, code, escaped(parts[place][1:]))
        if not there or code in shape.again:
            yield Input(f"m{number}.{code}", shape.tag, code, "")


def changed(record: Record, given: Mapping[str, str]) -> Record:
    """The record as the form was filled in; a field whose last subfield was emptied is gone."""
    shapes = {shape.tag: shape for _name, some in groups_of(record) for shape in some}
    kept = []
    for number, line in enumerate(record.lines):
        shape = shapes.get(line[:3])
        new = _line(number, line, shape, given) if shape and SUBFIELD in line else line
        if new:
            kept.append(new)
    for shape in shapes.values():
        if new := _new(shape, given):
            at = next((n for n, line in enumerate(kept) if line[:3] > shape.tag), len(kept))
            kept.insert(at, new)
    return redated(record, Record(record.leader, tuple(kept)))


def _line(number: int, line: str, shape: Shape, given: Mapping[str, str]) -> str:
    head, *parts = line.split(SUBFIELD)
    new: list[str] = []
    for place, part in enumerate(parts):
        value = given.get(f"s{number}.{place}")
        if value is None or part[:1] not in shape.codes or value == escaped(part[1:]):
            new.append(part)
        elif meant := _meant(value):
            new.append(part[:1] + meant)
    for code in shape.codes:
        if meant := _meant(given.get(f"m{number}.{code}", "")):
            new.insert(_place(code, new, shape), code + meant)
    if new == parts:
        return line
    if shape.pinyin:
        new = _respelled(parts, new)
    return SUBFIELD.join([head, *new]) if new else ""


def _place(code: str, parts: list[str], shape: Shape) -> int:
    """Behind the codes that come before it, and behind what belongs to those ($A after $a)."""
    before = shape.codes[: shape.codes.index(code) + 1]
    last = max((n for n, part in enumerate(parts) if part[:1] in before and part), default=-1)
    place = last + 1
    while last >= 0 and place < len(parts) and parts[place][:1] not in shape.codes:
        place += 1
    return place


def _respelled(old: list[str], new: list[str]) -> list[str]:
    """$A that spelled the former $a spells the new one; one written by hand is left alone."""
    was, is_now = _first(old, "a"), _first(new, "a")
    if was == is_now or _first(old, _PINYIN) != spelled(was):
        return new
    return [_PINYIN + spelled(is_now) if part[:1] == _PINYIN else part for part in new]


def _new(shape: Shape, given: Mapping[str, str]) -> str:
    parts = []
    for code in shape.codes:
        if meant := _meant(given.get(f"n{shape.tag}.{code}", "")):
            parts.append(code + meant)
            if code == "a" and shape.pinyin and not meant.isascii():
                parts.append(_PINYIN + spelled(meant))
    return SUBFIELD.join([shape.tag + shape.indicators, *parts]) if parts else ""


def _first(parts: list[str], code: str) -> str:
    return next((part[1:] for part in parts if part[:1] == code), "")


def _meant(value: str) -> str:
    return unescaped(value.translate(_ENDS).strip()).translate(_SEPARATORS)
