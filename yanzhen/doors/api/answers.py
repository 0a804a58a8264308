"""Plain JSON answers, and writes that may be sent twice."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yanzhen.doors.api.callers import Call
from yanzhen.groundwork import clock
from yanzhen.groundwork.idempotency import Answer, once
from yanzhen.groundwork.refusals import Refused

KEY = "Idempotency-Key"
_READABLE_KEY = re.compile(r"[\x21-\x7e]{1,120}")


def answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    """`body` as it is, without another validation."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text.encode(), "application/json", status)


def written(request: Call, act: Callable[[], Answer]) -> HttpResponse:
    """The answer of `act`; with an Idempotency-Key, the one already given to this key.

    Raises Refused for a key that was used for another request. A refusal is not kept: the same key
    may try again.
    """
    key = request.headers.get(KEY)
    status, body = act() if key is None else _once(request, key, act)
    return answer(body, status)


def _once(request: Call, key: str, act: Callable[[], Answer]) -> Answer:
    if not _READABLE_KEY.fullmatch(key):
        raise Refused(
            "idempotency-key-unfit",
            _("Idempotency-Key 只能是 1 到 120 个英文字母、数字或符号。"),
            _("请用一个随机的 UUID 作为编号。"),
            status=422,
        )
    account_id = request.actor.account_id
    assert account_id is not None  # nothing is written by anybody unknown
    sent = request.body.decode("utf-8", "backslashreplace")
    return once(
        account_id=account_id,
        key=key,
        at=clock.now(),
        act=act,
        request=f"{request.method} {request.path}\n{sent}",
    )
