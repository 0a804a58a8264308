"""Rules in the words of the screen."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.groundwork.refusals import Ground, Refused
from yanzhen.library.circulation.explaining import Due, due, given, of_loan
from yanzhen.library.circulation.lending import Lent
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.ruling import VALUES, RuleRow
from yanzhen.library.holdings.models import ItemKind
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.ruling import of_hold
from yanzhen.library.patrons.models import ReaderCategory
from yanzhen.network.models import Node, in_language
from yanzhen.network.opening import calendar_of

VALUE_WORDS = {
    "loan_days": gettext_lazy("借期（天）"),
    "max_loans": gettext_lazy("最多几本"),
    "max_renewals": gettext_lazy("续借次数"),
    "lendable": gettext_lazy("能否外借"),
    "max_loans_kind": gettext_lazy("同类最多几本"),
    "max_loans_owned": gettext_lazy("同一所属馆最多几本"),
    "max_holds": gettext_lazy("最多同时预约几本"),
    "pickup_days": gettext_lazy("预约架上留几天"),
    "on_shelf_at_pickup": gettext_lazy("取书馆架上有的"),
    "adult_only": gettext_lazy("不适合未成年人的书"),
}
YES_NO = {
    "lendable": (gettext_lazy("外借"), gettext_lazy("不外借")),
    "on_shelf_at_pickup": (gettext_lazy("可以预约"), gettext_lazy("直接去借")),
    "adult_only": (gettext_lazy("不借给少儿证"), ""),
}
RULE_WORDS = {
    "a_card_must_be_known": gettext_lazy("有这张读者证"),
    "a_copy_must_be_known": gettext_lazy("馆藏里有这本书"),
    "a_card_must_be_active": gettext_lazy("读者证有效"),
    "a_blocked_reader_does_not_borrow": gettext_lazy("读者没有停借"),
    "a_copy_on_loan_is_not_lent_again": gettext_lazy("书没有借出"),
    "a_lost_copy_is_returned_before_it_is_lent": gettext_lazy("书没有报失"),
    "a_withdrawn_copy_is_not_lent": gettext_lazy("书没有剔旧"),
    "a_copy_held_for_another_is_lent_with_a_reason": gettext_lazy("书没有留给别的读者"),
    "a_reading_room_copy_stays_in_the_house": gettext_lazy("书可以带出馆"),
    "an_adult_only_copy_is_not_lent_to_a_child": gettext_lazy("适合这位读者的年龄"),
    "a_kind_must_be_lendable": gettext_lazy("这类资料外借给这类读者"),
    "a_reader_keeps_within_the_limit": gettext_lazy("没有超过总册数"),
    "a_reader_keeps_within_the_limit_of_a_kind": gettext_lazy("没有超过这一类的册数"),
    "a_reader_keeps_within_the_limit_of_an_owner": gettext_lazy("没有超过所属馆的册数"),
}
EFFECT_WORDS = {
    "refused": gettext_lazy("借不成了"),
    "allowed": gettext_lazy("变得能借"),
    "earlier": gettext_lazy("到期提前"),
    "later": gettext_lazy("到期推后"),
    "renewals": gettext_lazy("续借次数不够用"),
}


class Names:
    """The names of categories, kinds and nodes, read once for a page."""

    def __init__(self) -> None:
        self.categories = {
            each.code: in_language(each.name, each.name_en) for each in ReaderCategory.objects.all()
        }
        self.kinds = {
            each.code: in_language(each.name, each.name_en) for each in ItemKind.objects.all()
        }
        nodes = list(Node.objects.libraries())
        self.paths = {node.path: node.short_label for node in nodes}
        self.nodes = {node.pk: node.short_label for node in nodes}

    def keys(self, row: RuleRow) -> str:
        """For whom a row is: 默认, or the keys it has."""
        return self.made_for(row.keys)

    def made_for(self, keys: tuple[str, ...]) -> str:
        category, kind, path = keys
        parts = [
            self.categories.get(category, category),
            self.kinds.get(kind, kind),
            self.paths.get(path, path),
        ]
        return " × ".join(part for part in parts if part) or _("默认规则")

    def given(self, each: Ground) -> str:
        """One value and where it comes from, as a sentence."""
        told = {
            "word": VALUE_WORDS[each.name],
            "value": value_word(each.name, each.value),
            "row": self.made_for(each.keys) if each.keys else "",
            "document": each.document,
        }
        if not each.document:
            return _("%(word)s：%(value)s") % told
        if each.row_id is None:
            return _("%(word)s：%(value)s。依据%(document)s") % told
        return _("%(word)s：%(value)s。来自“%(row)s”，%(document)s") % told


def value_word(name: str, value: Any) -> str:
    if value is None:
        return _("不限")
    if name in YES_NO:
        return str(YES_NO[name][0 if value else 1])
    return str(value)


def values_line(values: dict[str, Any]) -> str:
    """What a row sets, in one line."""
    said = [f"{VALUE_WORDS[n]} {value_word(n, values[n])}" for n in VALUES if n in values]
    return "；".join(said)


def due_lines(due: Due, branch: str) -> list[str]:
    """Why the book falls due on that day."""
    told = {
        "start": due.start, "days": due.days, "counted": due.counted, "branch": branch,
        "due": due.due_on,
    }  # fmt: skip
    lines = [_("从 %(start)s 起算 %(days)d 天，是 %(counted)s；按%(branch)s的开放日看。") % told]
    for each in due.passed[:10]:
        why = each.notice or _("当天不开门")
        lines.append(_("%(day)s 闭馆（%(why)s），往后顺延。") % {"day": each.day, "why": why})
    return [*lines, _("%(due)s 开门，就在这天到期。") % told]


def why_lent(done: Lent) -> tuple[str, ...]:
    """For the quiet line under the banner: the day first, then every value and its row."""
    names = Names()
    traced = due(done.lent_on, done.ruling.loan_days, calendar_of(done.node.pk))
    return (
        *due_lines(traced, done.node.short_label),
        *(names.given(each) for each in given(done.ruling) if each.row_id),
    )


def why_refused(refused: Refused) -> tuple[str, ...]:
    """The rows or laws a refusal rests on; empty when it rests on the state of a book or card."""
    if not refused.explain:
        return ()
    names = Names()
    return tuple(names.given(each) for each in refused.explain)


def why_loan(loan: Loan, names: Names | None = None) -> tuple[str, ...]:
    """What an open loan was made under: days and renewals, each with its row."""
    grounds = [each for each in of_loan(loan) if each.name in ("loan_days", "max_renewals")]
    names = names or Names()
    return tuple(names.given(each) for each in grounds)


def why_hold(hold: Hold, names: Names | None = None) -> tuple[str, ...]:
    """What a hold was placed under."""
    names = names or Names()
    return tuple(names.given(each) for each in of_hold(hold) if each.name != "on_shelf_at_pickup")
