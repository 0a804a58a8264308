"""What the desk says after a scan: one huge line, a detail, a state, perhaps an undo."""

from dataclasses import asdict, dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.doors import rule_words
from yanzhen.doors.words import long_day
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import Lent
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holds.models import Hold


@dataclass(frozen=True)
class Said:
    """One banner. `state` is a named state of the design; values only, so that it can be kept
    in a session across a redirect."""

    state: str
    line: str
    detail: str = ""
    undo_url: str = ""
    why: tuple[str, ...] = ()
    lend_anyway: str = ""  # the barcode, where a reason would let the copy be lent

    def as_dict(self) -> dict:
        return asdict(self)


def lent(done: Lent, code: str) -> Said:
    return Said(
        "done",
        _("已借出 · %(due)s 前还") % {"due": long_day(done.due_on)},
        _("《%(title)s》借给 %(name)s，手上共 %(n)d 本，最多 %(most)d 本。")
        % {
            "title": done.title,
            "name": done.person_name,
            "n": done.open_loans,
            "most": done.most_loans,
        },
        reverse("desk:cancel-loan", args=[code, done.loan_id]),
        rule_words.why_lent(done),
    )


def lent_already(loan: Loan, code: str) -> Said:
    """A second Enter within seconds: the same answer, and the same undo."""
    return Said(
        "done",
        _("已借出 · %(due)s 前还") % {"due": long_day(loan.due_on)},
        _("同一本书连扫了两次，只记一次。"),
        reverse("desk:cancel-loan", args=[code, loan.pk]),
    )


def taken(result: Taken, code: str) -> Said:
    """The banner of a return scan; every outcome of `Taken` has its sentence."""
    title = result.copy.bib.title if result.copy else ""
    goes_to = result.goes_to.short_label if result.goes_to else ""
    detail = {"title": title, "to": goes_to, "barcode": result.barcode[:40]}
    if result.hold:
        detail |= {"name": _for_whom(result.hold)}
    if result.outcome == "returned":
        return _returned(result, code, detail)
    state, say_line, say_more = _SAYINGS[result.outcome]
    line, more = say_line(), say_more()
    if result.outcome in {"not_on_loan", "found", "reshelved"} and goes_to:
        more = _("《%(title)s》请放进去往%(to)s的箱子。") + more
    return Said(state, line % detail, more % detail)


def _for_whom(hold: Hold) -> str:
    """The name and the tail of the card, as on the hold shelf."""
    return f"{hold.person.name} {hold.card.number[-4:]}"


_SAYINGS = {
    "held": (
        "done",
        lambda: _("已到 · 放预约架 · %(name)s"),
        lambda: _("《%(title)s》留给 %(name)s，请放到预约架。"),
    ),
    "sent_to_pickup": (
        "in-transit",
        lambda: _("有人预约 · 去 %(to)s"),
        lambda: _("《%(title)s》请放进去往%(to)s的箱子。"),
    ),
    "reshelved": ("note", lambda: _("撤下预约架"), lambda: _("《%(title)s》没有人等了。")),
    "received": ("done", lambda: _("已签收 · 放回书架"), lambda: _("《%(title)s》到馆了。")),
    "sent_on": (
        "in-transit",
        lambda: _("路过本馆 · 继续送去 %(to)s"),
        lambda: _("《%(title)s》不在这里下车，请放进去往%(to)s的箱子。"),
    ),
    "still_leaving": (
        "in-transit",
        lambda: _("正等着送去 %(to)s"),
        lambda: _("《%(title)s》已经登记发出，请放进去往%(to)s的箱子。"),
    ),
    "in_repair": (
        "attention",
        lambda: _("等着修补"),
        lambda: _("《%(title)s》修好后，在这册书的页面点“修好了”，再送回去。"),
    ),
    "already_here": (
        "note",
        lambda: _("本来就在架"),
        lambda: _("《%(title)s》没有借出，放回书架就好。要借给读者，请先扫读者证。"),
    ),
    "not_on_loan": (
        "attention",
        lambda: _("别馆的书，没有借出记录"),
        lambda: _("已记入“待核对”。"),
    ),
    "found": (
        "attention",
        lambda: _("报失的书找到了"),
        lambda: _("《%(title)s》已收下，并记入“待核对”。"),
    ),
    "withdrawn": (
        "attention",
        lambda: _("这本书已经剔旧"),
        lambda: _("《%(title)s》已收下，请放到“待核对”处，由总馆决定。"),
    ),
    "unknown": (
        "attention",
        lambda: _("收下了 · 不认识这个条码"),
        lambda: _("%(barcode)s 不在馆藏里，已记入“待核对”。书请先放一边，告诉读者已经收到。"),
    ),
}


_FLOATS = {
    "stays": lambda: _("浮动：留在本馆。"),
    "full": lambda: _("浮动：本馆放满了，送回去。"),
    "enough": lambda: _("浮动：本馆这种书够了，送回去。"),
    "excluded": lambda: _("浮动：这种书不留，送回去。"),
    "waited_for": lambda: _("浮动：有读者等着，先给预约的人。"),
}


def _returned(result: Taken, code: str, detail: dict) -> Said:
    line = _("已还 · 去 %(to)s") % detail if result.goes_to else _("已还 · 放回书架")
    if result.hold:
        on_road, here = _("已还 · 有人预约 · 去 %(to)s"), _("已还 · 放预约架 · %(name)s")
        line = (on_road if result.goes_to else here) % detail
    more = _("《%(title)s》") % detail
    if result.goes_to:
        more += _("请放进去往%(to)s的箱子。") % detail
    if result.floats:
        more += _FLOATS[result.floats]()
    if result.overdue_days:
        more += ngettext(
            "晚了 %(n)d 天，不收费，提醒一声就好。",
            "晚了 %(n)d 天，不收费，提醒一声就好。",
            result.overdue_days,
        ) % {"n": result.overdue_days}
    state = "in-transit" if result.goes_to else "done"
    undo = reverse("desk:cancel-return", args=[code, result.loan.pk]) if result.loan else ""
    return Said(state, line, more, undo)


def renewed(loan: Loan) -> Said:
    return Said(
        "done",
        _("已续借 · %(due)s 前还") % {"due": long_day(loan.due_on)},
        _("《%(title)s》") % {"title": loan.copy.bib.title},
        why=rule_words.why_loan(loan),
    )


def refused(refusal: Refused, barcode: str = "") -> Said:
    """A refusal; a copy set aside for another may be asked for again with a reason."""
    held = refusal.code == "copy-held-for-another"
    anyway = barcode if held else ""
    why = rule_words.why_refused(refusal)
    return Said("wrong", refusal.message, refusal.remedy, why=why, lend_anyway=anyway)


def undone(line: str, title: str) -> Said:
    return Said("note", line, _("《%(title)s》") % {"title": title})
