"""Translations without a system gettext: compile, update, check.

    python -m tools.translations compile   .po -> .mo
    python -m tools.translations update    add new sentences to the .po, drop unused ones
    python -m tools.translations check     fail when a sentence has no English

The source language is 简体中文; `locale/en` is the one catalogue.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}


def sources() -> Iterator[Path]:
    for path in sorted((ROOT / "yanzhen").rglob("*")):
        if path.suffix == ".py" and not {"tests", "migrations"} & set(path.parts):
            yield path
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield path


def sentences(path: Path) -> Iterator[tuple]:
    """Yield (line, message, comments, context) for every translatable sentence of a file."""
    if path.suffix == ".py":
        yield from extract_from_file("python", path, keywords=KEYWORDS)
        return
    code = templatize(path.read_text("utf-8"), origin=str(path)).encode()
    yield from extract("python", io.BytesIO(code), keywords=KEYWORDS)


def extracted() -> Catalog:
    catalog = Catalog(locale="en", project="Yanzhen", charset="utf-8")
    for path in sources():
        for _line, message, _comments, context in sentences(path):
            catalog.add(message, context=context, locations=[(str(path.relative_to(ROOT)), 0)])
    return catalog


def read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    catalog, found = read(), extracted()
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, sort_output=True)
    return 0


def compile_all() -> int:
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, read())
    return 0


def check() -> int:
    catalog = read()
    missing = [
        message.id for message in extracted() if message.id and not _translated(catalog, message)
    ]
    for sentence in missing:
        print(f"no English for: {sentence!r}")
    if missing:
        print(f"{len(missing)} sentences without English in {PO.relative_to(ROOT)}")
    return 1 if missing else 0


def _translated(catalog: Catalog, message) -> bool:
    known = catalog.get(message.id, message.context)
    strings = known.string if known and isinstance(known.string, tuple) else [known and known.string]
    return all(strings)


if __name__ == "__main__":
    sys.exit({"compile": compile_all, "update": update, "check": check}[sys.argv[1]]())
