"""Title rows as a page shows them. An entry is drawn once for what it shows (docs/decisions/0016),
and here, not in a template: of a large catalogue a page may show twenty titles nobody saw yet."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yanzhen.design.cover_svg import svg
from yanzhen.design.covers import draw_cover
from yanzhen.design.escaping import escaped
from yanzhen.design.states import STATES
from yanzhen.doors.portal.catalogue_words import FORMATS, between, by_words, imprint

MOST_SHELVES = 4


def entries(rows: list[dict], names: dict[str, str]) -> SafeString:
    """Rows as drawn entries. What is shown is the key, so a kept entry is never stale."""
    language = get_language()
    drawn = [
        _entry(language, _shelf_names(row, names), **{**row, "shelves": tuple(row["shelves"])})
        for row in rows
    ]
    return SafeString("".join(drawn))


def cover_of(row: dict) -> SafeString:
    """A drawn cover; the title stands beside it, so it is silent for screen readers."""
    drawn = draw_cover(
        row["title"], author=row["author"].replace(";", " "), kind=_kind(row), clc=row["clc"][:1]
    )
    return SafeString(f'<div aria-hidden="true">{svg(drawn)}</div>')


def badge(name: str, word: str) -> SafeString:
    """A named state of the design with another word on it."""
    return _badge(name, word, get_language())


def _shelf_names(row: dict, names: dict[str, str]) -> tuple[str, ...]:
    return tuple([names.get(code, code) for code, _count in row["shelves"][:MOST_SHELVES]])


@lru_cache(maxsize=4096)
def _entry(language: str, shelf_names: tuple[str, ...], /, **row) -> SafeString:
    subtitle = f" <small>{escaped(row['subtitle'])}</small>" if row["subtitle"] else ""
    return SafeString(  # every text is escaped
        f'<article class="entry">{cover_of(row)}<div><h2 lang="{escaped(row["language"])}">'
        f'<a href="{_records(language)}{row["id"]}/">{escaped(row["title"])}</a>{subtitle}</h2>'
        f"{_made_by(row)}{_stand(row, shelf_names, language)}</div></article>"
    )


def _made_by(row: dict) -> str:
    by, made, kind = escaped(by_words(row)), escaped(imprint(row)), escaped(_kind(row))
    dot = " · " if by and made else ""
    kind = f" · {kind}" if kind else ""
    return f'<p lang="zh-Hans">{by}{dot}<span class="quiet">{made}{kind}</span></p>'


def _stand(row: dict, shelf_names: tuple[str, ...], language: str) -> str:
    """Where the title stands: state, branches, call number."""
    stock, where = _stock(row, shelf_names, language)
    mark = ""
    if row["call_number"]:
        word = _call_number(language)
        mark = f' <span class="quiet mark">{word} {escaped(row["call_number"])}</span>'
    return f'<p class="stand">{stock} <span>{escaped(where)}</span>{mark}</p>'


def _stock(row: dict, shelf_names: tuple[str, ...], language: str) -> tuple[SafeString, str]:
    if row["shelves"]:
        count = sum([copies for _code, copies in row["shelves"]])
        return _on_shelf(count, language), _where(len(row["shelves"]), shelf_names, language)
    return _not_on_shelf(bool(row["reading"]), bool(row["copies"]), language)


@lru_cache(maxsize=512)
def _on_shelf(count: int, _language: str) -> SafeString:
    word = ngettext("在架 %(count)d 本", "在架 %(count)d 本", count) % {"count": count}
    return badge("on-shelf", word)


@lru_cache(maxsize=32)
def _not_on_shelf(reading: bool, copies: bool, _language: str) -> tuple[SafeString, str]:
    if reading:
        return badge("note", _("馆内阅览")), _("可以到馆里看，不外借")
    if copies:
        return badge("lent", _("都借出去了")), _("可以打电话问什么时候还回")
    return badge("withdrawn", _("没有可借的")), _("书目里有，馆里现在没有这本")


@lru_cache(maxsize=8)
def _call_number(_language: str) -> str:
    return _("索书号")


def _where(count: int, shelf_names: tuple[str, ...], language: str) -> str:
    some = between(language).join(shelf_names)
    if count <= MOST_SHELVES:
        return some
    return _("%(some)s等 %(count)d 个馆") % {"some": some, "count": count}


def _kind(row: dict) -> str:
    return str(FORMATS.get(row["format"], "")) if row["format"] != "book" else ""


@lru_cache(maxsize=8)
def _records(_language: str) -> str:
    return reverse("portal:record", args=[0]).removesuffix("0/")


@lru_cache(maxsize=512)
def _badge(name: str, word: str, _language: str) -> SafeString:
    state = STATES[name]
    return render_to_string(
        "design/state.html", {"tone": state.tone, "icon_name": state.icon, "word": word}
    )
