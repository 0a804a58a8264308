"""Translations without a system gettext: compile, update, check.

    python -m tools.translations compile   .po -> .mo
    python -m tools.translations update    add new sentences to the .po, drop unused ones
    python -m tools.translations check     fail when a sentence has no English, or unfit English

The source language is 简体中文; `locale/en` is the one catalogue.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "_lazy": None, "lazy": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")


def sources() -> Iterator[Path]:
    for path in sorted((ROOT / "yanzhen").rglob("*")):
        is_code = path.suffix == ".py" and not {"tests", "migrations"} & set(path.parts)
        is_page = path.suffix in {".html", ".txt"} and "templates" in path.parts
        if is_code or is_page:
            yield path


def sentences(path: Path) -> Iterator[tuple]:
    """Yield (line, message, comments, context) for every translatable sentence of a file."""
    text = path.read_text("utf-8")
    code = _calls(text) if path.suffix == ".py" else templatize(text, origin=str(path))
    yield from extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS)


def _calls(source: str) -> str:
    """The gettext calls of a program, one a line; also those inside an f-string."""
    return "\n".join(
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS
    )


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
    catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
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
    faults = [fault for message in extracted() if message.id for fault in _faults(catalog, message)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _faults(catalog: Catalog, message: Message) -> Iterator[str]:
    """What is wrong with the English of a sentence; a fuzzy one is not compiled, so it has none.

    The last form (the plural) says everything; the singular may leave the number out: "once".
    """
    known = catalog.get(message.id, message.context)
    said = known and not known.fuzzy and all(_forms(known.string))
    if not said or known.pluralizable != message.pluralizable:
        yield f"no English for: {message.id!r}"
        return
    wanted = _placeholders(_forms(message.id)[-1])
    *others, last = map(_placeholders, _forms(known.string))
    if last != wanted or any(other - wanted for other in others):
        yield f"other placeholders in the English of: {message.id!r}"


def _forms(text: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text or "",)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


if __name__ == "__main__":
    sys.exit({"compile": compile_all, "update": update, "check": check}[sys.argv[1]]())
