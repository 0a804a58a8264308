"""A straight way for programs: a call with a token needs no session, no cookies and no messages.

Whoever sends `Authorization: Bearer …` to the API is known by that alone (callers.py). What the
middleware for pages would do for such a call is nothing, and takes longer than most answers.
What stands before this lane (HTTPS, security headers) is kept. Why: docs/decisions/0034.
"""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.cache import patch_vary_headers

from yanzhen.groundwork import generations
from yanzhen.people.roles import NOBODY

ROOT = "/api/"


class TokenLane:
    """Middleware: calls with a token go straight to their view; all others go on as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _comes_with_a_token(request):
            return self.get_response(request)
        try:
            match = _resolved(request.path_info)
        except Resolver404:
            return self.get_response(request)
        access = getattr(match.func, "access", None)
        if access is None or access.kind != "token":
            return self.get_response(request)
        request.get_host()  # raises DisallowedHost, answered with 400
        request.resolver_match = match
        request.actor = NOBODY  # type: ignore[attr-defined]  # until the token has said who
        with generations.read_once():
            response = match.func(request, *match.args, **match.kwargs)
        patch_vary_headers(response, ("Accept-Language",))
        if not response.streaming and not response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        return response


@lru_cache(maxsize=1024)
def _resolved(path: str) -> ResolverMatch:
    """The view of a path, remembered: machines call the same few all day. Raises Resolver404."""
    return resolve(path)


def _comes_with_a_token(request: HttpRequest) -> bool:
    sent = request.META.get("HTTP_AUTHORIZATION", "")
    return sent[:7].lower() == "bearer " and request.path_info.startswith(ROOT)
