"""The loan rules of the demo county 演示, and which of them a loan is made under."""

import datetime as dt
from typing import Any

from yanzhen.groundwork import generations
from yanzhen.library.circulation.models import DraftRow, LoanRule, RuleDraft
from yanzhen.library.circulation.ruling import GENERATION, Ruling, choose, in_force
from yanzhen.library.holdings.models import ItemKind
from yanzhen.library.patrons.models import ReaderCategory

SINCE = dt.date(2022, 4, 11)
# Categories, kinds ("" is every one), what the row sets, document. What is not set is inherited.
RULES: tuple[tuple[list[str], list[str], dict[str, Any], str], ...] = (
    ([""], [""], {"loan_days": 30, "max_loans": 10, "max_renewals": 1, "lendable": True},
     "演示：全区通借通还默认规则"),
    ([""], ["children"], {"max_renewals": 2}, "演示：少儿图书可续借两次"),
    (["disabled"], [""], {"loan_days": 45, "max_loans": 20},
     "演示：残疾读者多借十本、多借十五天（普惠与特惠相结合）"),
    (["disabled", "elder"], ["braille", "large_print", "audio"],
     {"loan_days": 60, "max_renewals": 2}, "演示：残障读者和老年读者借阅无障碍读物"),
    ([""], ["periodical"], {"loan_days": 15}, "演示：期刊借期十五天"),
    ([""], ["local"], {"max_renewals": 0, "lendable": False}, "演示：地方文献馆内阅览，不外借"),
)  # fmt: skip


def make_plans(*, at: dt.datetime) -> None:
    """What is decided but does not act yet, and a draft that is still thought over."""
    elder = ReaderCategory.objects.get(code="elder")
    LoanRule.objects.create(
        category=elder, loan_days=45, valid_from=at.date() + dt.timedelta(days=14),
        document="演示：馆务会议定，老年读者借期延长", set_at=at, set_by="演示馆长",
    )  # fmt: skip
    draft = RuleDraft.objects.create(name="演示：少借几本会怎样", made_at=at, made_by="演示馆长")
    DraftRow.objects.create(draft=draft, loan_days=20, max_loans=5, max_renewals=1, lendable=True)
    DraftRow.objects.create(draft=draft, category=elder, max_loans=8)
    generations.bump(GENERATION)


def make_rules(categories: dict[str, ReaderCategory], kinds: dict[str, ItemKind]) -> None:
    """Write the rules down."""
    LoanRule.objects.bulk_create(
        LoanRule(
            category=categories.get(category),
            kind=kinds.get(kind),
            **values,
            valid_from=SINCE,
            document=document,
        )
        for for_categories, for_kinds, values, document in RULES
        for category in for_categories
        for kind in for_kinds
    )
    generations.bump(GENERATION)


def rules_by_reader_and_kind() -> dict[tuple[str, str], Ruling]:
    """(Reader category, item kind) -> the ruling; each holds for the whole county."""
    rows = in_force(generations.current(GENERATION))
    categories = ReaderCategory.objects.values_list("code", flat=True)
    kinds = list(ItemKind.objects.values_list("code", flat=True))
    return {
        (category, kind): choose(rows, category=category, kind=kind, path="", day=SINCE)
        for category in categories
        for kind in kinds
    }
