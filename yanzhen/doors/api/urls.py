"""JSON API addresses: ninja's, each opened the same way; what is unknown answers as a problem."""

import functools
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView

from yanzhen.doors.api.api import api
from yanzhen.doors.api.problems import problem, wrong_method
from yanzhen.doors.gate import checks_itself, public


def opened(view: Callable) -> Callable:
    """A view that speaks the caller's language and answers with problems whatever happens.

    The language comes from the request itself, not from the address as on the pages.
    """

    @checks_itself
    @functools.wraps(view)
    def door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = _answered(view, request, args, kwargs)
        response["Content-Language"] = language
        if hasattr(request, "auth"):
            response["Cache-Control"] = "private, no-store"
        return response

    return door


def _answered(view: Callable, request: HttpRequest, args: tuple, kwargs: dict) -> HttpResponse:
    try:
        response = view(request, *args, **kwargs)
    except Exception as trouble:
        return api.on_exception(request, trouble)
    if response.status_code != 405:
        return response
    refusal = problem(request, wrong_method())
    refusal["Allow"] = response["Allow"]
    return refusal


@csrf_exempt
def _unknown(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404(rest)


_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    _pattern.callback = opened(_pattern.callback)

urlpatterns = [
    path("", public(RedirectView.as_view(pattern_name="api:openapi-view"))),
    path("", (_patterns, _app, _namespace)),
    path("<path:rest>", opened(_unknown)),
]
