"""Title rows as a page shows them: where to be had in one line; cover and badge drawn once."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yanzhen.design.covers import draw_cover
from yanzhen.design.states import STATES
from yanzhen.doors.portal.catalogue_words import FORMATS, by_words, imprint

MOST_SHELVES = 4


def shown(rows: list[dict], names: dict[str, str]) -> list[dict]:
    """Add what the list shows to each row: cover, by, imprint, badge, where, kind."""
    for row in rows:
        row["cover"] = cover_of(row)
        row["by"], row["imprint"] = by_words(row), imprint(row)
        row["badge"], row["where"] = _stock(row, names)
        row["kind"] = str(FORMATS.get(row["format"], "")) if row["format"] != "book" else ""
        row["shelves"] = tuple(row["shelves"])
    return rows


def entries(rows: list[dict], names: dict[str, str]) -> list[SafeString]:
    """Rows as drawn entries of a list. What is shown is the key, so a kept entry is never stale."""
    language = get_language()
    return [_entry(language, *row.items()) for row in shown(rows, names)]


@lru_cache(maxsize=4096)
def _entry(_language: str, *items: tuple[str, object]) -> SafeString:
    row = dict(items)
    url = reverse("portal:record", args=[row["id"]])
    return render_to_string("portal/catalogue/entry.html", {"row": row, "url": url})


def shelf_codes(rows: list[dict]) -> set[str]:
    """Branches whose names the rows need."""
    return {code for row in rows for code, _count in row["shelves"][:MOST_SHELVES]}


def cover_of(row: dict) -> SafeString:
    kind = str(FORMATS.get(row["format"], "")) if row["format"] != "book" else ""
    return _cover(row["title"], row["author"], kind, row["clc"][:1])


def _stock(row: dict, names: dict[str, str]) -> tuple[SafeString, str]:
    if row["shelves"]:
        count = sum(copies for _code, copies in row["shelves"])
        word = ngettext("在架 %(count)d 本", "在架 %(count)d 本", count) % {"count": count}
        return badge("on-shelf", word), _where(row["shelves"], names)
    if row["reading"]:
        return badge("note", _("馆内阅览")), _("可以到馆里看，不外借")
    if row["copies"]:
        return badge("lent", _("都借出去了")), _("可以打电话问什么时候还回")
    return badge("withdrawn", _("没有可借的")), _("书目里有，馆里现在没有这本")


def _where(shelves: list[tuple[str, int]], names: dict[str, str]) -> str:
    some = _("、").join(names.get(code, code) for code, _count in shelves[:MOST_SHELVES])
    if len(shelves) <= MOST_SHELVES:
        return some
    return _("%(some)s等 %(count)d 个馆") % {"some": some, "count": len(shelves)}


def badge(name: str, word: str) -> SafeString:
    return _badge(name, word, get_language())


@lru_cache(maxsize=512)
def _badge(name: str, word: str, _language: str) -> SafeString:
    state = STATES[name]
    return render_to_string(
        "design/state.html", {"tone": state.tone, "icon_name": state.icon, "word": word}
    )


@lru_cache(maxsize=4096)
def _cover(title: str, author: str, kind: str, clc: str) -> SafeString:
    """A drawn cover; the title stands beside it, so it is silent for screen readers."""
    drawn = draw_cover(title, author=author.replace(";", " "), kind=kind, clc=clc)
    return render_to_string("portal/catalogue/cover.html", {"cover": drawn})
