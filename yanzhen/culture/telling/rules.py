"""Rules of telling: values in, a refusal or None out."""

from django.utils.translation import gettext as _

from yanzhen.culture.telling.models import Notice
from yanzhen.groundwork.refusals import Refused

Reason = Notice.Reason


def overtaken_by(reason: str) -> tuple[str, ...]:
    """What need not be said any more once this is to be said: a session that went on once more, or
    that does not take place at all."""
    if reason == Reason.CANCELLED:
        return tuple(Reason.values)
    return (Reason.MOVED,) if reason == Reason.MOVED else ()


def who_was_told_is_not_rung_up_again(told_by: str) -> Refused | None:
    if not told_by:
        return None
    return Refused(
        "told-already",
        _("这件事%(who)s已经说过了。") % {"who": told_by},
        _("不用再打电话；说错了请先撤销。"),
    )


def a_telling_says_how(how: str) -> Refused | None:
    if how in Notice.Way.values:
        return None
    return Refused("way-missing", _("还没有选怎么说的。"), _("请选电话或当面。"), status=422)
