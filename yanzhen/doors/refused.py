"""Turns a refusal that no view has shown beside its form into a page, or into a fragment."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused


class RefusedToPage:
    """Middleware: a Refused or Http404 raised by a view becomes a designed page, DEBUG or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, Refused):
            return refusal_page(request, trouble)
        if isinstance(trouble, Http404):
            return refusal_page(request, no_such_page())
        return None


def no_such_page() -> Refused:
    return Refused(
        "page-not-found",
        _("没有找到这个页面。"),
        _("地址可能写错了，或者页面已经移走。可以从首页重新找，或打电话问我们。"),
        status=404,
    )


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page (or htmx fragment) that tells a person what was refused and what to do now."""
    fragment = request.headers.get("HX-Request") == "true"
    template = "doors/refused_fragment.html" if fragment else "doors/refused.html"
    return render(request, template, {"refused": refused}, status=refused.status)
