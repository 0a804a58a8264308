"""The XML of the answers, written as text: whatever characters come, it stays well-formed."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from yanzhen.doors.xml_text import plain
from yanzhen.library.catalogue.marc import xml
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.dublin_core import dublin_core
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.harvest.queries import Offered

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

SCHEMAS = {  # prefix: where its schema is, and its namespace
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC),
    "marcxml": ("http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", xml.SLIM),
    "marcxchange": ("http://www.loc.gov/standards/iso25577/marcxchange-2-0.xsd", xml.MARCXCHANGE),
}
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{OAI}" xmlns:xsi="{XSI}" '
    f'xsi:schemaLocation="{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
)
_DC_HEAD = (
    f'<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}" '
    f'xsi:schemaLocation="{OAI_DC} {SCHEMAS["oai_dc"][0]}">'
)


def tag(name: str, text: str, **attributes: str) -> str:
    """One element with text in it."""
    return f"<{name}{_said(attributes)}>{escape(plain(text))}</{name}>"


def _said(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(plain(value))}" for name, value in attributes.items())


def answer(address: str, at: dt.datetime, arguments: dict[str, str], body: Iterable[str]) -> str:
    """A whole document. `arguments` are echoed: all of them, or none when they were wrong."""
    request = tag("request", address, **arguments)
    return "".join([_HEAD, tag("responseDate", second(at)), request, *body, "</OAI-PMH>"])


def second(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identifier(domain: str, bib_id: int) -> str:
    return f"oai:{domain}:{bib_id}"


def header(offer: Offered, domain: str) -> str:
    status = ' status="deleted"' if offer.deleted else ""
    specs = "".join([f"<setSpec>{spec}</setSpec>" for spec in offer.specs])
    return (
        f"<header{status}><identifier>{identifier(domain, offer.bib_id)}</identifier>"
        f"<datestamp>{second(offer.moved_at)}</datestamp>{specs}</header>"
    )


def record(offer: Offered, domain: str, prefix: str) -> str:
    if offer.deleted:
        return f"<record>{header(offer, domain)}</record>"
    metadata = described(Record.loads(offer.marc), prefix, offer.flavour)
    return f"<record>{header(offer, domain)}<metadata>{metadata}</metadata></record>"


def described(marc: Record, prefix: str, flavour: str = "") -> str:
    """The metadata of a title in one of the formats."""
    if prefix == "marcxml":
        return xml.slim(marc)
    if prefix == "marcxchange":
        return xml.marcxchange(marc)
    told = [_statement(name, value) for name, value in dublin_core(derive(marc, flavour))]
    return f"{_DC_HEAD}{''.join(told)}</oai_dc:dc>"


def _statement(name: str, value: str) -> str:
    return f"<dc:{name}>{escape(plain(value))}</dc:{name}>"


@cache
def metadata_formats() -> str:
    """What ListMetadataFormats tells: every title is to be had in every format."""
    told = [
        "<metadataFormat>"
        + tag("metadataPrefix", prefix)
        + tag("schema", schema)
        + tag("metadataNamespace", namespace)
        + "</metadataFormat>"
        for prefix, (schema, namespace) in SCHEMAS.items()
    ]
    return "".join(told)
