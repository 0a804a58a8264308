"""Rules of purchasing: values in, a refusal or None out."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions.amounts import yuan

MOST_COPIES = 999
MOST_SUGGESTIONS = 10


def a_title_is_named(title: str) -> Refused | None:
    if title:
        return None
    return Refused("title-missing", _("还没有写书名。"), _("请写上书名。"), status=422)


def an_isbn_is_whole(raw: str, valid: bool) -> Refused | None:
    if not raw or valid:
        return None
    return Refused(
        "isbn-wrong",
        _("ISBN %(isbn)s 少了数字或者有一位不对。") % {"isbn": raw[:40]},
        _("请对着书后的条码再录一次；实在没有，就空着，只写书名、作者和年份。"),
        status=422,
    )


def a_year_is_likely(year: int | None, today: dt.date) -> Refused | None:
    if year is None or 1400 <= year <= today.year + 1:
        return None
    return Refused(
        "year-unlikely", _("出版年看起来不对。"), _("请写四位年份，例如 2024。"), status=422
    )


def a_quantity_is_countable(quantity: int) -> Refused | None:
    if 1 <= quantity <= MOST_COPIES:
        return None
    return Refused(
        "quantity-unlikely",
        _("册数要在 1 到 %(most)d 之间。") % {"most": MOST_COPIES},
        _("请改一下册数。"),
        status=422,
    )


def a_title_is_wished_for_once(already: bool) -> Refused | None:
    if not already:
        return None
    return Refused("wish-exists", _("这本书已经在单子上了。"), _("不用再提，等总馆答复就行。"))


def a_title_stands_once_in_an_order(already: bool) -> Refused | None:
    if not already:
        return None
    return Refused("line-exists", _("这张订单里已经有这本书。"), _("请直接改那一行的册数和去向。"))


def a_reader_suggests_a_few_at_a_time(waiting: int) -> Refused | None:
    if waiting < MOST_SUGGESTIONS:
        return None
    return Refused(
        "too-many-suggestions",
        _("您有 %(n)d 条荐购还在等答复。") % {"n": waiting},
        _("等我们答复了前面的，再荐新的。"),
    )


def a_wish_is_decided_once(decided: bool) -> Refused | None:
    if not decided:
        return None
    return Refused(
        "wish-decided", _("这条意向已经处理过了。"), _("请刷新页面，看看还有哪些没处理。")
    )


def a_refusal_is_explained(answer: str) -> Refused | None:
    if answer:
        return None
    return Refused(
        "answer-missing",
        _("不买也要说一句为什么。"),
        _("请写一句提意向的人看得懂的话。"),
        status=422,
    )


def an_order_is_changed_while_a_draft(is_draft: bool) -> Refused | None:
    if is_draft:
        return None
    return Refused(
        "order-not-draft",
        _("这张订单已经发出或者取消，不能再改。"),
        _("要加书请另开一张；不要的书请在订单行上点“不再等”。"),
    )


def an_order_has_lines(lines: int) -> Refused | None:
    if lines:
        return None
    return Refused(
        "order-empty", _("这张订单还没有书。"), _("先从采购意向或书商目录里选书，再发出。")
    )


def a_line_has_a_price(title: str, list_fen: int) -> Refused | None:
    if list_fen > 0:
        return None
    return Refused(
        "price-missing",
        _("《%(title)s》还没有定价。") % {"title": title},
        _("请在这一行填上定价，再发出订单。"),
        status=422,
    )


def allocations_sum_to_the_line(quantity: int, allocated: int) -> Refused | None:
    """Σ allocation of a line = its quantity."""
    if quantity == allocated:
        return None
    return Refused(
        "allocation-not-whole",
        _("订 %(quantity)d 册，分给各馆的加起来是 %(allocated)d 册。")
        % {"quantity": quantity, "allocated": allocated},
        _("请把两边改成一样多。"),
        status=422,
    )


def an_allocation_goes_to_an_open_branch(is_open: bool, branch: str) -> Refused | None:
    if is_open:
        return None
    return Refused(
        "branch-gone",
        _("%(branch)s已经不开放，书不能送去。") % {"branch": branch},
        _("请把这几册改分给别的馆，书先留在这里，不会丢。"),
    )


def a_branch_that_has_it_gets_no_more(
    branch: str, held: int, on_order: int, *, extra: bool
) -> Refused | None:
    """Order for A only when A lacks it, whatever B has; more copies are asked for in so many
    words."""
    if extra or not (held or on_order):
        return None
    return Refused(
        "branch-has-it",
        _("%(branch)s已有 %(held)d 册，在订 %(on_order)d 册。")
        % {"branch": branch, "held": held, "on_order": on_order},
        _("不用再给它订；确实要加复本，请勾上“加复本”。"),
    )


def a_contract_is_in_force(number: str, in_force: bool) -> Refused | None:
    if in_force:
        return None
    return Refused(
        "contract-not-in-force",
        _("合同 %(number)s 今天不在有效期内。") % {"number": number},
        _("请换一份有效的合同，或者先续签。"),
    )


def a_contract_is_with_the_supplier(same: bool) -> Refused | None:
    if same:
        return None
    return Refused(
        "contract-of-another",
        _("这份合同不是和这家书商签的。"),
        _("请换一份，或者不选合同。"),
        status=422,
    )


def over_budget_is_stopped(fund: str, balance: int, wanted: int) -> Refused | None:
    """`balance` and `wanted` in 分."""
    if wanted <= balance:
        return None
    told = {
        "fund": fund,
        "balance": yuan(balance),
        "wanted": yuan(wanted),
        "over": yuan(wanted - balance),
    }
    return Refused(
        "over-budget",
        _("经费“%(fund)s”只剩 %(balance)s 元，这次要用 %(wanted)s 元，超出 %(over)s 元。") % told,
        _("请减几册，或者把一部分书改用别的经费。"),
    )


def only_a_placed_order_is_received(placed: bool, cancelled: bool) -> Refused | None:
    if placed and not cancelled:
        return None
    return Refused(
        "order-not-placed",
        _("这张订单没有发出，或者已经取消。"),
        _("请核对送货单上的订单号；书先放一边，问清楚书商再收。"),
    )


def received_stays_within_ordered(wanted: int, outstanding: int) -> Refused | None:
    if wanted <= outstanding:
        return None
    return Refused(
        "more-than-ordered",
        ngettext(
            "这一份只差 %(n)d 册没到，收不了这么多。",
            "这一份只差 %(n)d 册没到，收不了这么多。",
            outstanding,
        )
        % {"n": outstanding},
        _("多出来的请退给书商；确实要留，请另开一张订单。"),
    )


def every_accepted_copy_has_a_barcode(copies: int, barcodes: int) -> Refused | None:
    if copies == barcodes:
        return None
    return Refused(
        "barcodes-do-not-fit",
        _("收 %(copies)d 册，条码有 %(barcodes)d 个。") % {"copies": copies, "barcodes": barcodes},
        _("请一册扫一个条码；连号的只填第一个就行。"),
        status=422,
    )


def a_receipt_holds_something(accepted: int, damaged: int) -> Refused | None:
    if accepted >= 0 and damaged >= 0 and accepted + damaged:
        return None
    return Refused(
        "nothing-received", _("还没有填到了几册。"), _("请填收下的册数或破损的册数。"), status=422
    )


def there_is_something_to_wait_for(outstanding: int) -> Refused | None:
    if outstanding:
        return None
    return Refused(
        "nothing-outstanding", _("这一行的书已经到齐或者结清了。"), _("不用再催，也不用再收。")
    )


def paid_stays_within_received(title: str, quantity: int, unpaid: int) -> Refused | None:
    """Only what was accepted is paid."""
    if 1 <= quantity <= unpaid:
        return None
    return Refused(
        "more-than-received",
        _("《%(title)s》验收了还没付款的有 %(unpaid)d 册，发票上是 %(quantity)d 册。")
        % {"title": title, "unpaid": unpaid, "quantity": quantity},
        _("先验收，再付款；发票多开了请书商重开。"),
    )


def an_invoice_is_booked_once(already: bool, number: str) -> Refused | None:
    if not already:
        return None
    return Refused(
        "invoice-exists",
        _("发票 %(number)s 已经记过账。") % {"number": number},
        _("请核对发票号；记错了可以冲销再记。"),
    )


def an_invoice_is_reversed_once(reversed_already: bool) -> Refused | None:
    if not reversed_already:
        return None
    return Refused(
        "invoice-reversed", _("这张发票已经冲销，或者本身就是冲销。"), _("不用再冲一次。")
    )


def a_sum_is_money(fen: int | None, text: str) -> Refused | None:
    if fen is not None:
        return None
    return Refused(
        "money-unreadable",
        _("“%(text)s”不是金额。") % {"text": text[:20]},
        _("请写元和角分，例如 45.00。"),
        status=422,
    )


def something_is_named(text: str) -> Refused | None:
    if text:
        return None
    return Refused(
        "field-missing", _("有一格还空着。"), _("请把名称、编号和凭证号都填上。"), status=422
    )


def a_discount_is_a_part(discount: int) -> Refused | None:
    if 1 <= discount <= 10_000:
        return None
    return Refused(
        "discount-unlikely",
        _("折扣要在 0.01 到 100 之间。"),
        _("七五折请填 75，不打折填 100。"),
        status=422,
    )


def a_span_of_days_runs_forward(first: dt.date, last: dt.date) -> Refused | None:
    if first <= last:
        return None
    return Refused(
        "days-backwards", _("截止日早于开始日。"), _("请把两个日期对调一下。"), status=422
    )


def a_phase_says_what_for(name: str, target: str) -> Refused | None:
    if name and target:
        return None
    return Refused(
        "phase-without-target",
        _("每个阶段要有名称和绩效目标。"),
        _("例如“上半年”，“给 22 个分馆每馆添 100 册新书”。"),
        status=422,
    )


def a_phase_has_a_day(until_day: dt.date | None) -> Refused | None:
    if until_day:
        return None
    return Refused(
        "phase-undated", _("请写这个阶段到哪天为止。"), _("按 年-月-日 填。"), status=422
    )
