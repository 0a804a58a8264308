"""What the director is asked for: mobile service 流动服务 of a year, and a table of it."""

import csv

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yanzhen.culture.tours import queries
from yanzhen.culture.tours.models import MenuItem, Requester
from yanzhen.doors.desk.telling import number
from yanzhen.doors.desk.tours.pages import open_desk, page, sees_all
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.network.models import Node
from yanzhen.people.roles import PLAN_ACTIVITIES

FIRST_YEAR = 2020
Rows = list[tuple[str, queries.Figure]]


@staff(PLAN_ACTIVITIES)
def figures(request: Request, code: str) -> HttpResponse:
    """`?year=`; a town's desk sees its own town, a hub's desk the county."""
    node = open_desk(request, code)
    year = _year(request)
    found = _found(request, node, year)
    context = {
        "year": year,
        "years": range(clock.today().year, FIRST_YEAR - 1, -1)[:4],
        "figures": found,
        "tables": [
            (_("按节目"), _by_kind(found)),
            (_("按单位"), _by_unit(found)),
            (_("按镇街"), list(found.by_town.items())),
        ],
        "whole": sees_all(request, node),
    }
    return page(request, node, "figures", context, tab="desk:tour-figures")


@staff(PLAN_ACTIVITIES)
def table(request: Request, code: str) -> HttpResponse:
    """The same as CSV; a byte-order mark so that spreadsheet programs read the Chinese."""
    node = open_desk(request, code)
    year = _year(request)
    found = _found(request, node, year)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mobile-service-{year}.csv"'
    sheet = csv.writer(response)
    sheet.writerow([_("怎么分"), _("项目"), _("场次"), _("人次"), _("还不算数")])
    groups = (
        (_("合计"), [(str(year), found.total)]),
        (_("按节目"), _by_kind(found)),
        (_("按单位"), _by_unit(found)),
        (_("按镇街"), list(found.by_town.items())),
    )
    for title, rows in groups:
        for word, line in rows:
            sheet.writerow([title, word, line.stops, line.heads, line.uncounted])
    return response


def _found(request: Request, node: Node, year: int) -> queries.YearFigures:
    town = "" if sees_all(request, node) else node.site.division.code
    return queries.figures_of(year, until=clock.now(), town_code=town)


def _year(request: Request) -> int:
    today = clock.today().year
    asked = number(request.GET.get("year", ""), longest=4) or today
    return asked if FIRST_YEAR <= asked <= today else today


def _by_kind(found: queries.YearFigures) -> Rows:
    return [
        (str(kind.label), found.by_kind[kind]) for kind in MenuItem.Kind if kind in found.by_kind
    ]


def _by_unit(found: queries.YearFigures) -> Rows:
    return [
        (str(kind.label), found.by_unit[kind]) for kind in Requester.Kind if kind in found.by_unit
    ]
