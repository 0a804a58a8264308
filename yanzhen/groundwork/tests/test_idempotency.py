import datetime as dt

import pytest

from yanzhen.groundwork import idempotency
from yanzhen.groundwork.refusals import Refused

AT = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def once(act, *, key="k1", request="POST /loans {}", at=AT):
    return idempotency.once(account_id=1, key=key, request=request, at=at, act=act)


def test_the_same_key_gets_the_same_answer_and_acts_once():
    acts = []
    answers = [once(lambda: acts.append(1) or (201, {"n": len(acts)})) for _ in range(2)]
    assert answers == [(201, {"n": 1})] * 2
    assert acts == [1]


def test_a_key_means_one_request_only():
    once(lambda: (201, {}))
    with pytest.raises(Refused, match="idempotency-key-reused"):
        once(lambda: (201, {}), request="POST /other {}")


def test_a_refused_act_leaves_the_key_free():
    def refuse():
        raise Refused("no", "不行")

    with pytest.raises(Refused):
        once(refuse)
    assert once(lambda: (201, {"ok": True})) == (201, {"ok": True})


def test_an_old_key_is_forgotten():
    once(lambda: (201, {}))
    assert idempotency.sweep(AT) == 0
    assert idempotency.sweep(AT + idempotency.KEPT + dt.timedelta(hours=1)) == 1
