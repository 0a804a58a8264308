"""Named states for badges and banners: a tone, an icon and a word, never a colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TONES = ("done", "attention", "wrong", "note", "main", "quiet")


@dataclass(frozen=True)
class State:
    """How one state looks and reads. ``tone`` is one of TONES, ``icon`` a key of ICONS."""

    tone: str
    icon: str
    word: str | Promise


STATES: dict[str, State] = {
    "on-shelf": State("done", "check", _("在架")),
    "lent": State("note", "person", _("已借出")),
    "in-transit": State("attention", "truck", _("运送中")),
    "held": State("main", "bell", _("留给预约人")),
    "overdue": State("wrong", "clock", _("逾期")),
    "lost": State("wrong", "warning", _("遗失")),
    "withdrawn": State("quiet", "cross", _("已下架")),
    "open": State("done", "clock", _("开放中")),
    "closed": State("quiet", "lock", _("闭馆")),
    "blocked": State("wrong", "lock", _("已停用")),
    "demo": State("quiet", "info", _("演示")),
    "done": State("done", "check", _("已完成")),
    "attention": State("attention", "warning", _("请留意")),
    "wrong": State("wrong", "cross", _("没有办成")),
    "note": State("note", "info", _("说明")),
    "offline": State("attention", "wifi-off", _("网络断开")),
}
