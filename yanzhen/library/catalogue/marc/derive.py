"""Deriving the searchable facts from a record of either flavour."""

from yanzhen.library.catalogue.marc.derive_cnmarc import from_cnmarc
from yanzhen.library.catalogue.marc.derive_marc21 import from_marc21
from yanzhen.library.catalogue.marc.derived import FORMATS, Derived
from yanzhen.library.catalogue.marc.flavour import CNMARC, flavour_of
from yanzhen.library.catalogue.marc.record import Record

__all__ = ["FORMATS", "Derived", "derive"]


def derive(record: Record, flavour: str = "") -> Derived:
    """Facts of `record`; `flavour` is "cnmarc" or "marc21" when it is known already."""
    if (flavour or flavour_of(record)) == CNMARC:
        return from_cnmarc(record)
    return from_marc21(record)
