"""The first page: search first, then what is near and new, three doors, the telephone."""

from html import escape

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from yanzhen.culture.activities.queries import near_and_soon
from yanzhen.doors.gate import Request, public
from yanzhen.doors.portal.activities.words import lines
from yanzhen.doors.portal.branches_words import now_of
from yanzhen.groundwork import clock
from yanzhen.library.circulation.queries import default_terms
from yanzhen.library.discovery.queries import new_titles, titles_near
from yanzhen.library.patrons.queries import current_card_of
from yanzhen.network.models import Node
from yanzhen.network.opening import calendar_of
from yanzhen.network.queries import libraries_to_visit

TOWN_COOKIE = "yz_town"
NEW_TITLES = 7
NEAR_TITLES = 3
SOON = 4
A_YEAR = 365 * 24 * 3600


@public
def home(request: Request) -> HttpResponse:
    """`?town=` remembers which branch is near; without one the main library is shown."""
    branches, moment = libraries_to_visit(), clock.now()
    chosen = request.GET.get("town") or request.COOKIES.get(TOWN_COOKIE, "") or _own(request)
    near = next((node for node in branches if node.code == chosen), (*branches, None)[0])
    context = {
        "options": _options(branches, near),
        "near": near,
        "new_titles": new_titles(NEW_TITLES),
        "now": now_of(near, calendar_of(near.pk), moment) if near else None,
        "soon": lines(near_and_soon(moment, SOON)),
        "near_titles": titles_near(near, NEAR_TITLES) if near else [],
    }
    response = render(request, "portal/home.html", context)
    if near and request.GET.get("town") == near.code:
        response.set_cookie(TOWN_COOKIE, near.code, max_age=A_YEAR, samesite="Lax")
    return response


@public
def how(request: Request) -> HttpResponse:
    """How to get a card, borrow, return and renew, in few words."""
    return render(request, "portal/how.html", {"terms": default_terms(clock.today())})


@public
def elder(request: Request) -> HttpResponse:
    """The elder view by an address that can be read out over the telephone."""
    return redirect(f"{reverse('portal:home')}?display=elder")


def _options(branches: list[Node], near: Node | None) -> SafeString:
    """The choice of branches, written here: it was a third of the page's time in the template."""
    drawn = []
    for node in branches:
        selected = " selected" if node is near else ""
        drawn.append(f'<option value="{node.code}"{selected}>{escape(node.short_label)}</option>')
    return mark_safe("".join(drawn))  # noqa: S308 - labels are escaped, codes are slugs


def _own(request: Request) -> str:
    """The branch on the card of whoever has signed in."""
    card = current_card_of(request.actor.person_id) if request.actor.person_id else None
    return card.home_node.code if card else ""
