"""The pages for addresses that do not exist, are not allowed, or broke."""

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yanzhen.doors.context import county
from yanzhen.doors.refused import refusal_page
from yanzhen.groundwork.refusals import Refused


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(
        request,
        Refused(
            "page-not-found",
            _("没有找到这个页面。"),
            _("地址可能写错了，或者页面已经移走。可以从首页重新找，或打电话问我们。"),
            status=404,
        ),
    )


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """For Django's refusals, and as CSRF_FAILURE_VIEW (`reason` is for developers)."""
    return refusal_page(
        request,
        Refused(
            "form-expired",
            _("这个页面放得太久，没有提交成功。"),
            _("请返回上一页，刷新后重新填写，再提交一次。"),
            status=403,
        ),
    )


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request we cannot take. Nothing of it is trusted, so the page is drawn without it."""
    message, remedy, status = _what_is_wrong(exception)
    context = {**county(HttpRequest()), "message": message, "remedy": remedy}
    return HttpResponse(render_to_string("doors/unreadable.html", context), status=status)


def _what_is_wrong(exception: Exception) -> tuple[str, str, int]:
    if isinstance(exception, DisallowedHost):
        said = _("这台服务器不认识这个网址。"), _("请核对浏览器里的网址，或打电话问我们。")
        return *said, 400
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        said = _("一次交来的内容太多，没有收下。"), _("请返回上一页，分几次提交，或打电话问我们。")
        return *said, 413
    said = _("没有看懂这次请求。"), _("请返回上一页，刷新后再试一次；还是不行，请打电话。")
    return *said, 400


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "doors/broken.html", status=500)
