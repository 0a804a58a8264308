"""How far a wish or an order has come, in a word, a tone and an icon."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanzhen.library.acquisitions.models import Order, Wish


class Word(NamedTuple):
    tone: str
    icon: str
    word: str | Promise

    def badge(self) -> dict[str, Any]:
        return {"tone": self.tone, "icon_name": self.icon, "word": self.word}


WORDS = {
    "waiting": Word("attention", "clock", _("等总馆答复")),
    "chosen": Word("main", "check", _("已选上，准备下单")),
    "ordered": Word("note", "truck", _("已下单")),
    "arrived": Word("done", "check", _("书到了")),
    "unavailable": Word("quiet", "cross", _("买不到")),
    "declined": Word("quiet", "info", _("这次不买")),
    "draft": Word("attention", "pencil", _("草稿")),
    "coming": Word("note", "truck", _("等到书")),
    "complete": Word("done", "check", _("已办完")),
    "cancelled": Word("quiet", "cross", _("已取消")),
}


def word_of(wish: Wish) -> str:
    """The key in WORDS; the wish carries `arrived` (queries.wishes_of, suggestions_of)."""
    if wish.decided_at is None:
        return "waiting"
    if wish.line is None:
        return "declined"
    if wish.arrived:  # type: ignore[attr-defined]
        return "arrived"
    if wish.line.given_up_for or wish.line.order.cancelled_at:
        return "unavailable"
    return "chosen" if wish.line.order.is_draft else "ordered"


def word_of_order(order: Order) -> str:
    """The key in WORDS; the order carries `outstanding` (queries.orders)."""
    if order.cancelled_at:
        return "cancelled"
    if order.placed_at is None:
        return "draft"
    return "coming" if order.outstanding else "complete"  # type: ignore[attr-defined]  # annotated
