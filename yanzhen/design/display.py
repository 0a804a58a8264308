"""How a visitor wants to see the pages: mode and theme, in two cookies, with or without scripts.

A link ``?display=elder`` on any address sets the choice and leads back to the same address,
so it also works printed on a poster or read out over the telephone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString

MODES = ("standard", "elder", "contrast")
THEMES = ("auto", "light", "dark")
MODE_COOKIE, THEME_COOKIE = "yz_mode", "yz_theme"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    """One visitor's choice; anything unknown in a cookie counts as the default."""

    mode: str = MODES[0]
    theme: str = THEMES[0]


def display_of(cookies: dict[str, str]) -> Display:
    """Read the choice from cookies."""
    mode, theme = cookies.get(MODE_COOKIE, ""), cookies.get(THEME_COOKIE, "")
    return Display(mode if mode in MODES else MODES[0], theme if theme in THEMES else THEMES[0])


class DisplayMiddleware:
    """Sets ``request.display`` and answers ``?display=…``. Belongs before any page cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("display", "")
        if request.method == "GET" and chosen in MODES + THEMES:
            return _remember(request, chosen)
        request.display = display_of(request.COOKIES)  # type: ignore[attr-defined]
        return self.get_response(request)


def with_display(query: QueryDict) -> SafeString:
    """The beginning of a link that changes the display and keeps the rest of the query."""
    if "display" in query:
        query = query.copy()
        del query["display"]
    return escape(f"?{query.urlencode()}&display=" if query else "?display=")


def _remember(request: HttpRequest, chosen: str) -> HttpResponse:
    rest = request.GET.copy()
    del rest["display"]
    # A leading double slash would send the visitor to another host.
    path = "/" + request.path.lstrip("/")
    answer = HttpResponseRedirect(f"{path}?{rest.urlencode()}" if rest else path)
    cookie = MODE_COOKIE if chosen in MODES else THEME_COOKIE
    answer.set_cookie(cookie, chosen, max_age=YEAR, samesite="Lax")
    return answer
