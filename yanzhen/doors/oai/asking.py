"""What a harvester asked, read strictly: every argument once, known, and fit for its verb."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

FORMATS = ("oai_dc", "marcxml", "marcxchange")
LONGEST = 4000

# Required, optional, and the one that stands alone.
VERBS: dict[str, tuple[frozenset[str], frozenset[str], str]] = {
    "Identify": (frozenset(), frozenset(), ""),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"}), ""),
    "ListSets": (frozenset(), frozenset(), "resumptionToken"),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset(), ""),
    "ListIdentifiers": (
        frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken",
    ),
    "ListRecords": (
        frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken",
    ),
}  # fmt: skip

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Wrong(Exception):
    """An error of the protocol: its code, and what to do in words a programmer reads."""

    def __init__(self, code: str, message: str):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Asked:
    """A request that fits: the verb and its arguments."""

    verb: str
    arguments: dict[str, str]


def read(pairs: Iterable[tuple[str, str]]) -> Asked:
    """Raises Wrong (badVerb, badArgument). `pairs` are all arguments as they came, in order."""
    pairs = list(pairs)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Wrong("badVerb", f"Give one verb of {', '.join(VERBS)}.")
    verb, arguments = verbs[0], {}
    for name, value in pairs:
        if name in arguments:
            raise Wrong("badArgument", f"The argument {name[:40]!r} is given more than once.")
        if len(value) > LONGEST:
            raise Wrong("badArgument", f"The argument {name[:40]!r} is too long.")
        if name != "verb":
            arguments[name] = value
    _fits(verb, arguments)
    return Asked(verb, arguments)


def _fits(verb: str, arguments: dict[str, str]) -> None:
    required, optional, alone = VERBS[verb]
    if alone and alone in arguments:
        if len(arguments) > 1:
            raise Wrong("badArgument", f"{alone} stands alone: it holds all the other arguments.")
        return
    for name in arguments:
        if name not in required | optional:
            raise Wrong("badArgument", f"{verb} knows no argument {name[:40]!r}.")
    for name in sorted(required):
        if not arguments.get(name):
            raise Wrong("badArgument", f"{verb} needs the argument {name!r}.")


def format_of(arguments: dict[str, str]) -> str:
    """The metadata prefix. Raises Wrong."""
    prefix = arguments["metadataPrefix"]
    if prefix not in FORMATS:
        raise Wrong("cannotDisseminateFormat", f"Give one of {', '.join(FORMATS)}.")
    return prefix


def dates(arguments: dict[str, str]) -> tuple[dt.datetime | None, dt.datetime | None]:
    """`from` and `until` in UTC; a day as `until` means to its end. Raises Wrong."""
    since, until = arguments.get("from"), arguments.get("until")
    if since is not None and until is not None and len(since) != len(until):
        raise Wrong("badArgument", "from and until must have the same granularity.")
    first = _moment(since, "from") if since is not None else None
    last = _moment(until, "until") if until is not None else None
    if last is not None and until is not None and _DAY.fullmatch(until):
        last += dt.timedelta(hours=23, minutes=59, seconds=59)
    if first and last and first > last:
        raise Wrong("badArgument", "from is later than until.")
    return first, last


def _moment(text: str, name: str) -> dt.datetime:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise Wrong("badArgument", f"{name} must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, in UTC.")
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Wrong("badArgument", f"{name}: there is no such date.") from None
    return moment.replace(tzinfo=dt.UTC)
