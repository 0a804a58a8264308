"""Titles for programs: a CSV for a spreadsheet, schema.org JSON-LD for search engines."""

import csv
import json
from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yanzhen.doors.portal.catalogue_words import FORMATS, LANGUAGES
from yanzhen.library.discovery.naming import names_of
from yanzhen.library.discovery.queries import RecordPage

_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """Takes what csv writes and gives it back."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[dict], remark: str = "") -> Iterator[str]:
    """One line a title; a byte-order mark so that spreadsheet programs read the Chinese. A
    `remark` has the last line for itself."""
    table = csv.writer(_Line())
    yield "\ufeff"
    yield table.writerow(
        [
            _("编号"),
            _("题名"),
            _("副题名"),
            _("作者"),
            _("出版者"),
            _("出版年"),
            "ISBN",
            _("索书号"),
            _("形式"),
            _("语种"),
            _("馆藏册数"),
            _("在架册数"),
        ]
    )
    for row in rows:
        yield table.writerow(_csv_row(row))
    if remark:
        yield table.writerow(["", remark])


def _csv_row(row: dict) -> list:
    return [
        row["id"],
        _plain(row["title"]),
        _plain(row["subtitle"]),
        _plain(row["author"]),
        _plain(row["publisher"]),
        row["year"] or "",
        row["isbn13"],
        _plain(row["call_number"]),
        FORMATS.get(row["format"], row["format"]),
        LANGUAGES.get(row["language"], row["language"]),
        row["copies"],
        sum(count for _code, count in row["shelves"]),
    ]


def _plain(text: str) -> str:
    """A title that begins with = must not be a formula in a spreadsheet."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def json_ld(page: RecordPage, url: str) -> SafeString:
    """The title as schema.org Book, safe inside a script."""
    row, derived = page.row, page.derived
    described = {
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": url,
        "url": url,
        "name": row["title"],
        "alternativeHeadline": row["subtitle"],
        "author": [{"@type": "Person", "name": name} for name in names_of(row["author"])],
        "publisher": row["publisher"] and {"@type": "Organization", "name": row["publisher"]},
        "datePublished": str(row["year"] or ""),
        "isbn": row["isbn13"],
        "inLanguage": row["language"],
        "bookEdition": derived.edition,
        "about": [{"@type": "Thing", "name": subject} for subject in derived.subjects],
        "abstract": derived.abstract,
    }
    told = {key: value for key, value in described.items() if value not in ("", None, [])}
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_ESCAPED))  # noqa: S308
