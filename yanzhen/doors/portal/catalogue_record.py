"""One title: what it is, where it can be had, its other editions, its MARC."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.doors.gate import Request, public
from yanzhen.doors.portal.catalogue_exports import json_ld
from yanzhen.doors.portal.catalogue_filters import Addresses
from yanzhen.doors.portal.catalogue_rows import badge, cover_of
from yanzhen.doors.portal.catalogue_words import (
    COPY_STATES,
    FORMATS,
    LANGUAGES,
    class_word,
    imprint,
)
from yanzhen.doors.portal.holding_pages import hold_box
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.discovery.naming import names_of
from yanzhen.library.discovery.queries import Holding, RecordPage, record_page
from yanzhen.library.discovery.searching import Query
from yanzhen.library.merging.queries import went_to
from yanzhen.network.models import Division, Node

LARGEST_ID = 2**63 - 1


@public
def record(request: Request, bib_id: int) -> HttpResponse:
    """A title's page; `view=marc` shows the record itself, `near=` a town's code orders branches.

    The address of a title merged into another leads there. Raises Refused (404) when there is no
    such title.
    """
    page = record_page(bib_id) if bib_id <= LARGEST_ID else None
    if page is None:
        there = went_to(bib_id) if bib_id <= LARGEST_ID else None
        if there is None:
            raise _no_such_title()
        return redirect("portal:record", there)
    if request.GET.get("view") == "marc":
        shown = {"row": page.row, "marc": page.marc, "flavour": page.flavour}
        return render(request, "portal/catalogue/marc.html", shown)
    towns = list(Division.objects.towns().order_by("code"))
    near = next((town for town in towns if town.code == request.GET.get("near")), None)
    return render(
        request,
        "portal/catalogue/record.html",
        {
            "section_catalogue": True,
            "page": page,
            "row": page.row,
            "cover": cover_of(page.row),
            "authors": [(name, _search(q=name)) for name in names_of(page.row["author"])],
            "facts": _facts(page),
            "subjects": [(subject, _search(q=subject)) for subject in page.derived.subjects],
            "lines": [_line(each) for each in _nearest_first(page.holdings, near)],
            "shelf_count": sum(h.count for h in page.holdings if h.state == "available"),
            "hold_box": hold_box(request, bib_id) if page.holdings else None,
            "towns": towns,
            "near": near,
            "editions": [{**row, "imprint": imprint(row)} for row in page.editions],
            "url": request.build_absolute_uri(request.path),
            "json_ld": json_ld(page, request.build_absolute_uri(request.path)),
        },
    )


def _search(*, q: str = "", clc: str = "") -> str:
    return reverse("portal:catalogue") + Addresses(Query(q=q, clc=clc)).with_()


def _facts(page: RecordPage) -> list[tuple[str, str, str]]:
    """(term, value, address or "") in the order of a title page."""
    row, derived = page.row, page.derived
    year = str(row["year"] or "")
    place = _("：").join(filter(None, [derived.place, row["publisher"]]))
    series = derived.series[0] if derived.series else ""
    letter = row["clc"][:1].upper()
    facts = [
        (_("出版"), " ".join(filter(None, [place, year])), ""),
        (_("版本"), derived.edition, ""),
        (_("分册"), derived.part, ""),
        (_("丛书"), series, _search(q=series) if series else ""),
        (_("篇幅"), derived.pages, ""),
        ("ISBN", row["isbn13"], ""),
        ("ISSN", derived.issn, ""),
        (_("分类号"), f"{row['clc']} {class_word(letter)}".strip(), _search(clc=row["clc"])),
        (_("形式"), str(FORMATS.get(row["format"], row["format"])), ""),
        (_("语种"), str(LANGUAGES.get(row["language"], row["language"])), ""),
    ]
    return [fact for fact in facts if fact[1]]


def _nearest_first(holdings: list[Holding], near: Division | None) -> list[Holding]:
    """Shelves before the rest; the reader's own town first, then the main library, then by tree.

    There is no map: a town's own branches are near, everything else is in the network's order.
    """

    def place(holding: Holding) -> tuple[bool, int]:
        node = holding.node
        here = near is not None and node.site.division.code.startswith(near.code)
        return holding.state != "available", 0 if here else 1 if node.level == Node.Level.HUB else 2

    return sorted(holdings, key=place)


def _line(holding: Holding) -> dict:
    name, word = COPY_STATES.get(holding.state, ("note", holding.state))
    return {"holding": holding, "node": holding.node, "badge": badge(name, str(word))}


def _no_such_title() -> Refused:
    return Refused(
        "title-not-found",
        _("没有这本书的页面。"),
        _("网址可能写错了，或者这本书已经下架。请到“找书”里再查一次，或打电话问我们。"),
        status=404,
    )
