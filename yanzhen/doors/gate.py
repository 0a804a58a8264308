"""Who may open which address: every view declares it, and what declares nothing stays shut."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yanzhen.doors.refused import refusal_page
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Account
from yanzhen.people.roles import NOBODY, Actor, actor_of


class Request(HttpRequest):
    """A request behind the Gate: it knows who acts. Behind `signed_in` and `staff`, `user` is the
    account; before them it may be Django's anonymous user."""

    actor: Actor
    user: Account  # type: ignore[assignment]


@dataclass(frozen=True)
class Access:
    """What an address asks of its caller: "public", "signed-in", "staff" or "token".

    Staff need `capability`; where `or_else` is named, that one will do as well.
    """

    kind: str
    capability: str = ""
    or_else: str = ""

    def is_kept_by(self, actor: Actor) -> bool:
        """Whether this member of staff may come in."""
        return actor.may(self.capability) or bool(self.or_else and actor.may(self.or_else))


def _declare(view: Callable, access: Access) -> Callable:
    @functools.wraps(view)
    def opened(*args, **kwargs):
        return view(*args, **kwargs)

    opened.access = access  # type: ignore[attr-defined]
    return opened


def public(view: Callable) -> Callable:
    """Open to everybody."""
    return _declare(view, Access("public"))


def signed_in(view: Callable) -> Callable:
    """Open to anybody who has signed in; the view shows only what is theirs."""
    return _declare(view, Access("signed-in"))


def staff(capability: str, *, or_else: str = "") -> Callable[[Callable], Callable]:
    """Open to staff who hold `capability` (or the other one) somewhere; the use-case asks again
    for the node."""
    return lambda view: _declare(view, Access("staff", capability, or_else))


def checks_itself(view: Callable) -> Callable:
    """For doors with their own way of signing in (API tokens, protocols)."""
    return _declare(view, Access("token"))


class Gate:
    """Sets `request.actor` and lets a request through only as its view's declaration allows.

    What is open to some only is kept by no browser and no proxy: the next at a borrowed computer
    sees nothing of it with the back button.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.resolver_match is not None:
            access = getattr(request.resolver_match.func, "access", None)
            if access is not None and access.kind in {"signed-in", "staff"}:
                response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: Request, view, args, kwargs) -> HttpResponse | None:
        access = getattr(view, "access", None)
        if access is None:
            return refusal_page(request, _closed())
        if access.kind in {"public", "token"}:
            return None
        if not request.user.is_authenticated:
            return _sign_in_first(request, access)
        if access.kind == "staff" and not access.is_kept_by(request.actor):
            return refusal_page(request, _closed())
        return None


def _sign_in_first(request: HttpRequest, access: Access) -> HttpResponse:
    """To the sign-in page, and from there back to the page one was on.

    A form or a fragment has no page of its own to come back to; and htmx would put the sign-in
    page into the middle of the old one, so it is told to leave it.
    """
    in_part = request.headers.get("HX-Request") == "true"
    whole_page = request.method in {"GET", "HEAD"} and not in_part
    wanted = request.get_full_path() if whole_page else _page_before(request, access)
    answer = redirect_to_login(wanted)
    return HttpResponse(status=204, headers={"HX-Redirect": answer.url}) if in_part else answer


def _page_before(request: HttpRequest, access: Access) -> str:
    """The page of ours that sent this request; else where such work begins."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        before, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if before and ours:
        return urlsplit(before)._replace(scheme="", netloc="", fragment="").geturl()
    return reverse("desk:choose" if access.kind == "staff" else "portal:me")


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return NOBODY
    return actor_of(request.user, on=clock.today())


def _closed() -> Refused:
    return Refused(
        "no-permission",
        _("这个页面不在您的工作范围里。"),
        _("如果工作需要，请总馆馆长在“人员与权限”里给您加上。"),
        status=403,
    )
