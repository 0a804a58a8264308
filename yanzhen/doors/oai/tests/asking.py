"""A small strict harvester: every answer is held to the structure of the protocol's schema."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

OAI = "{http://www.openarchives.org/OAI/2.0/}"
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
CODES = {
    "cannotDisseminateFormat", "idDoesNotExist", "badArgument", "badVerb", "noMetadataFormats",
    "noRecordsMatch", "badResumptionToken", "noSetHierarchy",
}  # fmt: skip
# What may stand in an element, in order: (name, least, most).
INSIDE = {
    "OAI-PMH": [("responseDate", 1, 1), ("request", 1, 1), ("*", 1, 99)],
    "Identify": [
        ("repositoryName", 1, 1), ("baseURL", 1, 1), ("protocolVersion", 1, 1),
        ("adminEmail", 1, 9), ("earliestDatestamp", 1, 1), ("deletedRecord", 1, 1),
        ("granularity", 1, 1), ("compression", 0, 9), ("description", 0, 9),
    ],
    "ListMetadataFormats": [("metadataFormat", 1, 99)],
    "metadataFormat": [("metadataPrefix", 1, 1), ("schema", 1, 1), ("metadataNamespace", 1, 1)],
    "ListSets": [("set", 1, 9999), ("resumptionToken", 0, 1)],
    "set": [("setSpec", 1, 1), ("setName", 1, 1), ("setDescription", 0, 9)],
    "GetRecord": [("record", 1, 1)],
    "ListRecords": [("record", 1, 9999), ("resumptionToken", 0, 1)],
    "ListIdentifiers": [("header", 1, 9999), ("resumptionToken", 0, 1)],
    "record": [("header", 1, 1), ("metadata", 0, 1), ("about", 0, 9)],
    "header": [("identifier", 1, 1), ("datestamp", 1, 1), ("setSpec", 0, 999)],
}  # fmt: skip


class Harvester:
    def __init__(self, client):
        self.client = client

    def __call__(self, query: str = "", **arguments: str) -> ET.Element:
        """The answer to these arguments, or to a whole query string, checked."""
        answer = self.client.get(f"/oai?{query}" if query else "/oai", arguments or None)
        assert answer.status_code == 200
        return checked(answer.content)

    def error(self, query: str = "", **arguments: str) -> str:
        """The code of the error that answers this."""
        wrong = self(query, **arguments).findall(f"{OAI}error")
        assert len(wrong) == 1, wrong
        assert wrong[0].text
        return wrong[0].get("code")

    def pages(self, verb: str = "ListRecords", **arguments: str) -> Iterator[ET.Element]:
        """Every answer of a list, by its tokens."""
        page = self(verb=verb, **arguments)
        while True:
            yield page
            token = page.find(f"{OAI}{verb}/{OAI}resumptionToken")
            if token is None or not token.text:
                return
            page = self(verb=verb, resumptionToken=token.text)

    def harvest(self, **arguments: str) -> list[tuple[str, str]]:
        """(identifier, datestamp) of every header of a whole list."""
        return [head for page in self.pages(**arguments) for head in heads(page)]


def heads(page: ET.Element) -> list[tuple[str, str]]:
    return [
        (head.findtext(f"{OAI}identifier"), head.findtext(f"{OAI}datestamp"))
        for head in page.iter(f"{OAI}header")
    ]


def checked(content: bytes) -> ET.Element:
    root = ET.fromstring(content)
    assert root.tag == f"{OAI}OAI-PMH"
    _check(root)
    assert SECOND.fullmatch(root.findtext(f"{OAI}responseDate"))
    for error in root.findall(f"{OAI}error"):
        assert error.get("code") in CODES
    return root


def _check(element: ET.Element) -> None:
    name = element.tag.removeprefix(OAI)
    if name not in INSIDE or not element.tag.startswith(OAI):
        return
    children = list(element)
    for child, least, most in INSIDE[name]:
        count = 0
        while children and (child == "*" or children[0].tag == f"{OAI}{child}"):
            _check(children.pop(0))
            count += 1
        assert least <= count <= most, f"{count} {child} in {name}"
    assert not children, f"{children[0].tag} does not belong in {name}"
    if name == "header":
        assert SECOND.fullmatch(element.findtext(f"{OAI}datestamp"))
        assert all(SPEC.fullmatch(each.text) for each in element.findall(f"{OAI}setSpec"))
    if name == "record":
        deleted = element.find(f"{OAI}header").get("status") == "deleted"
        assert (element.find(f"{OAI}metadata") is None) == deleted
        assert deleted or len(element.find(f"{OAI}metadata")) == 1
