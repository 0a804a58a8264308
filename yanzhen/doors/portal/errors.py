"""The pages for addresses that do not exist, are not allowed, or broke."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yanzhen.doors.gate import public
from yanzhen.doors.refused import no_such_page, refusal_page
from yanzhen.groundwork.refusals import Refused


@public
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """Any address that nothing else claims: the designed page, with DEBUG as well."""
    return refusal_page(request, no_such_page())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(request, no_such_page())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal_page(
        request,
        Refused(
            "form-expired",
            _("这个页面放得太久，没有提交成功。"),
            _("请返回上一页，刷新后再提交一次；您填的内容不会丢。"),
            status=403,
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "doors/broken.html", status=500)
