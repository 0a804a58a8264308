"""Turns a refusal that no view has shown beside its form into a page, or into a fragment."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yanzhen.groundwork.refusals import Refused


class RefusedToPage:
    """Middleware: a Refused raised by a view becomes a designed page with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, Refused):
            return refusal_page(request, trouble)
        return None


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page (or htmx fragment) that tells a person what was refused and what to do now."""
    fragment = request.headers.get("HX-Request") == "true"
    template = "doors/refused_fragment.html" if fragment else "doors/refused.html"
    return render(request, template, {"refused": refused}, status=refused.status)
