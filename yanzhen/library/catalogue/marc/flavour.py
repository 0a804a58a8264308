"""Telling CNMARC (the Chinese form of UNIMARC) from MARC 21 by what a record holds."""

import re

from yanzhen.library.catalogue.marc.record import SUBFIELD, Record

CNMARC, MARC21 = "cnmarc", "marc21"

_GENERAL = re.compile(SUBFIELD + r"a[0-9 ]{8}[a-z ]")  # 100$a: date entered on file, type of date
_CNMARC_TAGS = frozenset(
    ("010", "101", "102", "105", "210", "215", "225", "606", "690", "701", "801")
)
_MARC21_TAGS = frozenset(
    ("008", "020", "040", "082", "250", "260", "264", "300", "490", "650", "880")
)


def flavour_of(record: Record) -> str:
    """ "cnmarc" or "marc21". The title field decides; odd records go by the rest of their tags."""
    tags = {line[:3] for line in record.lines}
    if ("245" in tags) != ("200" in tags):
        return CNMARC if "200" in tags else MARC21
    general = next((line for line in record.lines if line[:3] == "100"), "")
    if general:
        return CNMARC if _GENERAL.search(general) else MARC21
    return CNMARC if len(tags & _CNMARC_TAGS) > len(tags & _MARC21_TAGS) else MARC21
