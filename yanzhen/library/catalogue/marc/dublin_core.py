"""A title in the fifteen elements of Dublin Core, for programs that know no MARC."""

from collections.abc import Iterator

from yanzhen.library.catalogue.marc.derived import Derived

Statement = tuple[str, str]

_TYPES = {  # DCMI Type of a format; everything else is Text
    "map": "Image", "picture": "StillImage", "video": "MovingImage", "sound": "Sound",
    "object": "PhysicalObject", "kit": "Collection",
}  # fmt: skip


def dublin_core(derived: Derived) -> list[Statement]:
    """(element, value) in the order of the schema; empty values make none."""
    return [(name, value) for name, value in _statements(derived) if value.strip()]


def _statements(derived: Derived) -> Iterator[Statement]:
    part = f" {derived.part}" if derived.part else ""
    subtitle = f" : {derived.subtitle}" if derived.subtitle else ""
    yield "title", f"{derived.title}{part}{subtitle}"
    creators = derived.main_authors or derived.authors[:1]
    for name in creators or [derived.responsibility]:
        yield "creator", name
    for subject in (*derived.subjects, *derived.clc):
        yield "subject", subject
    yield "description", derived.abstract
    yield "publisher", derived.publisher
    for name in derived.authors:
        if name not in creators:
            yield "contributor", name
    yield "date", str(derived.year or "")
    yield "type", _TYPES.get(derived.format, "Text")
    yield "format", derived.pages
    for isbn in derived.isbns:
        yield "identifier", f"urn:isbn:{isbn}"
    yield "identifier", f"urn:issn:{derived.issn}" if derived.issn else ""
    yield "language", derived.language
    for series in derived.series:
        yield "relation", series
