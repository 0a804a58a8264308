"""The XML of the answers, in the namespaces of the three versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from yanzhen.doors.sru.asking import SCHEMAS, Scan, Search
from yanzhen.doors.sru.diagnostics import RECORD, Diagnosed
from yanzhen.doors.xml_text import plain
from yanzhen.library.catalogue.marc import xml
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.dublin_core import dublin_core
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.discovery.leafing import Leaf

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DIAGNOSTICS = "info:srw/schema/1/diagnostics-v1.1"
_DC = (
    '<srw_dc:dc xmlns:srw_dc="info:srw/schema/1/dc-schema" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
)


@dataclass(frozen=True)
class Version:
    """How one version is written."""

    number: str
    response: str
    diagnostic: str
    scan: str
    packing: str  # the element that says how a record is packed


_OLD = "http://www.loc.gov/zing/srw/"
_NEW = "http://docs.oasis-open.org/ns/search-ws/"
VERSIONS = {
    number: Version(number, _OLD, f"{_OLD}diagnostic/", _OLD, "recordPacking")
    for number in ("1.1", "1.2")
} | {
    "2.0": Version(
        "2.0", f"{_NEW}sruResponse", f"{_NEW}diagnostic", f"{_NEW}scan", "recordXMLEscaping"
    )
}


def tag(name: str, text: object) -> str:
    return f"<{name}>{escape(plain(str(text)))}</{name}>"


def results(
    version: Version, search: Search, total: int, records: list[tuple[int, Record | None]]
) -> str:
    """The answer to a search; a record that is gone meanwhile is a diagnostic in its place."""
    told = [
        _record(version, search, bib_id, record, search.start + place)
        for place, (bib_id, record) in enumerate(records)
    ]
    following = search.start + len(records)
    parts = [
        tag("numberOfRecords", total),
        f"<records>{''.join(told)}</records>" if told else "",
        tag("nextRecordPosition", following) if told and following <= total else "",
        _echoed(version, search),
    ]
    return _response(version, "searchRetrieveResponse", parts)


def terms(version: Version, scan: Scan, found: list[Leaf]) -> str:
    """The answer to a scan."""
    told = [
        f"<term>{tag('value', leaf.text)}{tag('numberOfRecords', leaf.count)}</term>"
        for leaf in found
    ]
    asked = tag("version", version.number) + tag("scanClause", scan.clause)
    parts = [
        f"<terms>{''.join(told)}</terms>" if told else "",
        f"<echoedScanRequest>{asked}</echoedScanRequest>",
    ]
    return _response(version, "scanResponse", parts)


def failure(version: Version, operation: str, wrong: Diagnosed) -> str:
    """An answer that holds nothing but a diagnostic."""
    told = f"<diagnostics>{_diagnostic(version, wrong)}</diagnostics>"
    if operation in ("explain", "scan"):
        return _response(version, f"{operation}Response", [told])
    return _response(version, "searchRetrieveResponse", [tag("numberOfRecords", 0), told])


def explanation(version: Version, described: str) -> str:
    """The answer to explain; `described` is the ZeeRex record."""
    record = (
        "<record>" + tag("recordSchema", "http://explain.z3950.org/dtd/2.0/")
        + tag(version.packing, "xml") + f"<recordData>{described}</recordData></record>"
    )  # fmt: skip
    return _response(version, "explainResponse", [record])


def _response(version: Version, name: str, parts: Iterable[str]) -> str:
    number = tag("version", version.number)
    body = "".join([number, *parts])
    space = version.scan if name == "scanResponse" else version.response
    return f'{_HEAD}<{name} xmlns="{space}">{body}</{name}>'


def _record(
    version: Version, search: Search, bib_id: int, record: Record | None, position: int
) -> str:
    if record is None:
        schema, data = _DIAGNOSTICS, _diagnostic(version, Diagnosed(RECORD, str(bib_id)))
    else:
        schema, data = SCHEMAS[search.schema], described(record, search.schema)
    identifier = tag("recordIdentifier", bib_id) if version.number != "1.1" else ""
    return (
        "<record>"
        + tag("recordSchema", schema)
        + tag(version.packing, "string" if search.escaped else "xml")
        + f"<recordData>{escape(data) if search.escaped else data}</recordData>"
        + identifier
        + tag("recordPosition", position)
        + "</record>"
    )


def described(record: Record, schema: str) -> str:
    """A title in one of the schemas."""
    if schema == "marcxml":
        return xml.slim(record)
    if schema == "marcxchange":
        return xml.marcxchange(record)
    told = [tag(f"dc:{name}", value) for name, value in dublin_core(derive(record))]
    return f"{_DC}{''.join(told)}</srw_dc:dc>"


def _echoed(version: Version, search: Search) -> str:
    name = "echoedSearchRetrieveRequest"
    told = [
        tag("version", version.number), tag("query", search.query),
        tag("startRecord", search.start), tag("maximumRecords", search.most),
        tag(version.packing, "string" if search.escaped else "xml"),
        tag("recordSchema", search.schema),
    ]  # fmt: skip
    return f"<{name}>{''.join(told)}</{name}>"


def _diagnostic(version: Version, wrong: Diagnosed) -> str:
    return (
        f'<diagnostic xmlns="{version.diagnostic}">'
        + tag("uri", f"info:srw/diagnostic/1/{wrong.number}")
        + (tag("details", wrong.details) if wrong.details else "")
        + tag("message", wrong.message)
        + "</diagnostic>"
    )
