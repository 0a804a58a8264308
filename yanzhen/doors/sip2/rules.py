"""Rules of machines: values in, a refusal or None out."""

from django.utils.translation import gettext as _

from yanzhen.doors.sip2.models import networks
from yanzhen.groundwork.refusals import Refused


def an_account_belongs_to_one_machine(taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "terminal-account-taken", _("已经有一台机器用这个账号。"), _("请换一个，例如加上楼层。")
    )


def addresses_must_be_readable(text: str) -> Refused | None:
    try:
        networks(text)
    except ValueError:
        return Refused(
            "addresses-unreadable",
            _("有一个地址看不懂。"),
            _("请填 IP 地址，例如 192.168.1.20，或网段 192.168.1.0/24，用逗号隔开。"),
            status=422,
        )
    return None
