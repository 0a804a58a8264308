"""What a program asked: the parameters of the three versions, read into one form."""

from collections.abc import Mapping
from dataclasses import dataclass

from yanzhen.doors.sru import cql
from yanzhen.doors.sru.diagnostics import (
    FEATURE,
    INDEX,
    MANDATORY,
    OPERATION,
    PACKING,
    POSITION,
    RELATION,
    SCHEMA,
    SORT,
    SYNTAX,
    VALUE,
    VERSION,
    Diagnosed,
)

VERSIONS = ("1.1", "1.2", "2.0")
SCHEMAS = {  # short name: identifier
    "marcxml": "info:srw/schema/1/marcxml-v1.1",
    "dc": "info:srw/schema/1/dc-v1.1",
    "marcxchange": "info:lc/xmlns/marcxchange-v2",
}
SCANNED = {"dc.title": "title", "dc.creator": "author"}
USUAL, MOST = 10, 100
FARTHEST = 50_000  # whoever wants all there is harvests it

_SCHEMA_NAMES = {"": "marcxml", "http://www.loc.gov/MARC21/slim": "marcxml"} | {
    name: short for short, identifier in SCHEMAS.items() for name in (short, identifier)
}


@dataclass(frozen=True)
class Search:
    """One search: `start` counts from 1; `escaped`: records as text, not as XML."""

    query: str
    read: cql.Read
    start: int
    most: int
    schema: str
    escaped: bool


def version_of(given: Mapping[str, str]) -> str:
    """The version an answer is written in, whatever is wrong. 2.0 has no `operation`."""
    version = given.get("version", "")
    if version in VERSIONS:
        return version
    return "2.0" if "query" in given and "operation" not in given and not version else "1.2"


def operation_of(given: Mapping[str, str]) -> str:
    """ "explain", "searchRetrieve" or "scan". Raises Diagnosed."""
    if given.get("version", "") not in ("", *VERSIONS):
        raise Diagnosed(VERSION, f"{given['version'][:20]}; we speak {', '.join(VERSIONS)}")
    usual = "scan" if "scanClause" in given else "searchRetrieve" if "query" in given else "explain"
    operation = given.get("operation") or usual
    if operation not in ("explain", "searchRetrieve", "scan"):
        raise Diagnosed(OPERATION, operation)
    return operation


def search_of(given: Mapping[str, str]) -> Search:
    """Raises Diagnosed."""
    if given.get("queryType", "cql") != "cql":
        raise Diagnosed(VALUE, "queryType")
    if not given.get("query", "").strip():
        raise Diagnosed(MANDATORY, "query")
    if given.get("recordXPath"):
        raise Diagnosed(FEATURE, "recordXPath")
    start = _number(given, "startRecord", 1)
    if start < 1:
        raise Diagnosed(VALUE, "startRecord")
    if start > FARTHEST:
        raise Diagnosed(POSITION, f"{start} > {FARTHEST}; to have everything, harvest /oai")
    schema = _SCHEMA_NAMES.get(given.get("recordSchema", ""))
    if schema is None:
        raise Diagnosed(SCHEMA, given["recordSchema"])
    read = cql.read(given["query"])
    if not read.keys and given.get("sortKeys"):
        read = cql.Read(read.tree, _sort_keys(given["sortKeys"]))
    most = min(_number(given, "maximumRecords", USUAL), MOST)
    return Search(given["query"], read, start, most, schema, _is_escaped(given))


@dataclass(frozen=True)
class Scan:
    """Leafing through an index: `before` of `most` terms come before the one that is named."""

    clause: str
    field: str
    text: str
    before: int
    most: int


def scan_of(given: Mapping[str, str]) -> Scan:
    """Raises Diagnosed."""
    if not given.get("scanClause", "").strip():
        raise Diagnosed(MANDATORY, "scanClause")
    clause = cql.read(given["scanClause"]).tree
    if not isinstance(clause, cql.Clause):
        raise Diagnosed(SYNTAX, "one index and one term")
    if clause.index not in SCANNED:
        raise Diagnosed(INDEX, f"{clause.index or 'none'}; scan {', '.join(SCANNED)}")
    if clause.relation not in ("=", "==", "exact", "scr"):
        raise Diagnosed(RELATION, clause.relation)
    most = min(_number(given, "maximumTerms", USUAL), MOST)
    position = _number(given, "responsePosition", 1)
    if position > most + 1:
        raise Diagnosed(VALUE, "responsePosition")
    before = min(max(position - 1, 0), most)
    return Scan(given["scanClause"], SCANNED[clause.index], clause.term, before, most)


def _number(given: Mapping[str, str], name: str, usual: int) -> int:
    text = given.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Diagnosed(VALUE, name)
    return int(text)


def _is_escaped(given: Mapping[str, str]) -> bool:
    """`recordPacking` before 2.0, `recordXMLEscaping` from then on."""
    name = "recordXMLEscaping" if version_of(given) == "2.0" else "recordPacking"
    packing = given.get(name, "xml")
    if packing not in ("xml", "string"):
        raise Diagnosed(PACKING, packing)
    return packing == "string"


def _sort_keys(text: str) -> tuple[cql.Key, ...]:
    """The keys of 1.1: `title,,0` is by title, downwards. Raises Diagnosed."""
    keys: list[cql.Key] = []
    for each in text.split():
        path, _schema, ascending, *_rest = [*each.split(","), "", "", ""]
        if ascending not in ("", "0", "1"):
            raise Diagnosed(SORT, each)
        name = path if "." in path else f"dc.{path}"
        keys.append((name, ("sort.descending",) if ascending == "0" else ()))
    return tuple(keys)
