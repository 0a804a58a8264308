"""JSON API addresses: ninja's, each opened the same way; what is unknown answers as a problem."""

import functools
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView

from yanzhen.doors.api.answers import answer
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
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves the body out
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


def _kind_of_problem(request: HttpRequest, code: str) -> HttpResponse:
    """Where the `type` of a problem points: the particular case is told in each answer itself."""
    return answer(
        {
            "code": code,
            "explanation": _(
                "这是雁阵拒绝一次请求时给出的代码。每次回答里，title 说明发生了什么，"
                "remedy 说明现在怎么办；程序请比较 code，文字给人看。"
            ),
            "documentation": reverse("api:openapi-view"),
        }
    )


_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    assert _pattern.callback
    _pattern.callback = opened(_pattern.callback)

urlpatterns = [
    path("", public(RedirectView.as_view(pattern_name="api:openapi-view"))),
    path("", (_patterns, _app, _namespace)),
    path("problems/<slug:code>", opened(_kind_of_problem)),
    path("<path:rest>", opened(_unknown)),
]
