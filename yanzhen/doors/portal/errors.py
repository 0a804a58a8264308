"""The pages for addresses that do not exist, are not allowed, or broke."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

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
