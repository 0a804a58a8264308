"""The catalogue for everybody: searching, suggestions while typing, and one title."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yanzhen.doors.frames import framed
from yanzhen.doors.gate import public
from yanzhen.doors.portal.catalogue_downloads import BY_NAME, KINDS, MOST, download
from yanzhen.doors.portal.catalogue_filters import (
    FILTERS,
    Addresses,
    chips_of,
    column,
    drawn_downloads,
    drawn_pages,
    drawn_sorts,
    sorts_of,
)
from yanzhen.doors.portal.catalogue_rows import cover_of, entries
from yanzhen.doors.portal.catalogue_words import by_words
from yanzhen.library.discovery.index import NoIndex, index_at
from yanzhen.library.discovery.indexing import ensure
from yanzhen.library.discovery.queries import new_titles, rows
from yanzhen.library.discovery.searching import LAST_PAGE, PAGE, Query, Results, search
from yanzhen.library.discovery.spelling import did_you_mean
from yanzhen.library.discovery.suggesting import Suggestion, suggest
from yanzhen.network.queries import short_names

AROUND = 2


@public
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Results of a search with facets; with nothing asked, the whole catalogue, newest first.

    `export` is one of catalogue_downloads.KINDS: the list as a file.
    """
    given = request.GET.dict()
    if given.get("format") == "csv":  # as every list of ours understands it
        given |= {"format": "", "export": "csv"}
    kind = BY_NAME.get(given.get("export", ""))
    if kind:
        given["page"] = ""
    found = _searched(Query.read(given), MOST if kind else PAGE)
    if found is None:
        return render(request, "portal/catalogue/preparing.html", status=503)
    if kind:
        return download(request, kind, found.bib_ids, found.total)
    return _answer(request, found)


@public
def suggestions(request: HttpRequest) -> HttpResponse:
    """JSON for the search line: [{"text", "hint", "url"}]."""
    try:
        offers = suggest(request.GET.get("q", ""), index_at(settings.SEARCH_INDEX))
    except NoIndex:
        offers = []
    return JsonResponse([_offer(each) for each in offers], safe=False)


def _searched(query: Query, length: int) -> Results | None:
    """Search, healing the index first when it cannot be read; None while it is being built."""
    index = index_at(settings.SEARCH_INDEX)
    try:
        return search(query, index, rows=length)
    except NoIndex:
        return search(query, index, rows=length) if ensure(settings.SEARCH_INDEX) else None


def _answer(request: HttpRequest, found: Results) -> HttpResponse:
    """The page of results; where something was found as it was asked, its frame is kept."""
    to, names = Addresses(found.query), short_names()
    chips = chips_of(found.query, names, to)
    context = {
        "section_catalogue": True,
        "query": found.query,
        "found": found,
        "chips": chips,
        **_addresses(get_language()),
    }
    texts = _texts(found, names, to)
    if texts["entries"] and not (chips or found.is_partial or found.asked.cut):
        template = "portal/catalogue/results.html"
        return framed(request, template, context, texts, like=found.query.page > 1)
    context |= {**texts, **_ways_on(found, to)}
    return render(request, "portal/catalogue/results.html", context)


def _texts(found: Results, names: dict[str, str], to: Addresses) -> dict[str, str]:
    """What differs from one answer to the next."""
    kinds = [(str(kind.word), to.with_(export=kind.name)) for kind in KINDS]
    return {
        "title": _title(found.asked.text),
        "typed": found.asked.text,
        "says": _sentence(found),
        "entries": entries(rows(found.bib_ids), names),
        "facets": column(found, names, to),
        "sorts": drawn_sorts(sorts_of(found, to)) if found.total > 1 else "",
        "pages": drawn_pages(_pages(found, to), found.query.page),
        "downloads": drawn_downloads(kinds),
        "most_downloaded": f"{MOST:,}" if found.total > MOST else "",
    }


def _title(typed: str) -> str:
    return _("找“%(q)s”") % {"q": Truncator(typed).chars(30)} if typed else _("找书")


@cache
def _addresses(_language: str) -> dict[str, str]:
    return {
        "all_url": reverse("portal:catalogue"),
        "suggest_url": reverse("portal:catalogue-suggestions"),
    }


def _ways_on(found: Results, to: Addresses) -> dict:
    """What to offer where there is nothing to show, or not what was meant."""
    ways = {
        "without_filters": to.with_(**dict.fromkeys(FILTERS, "")),
        "first_page": to.with_(),
        "last_page": to.with_(page=found.page_count),
        "at_limit": found.page_count == LAST_PAGE,
    }
    if found.total and not found.is_partial:
        return ways
    meant = did_you_mean(found.asked, index_at(settings.SEARCH_INDEX)) if found.asked.words else ""
    fresh = [] if found.total else new_titles(6)
    shown = [{**row, "cover": cover_of(row), "by": by_words(row)} for row in fresh]
    return {**ways, "meant": meant, "fresh": shown}


def _sentence(found: Results) -> str:
    said = {"q": found.asked.text, "count": f"{found.total:,}"}
    if not found.total:
        return _("没有找到“%(q)s”。") % said if found.asked.text else _("没有找到这样的书。")
    if found.asked.text:
        first = ngettext("“%(q)s”找到 %(count)s 种", "“%(q)s”找到 %(count)s 种", found.total) % said
    else:
        first = ngettext("共 %(count)s 种", "共 %(count)s 种", found.total) % said
    if found.query.available:
        return _("%(first)s，都在架上。") % {"first": first}
    on_shelf = {"first": first, "shelf": f"{found.facets.available:,}"}
    return _("%(first)s，其中 %(shelf)s 种现在在架。") % on_shelf


def _pages(found: Results, to: Addresses) -> list[tuple[int | None, str]]:
    """(number, address) of the pages to offer; None where some are left out."""
    last, here = found.page_count, found.query.page
    if last < 2:
        return []
    near = range(max(1, here - AROUND), min(last, here + AROUND) + 1)
    numbers: list[tuple[int | None, str]] = []
    for number in sorted({1, last, *near}):
        if numbers and numbers[-1][0] != number - 1:
            numbers.append((None, ""))
        numbers.append((number, to.with_(page=number)))
    return numbers


def _offer(offer: Suggestion) -> dict[str, str]:
    if offer.is_name:
        count = {"count": offer.count}
        hint = ngettext("作者，%(count)d 种", "作者，%(count)d 种", offer.count) % count
    elif offer.count > 1:
        hint = _("%(author)s · %(count)d 个版本") % {"author": offer.author, "count": offer.count}
    else:
        hint = offer.author
    if offer.bib_id is not None:
        url = reverse("portal:record", args=[offer.bib_id])
    else:
        url = reverse("portal:catalogue") + Addresses(Query(q=offer.text)).with_()
    return {"text": offer.text, "hint": hint, "url": url}
