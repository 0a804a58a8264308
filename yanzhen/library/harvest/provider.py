"""What another provider answered, read: its records, its token, its errors."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")


@dataclass(frozen=True)
class Provider:
    """Who answers; `by_day` when it knows no finer dates than days."""

    name: str
    by_day: bool


@dataclass(frozen=True)
class Page:
    """One part of a list. `records` are MARC records as XML; `error` is a code of the protocol."""

    answered_at: str
    records: list[bytes] = field(default_factory=list)
    deleted: int = 0
    token: str = ""
    error: str = ""
    said: str = ""


def identified(content: bytes, base_url: str) -> Provider:
    """Raises Refused for an answer that is none of OAI-PMH."""
    told = _root(content, base_url).find(f"{_OAI}Identify")
    if told is None:
        raise _no_provider(base_url)
    name = told.findtext(f"{_OAI}repositoryName") or urlsplit(base_url).hostname or base_url
    return Provider(name[:200], (told.findtext(f"{_OAI}granularity") or "").strip() == "YYYY-MM-DD")


def listed(content: bytes, base_url: str) -> Page:
    """Raises Refused."""
    root = _root(content, base_url)
    at = (root.findtext(f"{_OAI}responseDate") or "").strip()
    wrong = root.find(f"{_OAI}error")
    if wrong is not None:
        return Page(at, error=wrong.get("code", ""), said=(wrong.text or "").strip()[:200])
    told = root.find(f"{_OAI}ListRecords")
    if told is None:
        raise _no_provider(base_url)
    records, deleted = [], 0
    for record in told.iter(f"{_OAI}record"):
        header, metadata = record.find(f"{_OAI}header"), record.find(f"{_OAI}metadata")
        if header is not None and header.get("status") == "deleted":
            deleted += 1
        elif metadata is not None and len(metadata):
            records.append(ET.tostring(metadata[0], encoding="utf-8", xml_declaration=False))
    token = (told.findtext(f"{_OAI}resumptionToken") or "").strip()
    return Page(at, records, deleted, token)


def _root(content: bytes, base_url: str) -> ET.Element:
    """No document type is read, so no entity can swell; a record's control characters are
    forgiven."""
    if _DECLARED.search(content) or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _no_provider(base_url)
    try:
        root = _parsed(content)
    except (ET.ParseError, LookupError, ValueError):
        raise _no_provider(base_url) from None
    if root.tag != f"{_OAI}OAI-PMH":
        raise _no_provider(base_url)
    return root


def _parsed(content: bytes) -> ET.Element:
    try:
        return ET.fromstring(content)  # noqa: S314 - without document type, see above
    except ET.ParseError:
        text = _UNFIT.sub("", content.decode("utf-8", "replace"))
        return ET.fromstring(_REFERENCE.sub(_fit, text))  # noqa: S314


def _fit(found: re.Match) -> str:
    """A reference to a character, unless XML cannot hold it."""
    number = int(found[1][1:], 16) if found[1][0] == "x" else int(found[1])
    fits = number < 0x110000 and not _UNFIT.match(chr(number))
    return found[0] if fits else ""


def _no_provider(base_url: str) -> Refused:
    return Refused(
        "source-no-provider",
        _("%(host)s 的应答不是 OAI-PMH 2.0。") % {"host": urlsplit(base_url).hostname},
        _("请核对网址：它应该就是对方公布的 OAI 接口地址，后面不带参数。"),
        status=502,
    )
