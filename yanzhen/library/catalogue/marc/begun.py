"""Records to begin with: blank ones, and what is known of a title that has no MARC yet."""

import datetime as dt

from yanzhen.library.catalogue.marc import isbd
from yanzhen.library.catalogue.marc.build import cnmarc
from yanzhen.library.catalogue.marc.flavour import MARC21
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.titles import Title

_CNMARC_TITLE = Field.of("200", "1 ", ("a", ""))


def blank(flavour: str, *, at: dt.datetime) -> Record:
    """The fields every record of a flavour has, the title still empty."""
    if flavour == MARC21:
        entered = f"{at:%y%m%d}s{'':8}cc {'':17}chi  "
        return Record.of(
            "00000nam a2200000   4500",
            [
                Field.control("001", _identifier(at)),
                Field.control("008", entered),
                Field.of("245", "10", ("a", "")),
            ],
        )
    return cnmarc(title="", identifier=_identifier(at), entered=at.date()).replacing(
        "200", _CNMARC_TITLE
    )


def known(title: Title, identifier: str, *, at: dt.datetime) -> Record:
    """A CNMARC record of the columns of a title that was described without MARC."""
    record = cnmarc(
        title=title.title,
        identifier=identifier,
        entered=at.date(),
        subtitle=title.subtitle,
        authors=[title.author] if title.author else [],
        role="",
        isbn=title.isbn13,
        publisher=title.publisher,
        year=title.year,
        clc=title.clc,
        language=isbd.code_of(title.language) or "chi",
        format=title.format,
    )
    return record if record.get("200") else record.replacing("200", _CNMARC_TITLE)


def _identifier(at: dt.datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"
