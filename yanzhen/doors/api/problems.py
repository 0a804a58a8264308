"""Every trouble as RFC 9457 problem+json: a code, a sentence, what to do now."""

import json
import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yanzhen.doors.api.faults import Fault, faults_of
from yanzhen.doors.refused import SOON, held, is_held
from yanzhen.groundwork.refusals import Ground, Refused

log = logging.getLogger(__name__)

TYPES = "/api/v1/problems/"
MEDIA_TYPE = "application/problem+json"


def problem(request: HttpRequest, refused: Refused, faults: Iterable[Fault] = ()) -> HttpResponse:
    """The answer that says no. `faults` name the fields of a body or address that do not fit."""
    body = {
        "type": f"{TYPES}{refused.code}",
        "title": refused.message,
        "status": refused.status,
        "code": refused.code,
        "remedy": refused.remedy,
        "instance": request.path,
    }
    if refused.explain:
        body["explain"] = [ground(each) for each in refused.explain]
    if faults:
        body["errors"] = list(faults)
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text.encode("utf-8", "replace"), MEDIA_TYPE, refused.status)
    if refused.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def ground(each: Ground) -> dict[str, object]:
    """A value an answer rests on; yes and no are 1 and 0."""
    value = None if each.value is None else int(each.value)
    return {
        "name": each.name, "value": value, "rule_id": each.row_id, "document": each.document,
    }  # fmt: skip


def answer_with_problems(api: NinjaAPI) -> None:
    """Teach `api` to answer every exception with a problem."""
    api.exception_handler(Refused)(problem)
    api.exception_handler(ValidationError)(_unfit)
    api.exception_handler(OperationalError)(_held_or_broken)
    api.exception_handler(Exception)(_broken)
    for trouble, refused in _TROUBLES.items():
        api.exception_handler(trouble)(_saying(refused))


def _saying(refused: Callable[[], Refused]) -> Callable[[HttpRequest, Exception], HttpResponse]:
    return lambda request, trouble: problem(request, refused())


def _unfit(request: HttpRequest, trouble: ValidationError) -> HttpResponse:
    refused = Refused(
        "unfit-request",
        _("发来的内容有几处不对。"),
        _("请按 errors 里逐条改好，再发一次。"),
        status=422,
    )
    return problem(request, refused, faults_of(trouble.errors))


def _held_or_broken(request: HttpRequest, trouble: OperationalError) -> HttpResponse:
    if not is_held(trouble):
        return _broken(request, trouble)
    answer = problem(request, held())
    answer["Retry-After"] = str(SOON)
    return answer


def _broken(request: HttpRequest, trouble: Exception) -> HttpResponse:
    log.error("%s %s broke", request.method, request.path, exc_info=trouble)
    return problem(
        request,
        Refused(
            "broken",
            _("系统出了问题，这件事没有办成。"),
            _("请稍后再试；还是不行，请打电话告诉总馆。"),
            status=500,
        ),
    )


def _not_signed_in() -> Refused:
    return Refused(
        "not-signed-in",
        _("要先登录才能做这件事。"),
        _("请在请求头里带上 Authorization: Bearer 和您的令牌，或先在网页上登录。"),
        status=401,
    )


def _unknown_address() -> Refused:
    return Refused(
        "not-found", _("没有这个地址。"), _("请对照 /api/v1/docs 核对地址。"), status=404
    )


def wrong_method() -> Refused:
    return Refused(
        "method-not-allowed",
        _("这个地址不接受这种请求方法。"),
        _("回答的 Allow 头里写着可以用的方法，请对照 /api/v1/docs。"),
        status=405,
    )


def _unreadable() -> Refused:
    return Refused(
        "unreadable-body",
        _("正文不是能读懂的 JSON。"),
        _("请用 UTF-8 编码的 JSON 对象再发一次，Content-Type 写 application/json。"),
        status=400,
    )


def _too_big() -> Refused:
    return Refused(
        "body-too-big",
        _("正文太大了。"),
        _("一次请求只需要几个字段；请核对发来的内容。"),
        status=413,
    )


_TROUBLES: dict[type[Exception], Callable[[], Refused]] = {
    AuthenticationError: _not_signed_in,
    Http404: _unknown_address,
    HttpError: _unreadable,
    RequestDataTooBig: _too_big,
}
