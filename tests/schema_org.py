"""Checks JSON-LD against the vocabulary of schema.org itself (release 12.0, in schema_org.json)."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_WORDS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
TYPES, ENUMERATIONS = _WORDS["types"], _WORDS["enumerations"]
_URL = re.compile(r"https?://[^\s/]+(/\S*)?$")


def complaints(told: dict[str, Any], where: str = "") -> Iterator[str]:
    """What of the object schema.org does not know, or knows as something else."""
    kind = told.get("@type")
    if kind not in TYPES:
        yield f"{where}: no type {kind}"
        return
    for name, value in told.items():
        if name.startswith("@"):
            continue
        at = f"{where}/{kind}.{name}"
        expected = TYPES[kind]["properties"].get(name)
        if expected is None:
            yield f"{at}: no such property"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _value(each, set(expected), at)


def _value(value: Any, expected: set[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        kinds = {value.get("@type"), *TYPES.get(value.get("@type"), {}).get("is_a", ())}
        if not kinds & expected:
            yield f"{where}: {value.get('@type')} is not one of {sorted(expected)}"
        yield from complaints(value, where)
    elif not any(_fits(value, one) for one in expected):
        yield f"{where}: {value!r} is not one of {sorted(expected)}"


def _fits(value: Any, expected: str) -> bool:
    if isinstance(value, bool) or expected == "Boolean":
        return isinstance(value, bool) and expected == "Boolean"
    if isinstance(value, int):
        return expected in {"Integer", "Number"}
    if expected in ENUMERATIONS:
        return value in ENUMERATIONS[expected]
    return _reads(value, expected)


def _reads(text: str, expected: str) -> bool:
    """Whether a text is one of schema.org's kinds of text."""
    try:
        match expected:
            case "Date":
                dt.date.fromisoformat(f"{text}-01-01" if len(text) == 4 else text)
            case "DateTime":
                return dt.datetime.fromisoformat(text).tzinfo is not None
            case "Time":
                dt.time.fromisoformat(text)
            case "Number":
                float(text)
            case "URL":
                return bool(_URL.match(text))
            case _:
                return expected == "Text"
    except ValueError:
        return False
    return True
