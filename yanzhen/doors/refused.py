"""Turns a refusal that no view has shown beside its form into a page, or into a fragment."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

SOON = 5  # seconds after which to try again


class RefusedToPage:
    """Middleware: a Refused raised by a view becomes a designed page with its own status.

    So does a database that was held by somebody else for longer than we wait.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, Refused):
            return refusal_page(request, trouble)
        if is_held(trouble):
            answer = refusal_page(request, held())
            answer["Retry-After"] = str(SOON)
            return answer
        return None


def is_held(trouble: Exception) -> bool:
    """Whether this is SQLite's "database is locked" or PostgreSQL's "deadlock detected"."""
    said = str(trouble)
    return isinstance(trouble, OperationalError) and ("locked" in said or "deadlock" in said)


def held() -> Refused:
    return Refused(
        "database-held",
        _("这会儿正有别的事在写入，这一步没有办成。"),
        _("什么都没有改动。请等几秒，再做一次。"),
        status=503,
    )


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page (or htmx fragment) that tells a person what was refused and what to do now."""
    fragment = request.headers.get("HX-Request") == "true"
    template = "doors/refused_fragment.html" if fragment else "doors/refused.html"
    return render(request, template, {"refused": refused}, status=refused.status)
