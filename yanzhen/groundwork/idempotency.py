"""The same key gets the same answer: for writes that may be sent twice."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork.models import IdempotencyKey
from yanzhen.groundwork.refusals import Refused

Answer = tuple[int, Any]
KEPT = dt.timedelta(days=7)
FORGOTTEN = 410


def sweep(at: dt.datetime) -> int:
    """Forget keys older than a week: nobody sends the same write that late."""
    return IdempotencyKey.objects.filter(at__lt=at - KEPT).delete()[0]


def forget(since: dt.datetime, **named: Any) -> None:
    """Let go of the answers kept since a moment whose body has these values: who sends the same
    key again is told that it is not kept any more (410)."""
    claimed = since - dt.timedelta(hours=1)  # a key is claimed before its act reads the clock
    rows = IdempotencyKey.objects.filter(at__gte=claimed, status__isnull=False)
    rows = rows.filter(**{f"body__{name}": value for name, value in named.items()})
    rows.update(status=FORGOTTEN, body={"code": "answer-forgotten"})


def once(
    *, account_id: int, key: str, request: str, at: dt.datetime, act: Callable[[], Answer]
) -> Answer:
    """Call `act` unless this account already sent this key; return its (status, JSON) answer.

    The claim of the key and the act share one transaction: either both stay or neither.
    Raises Refused when the key was used for a different request.
    """
    fingerprint = hashlib.sha256(request.encode()).hexdigest()
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                account_id=account_id, key=key, fingerprint=fingerprint, at=at
            )
            status, body = act()
            IdempotencyKey.objects.filter(pk=row.pk).update(status=status, body=body)
            return status, body
    except IntegrityError:
        earlier = IdempotencyKey.objects.filter(account_id=account_id, key=key).first()
        if earlier is None or earlier.status is None:
            raise
    if earlier.fingerprint != fingerprint:
        raise Refused(
            "idempotency-key-reused",
            _("这个请求编号已用于另一件事。"),
            _("请换一个新的 Idempotency-Key 再发一次。"),
            status=422,
        )
    return earlier.status, earlier.body
