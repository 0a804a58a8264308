"""The obvious ways to settle each kind of exception; the first is the usual one."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from yanzhen.library.circulation.models import ReturnException
from yanzhen.people.roles import CIRCULATE, MOVE_STOCK, WITHDRAW_STOCK

Kind = ReturnException.Kind


class Choice(NamedTuple):
    """One way: its name, its word (which becomes the outcome), what the text beside it is for,
    and who may choose it."""

    name: str
    word: Promise
    wants: Promise | str = ""
    capability: str = CIRCULATE


OTHER = Choice("other", _lazy("其他，写一句"), _lazy("怎么处理的"))
HERE = Choice("here", _lazy("书在这里，扫到了"))
RETURNS: dict[str, tuple[Choice, ...]] = {
    Kind.UNKNOWN: (
        Choice("given_back", _lazy("不是本区的书，已退给读者")),
        Choice("old_barcode", _lazy("是旧条码，指的是这册书"), _lazy("这册书现在的条码")),
        Choice("to_cataloguing", _lazy("收下，交总馆编目")),
        OTHER,
    ),
    Kind.NOT_ON_LOAN: (Choice("sent_home", _lazy("查过，已送回所属馆")), OTHER),
    Kind.LOST_FOUND: (
        Choice("reshelved", _lazy("书完好，照常上架")),
        Choice("damaged", _lazy("有破损，标上"), _lazy("破在哪里")),
        OTHER,
    ),
    Kind.WITHDRAWN: (
        Choice("disposed", _lazy("照剔旧的书处理了")),
        Choice("restored", _lazy("撤销剔旧，放回馆藏"), _lazy("为什么"), WITHDRAW_STOCK),
        OTHER,
    ),
    Kind.OFFLINE: (
        Choice("kept", _lazy("查过，现在的借阅没有错")),
        Choice("taken_back", _lazy("书在这里，按还书办")),
        OTHER,
    ),
}
DISPUTE = (HERE, Choice("lost", _lazy("两头都找过，报告遗失"), _lazy("怎么找的"), MOVE_STOCK))
