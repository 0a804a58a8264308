"""What is done at a branch besides lending: the page that leads there.

Each area is a page of its own; an entry here makes it found, and says who sees it.
"""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.people.roles import COUNT_STOCK, SEE_STOCK


class Area(NamedTuple):
    """One line of the page: the address's name, what it is called, what it is for."""

    url_name: str
    word: str | Promise
    about: str | Promise
    capability: str


AREAS: tuple[Area, ...] = (
    Area(
        "desk:counts", _("清点"), _("一架一架扫过去，看哪本在、哪本缺、哪本放错了。"), COUNT_STOCK
    ),
)


@staff(SEE_STOCK)
def listing(request: Request, code: str) -> HttpResponse:
    """The areas somebody may enter at this branch."""
    node = desk_node(code, request.actor, SEE_STOCK)
    doors = [
        (reverse(area.url_name, args=[node.code]), area)
        for area in AREAS
        if request.actor.may(area.capability, node.path)
    ]
    return render(request, "desk/areas.html", {"node": node, "desk_areas": True, "doors": doors})
