"""Rules of lending and renewing: values in, a refusal or None out.

A return has no rule here: a return is never refused.
"""

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused

ADULT_AGE = 18
CHILD = "child"
UNDO_WITHIN = dt.timedelta(minutes=30)


def a_copy_must_be_known(found: bool, barcode: str) -> Refused | None:
    if found:
        return None
    return Refused(
        "copy-unknown",
        _("条码 %(barcode)s 不在馆藏里。") % {"barcode": barcode[:40]},
        _("请看看是不是扫到了书后的定价条码；外区的书请先放一边，交给总馆核对。"),
        status=404,
    )


def a_card_must_be_known(found: bool, number: str) -> Refused | None:
    if found:
        return None
    return Refused(
        "card-unknown",
        _("没有找到读者证 %(number)s。") % {"number": number[:40]},
        _("请再扫一次，或按姓名、电话查找；还没办证的可以马上办。"),
        status=404,
    )


def a_copy_on_loan_is_not_lent_again(
    on_loan: bool, *, same_reader: bool, due_on: dt.date | None
) -> Refused | None:
    """An item has at most one open loan."""
    if not on_loan:
        return None
    if same_reader:
        return Refused(
            "copy-on-loan-to-same-reader",
            _("这本书已经在这位读者名下，%(due)s 到期。") % {"due": _day(due_on)},
            _("要延期请点“续借”，要还请点“还书”。"),
        )
    return Refused(
        "copy-on-loan",
        _("这本书还记在另一位读者名下。"),
        _("先扫一次还书，再借给这位读者；前一位读者的借阅会自动结清。"),
    )


def a_lost_copy_is_returned_before_it_is_lent(lost: bool) -> Refused | None:
    if not lost:
        return None
    return Refused(
        "copy-reported-lost",
        _("这本书报过遗失，现在找到了。"),
        _("请先按还书扫一次，登记找到，再借出。"),
    )


def a_withdrawn_copy_is_not_lent(withdrawn: bool) -> Refused | None:
    if not withdrawn:
        return None
    return Refused(
        "copy-withdrawn", _("这本书已经剔旧，不再外借。"), _("请放到“待核对”处，由总馆决定。")
    )


def a_copy_held_for_another_is_lent_with_a_reason(
    held_for_another: bool, reason: str
) -> Refused | None:
    if not held_for_another or reason.strip():
        return None
    return Refused(
        "copy-held-for-another",
        _("这本书是给另一位预约读者留的。"),
        _("请放回预约架；一定要借给这位读者，请写明原因，那位读者会排回第一位。"),
    )


def a_reading_room_copy_stays_in_the_house(for_loan: bool) -> Refused | None:
    if for_loan:
        return None
    return Refused(
        "copy-not-for-loan",
        _("这本书只在馆内阅览。"),
        _("可以请读者在馆里看，或查一查有没有可以外借的复本。"),
    )


def an_adult_only_copy_is_not_lent_to_a_child(
    adult_only: bool, age: int | None, category: str
) -> Refused | None:
    """No unsuitable documents to minors (公共图书馆法 37, L08); a child's card without a birth date
    is a child's card."""
    grown_up = category != CHILD if age is None else age >= ADULT_AGE
    if not adult_only or grown_up:
        return None
    return Refused(
        "copy-adult-only",
        _("这本书不适合未成年人，不能借给这位小读者。"),
        _("可以帮他在少儿书架另选一本。"),
    )


def a_reader_keeps_within_the_limit(open_loans: int, most: int) -> Refused | None:
    if open_loans < most:
        return None
    return Refused(
        "loan-limit-reached",
        ngettext(
            "这位读者已经借了 %(n)d 本，到上限了。",
            "这位读者已经借了 %(n)d 本，到上限了。",
            open_loans,
        )
        % {"n": open_loans},
        _("先还一本，就可以再借一本。"),
    )


def a_reader_keeps_within_the_limit_of_a_kind(open_loans: int, most: int | None) -> Refused | None:
    """Where a loan rule limits a kind of material by itself."""
    if most is None or open_loans < most:
        return None
    return Refused(
        "kind-limit-reached",
        _("这类资料，这位读者手上已经有 %(n)d 件，到这一类的上限了。") % {"n": open_loans},
        _("先还一件这一类的，就可以再借；别的类型还可以借。"),
    )


def a_reader_keeps_within_the_limit_of_an_owner(
    open_loans: int, most: int | None
) -> Refused | None:
    """Where a loan rule limits what one branch's own books may be out with one reader."""
    if most is None or open_loans < most:
        return None
    return Refused(
        "owner-limit-reached",
        _("这本书所属的分馆，这位读者手上已经有它的 %(n)d 本，到上限了。") % {"n": open_loans},
        _("先还一本这个分馆的书，或者另选一本别馆的。"),
    )


def a_kind_must_be_lendable(lendable: bool) -> Refused | None:
    if lendable:
        return None
    return Refused(
        "kind-not-lendable",
        _("按现在的规则，这类资料不外借给这类读者。"),
        _("可以请读者在馆内使用；想改规则请找总馆馆长。"),
    )


def renewals_stay_within_the_rule(renewals: int, most: int) -> Refused | None:
    if renewals < most:
        return None
    return Refused(
        "renewal-limit-reached",
        _("这本书已经续借过 %(n)d 次，不能再续了。") % {"n": renewals},
        _("请在到期前还到任一分馆；还想看可以还了再借。"),
    )


def only_an_open_loan_is_renewed(is_open: bool) -> Refused | None:
    if is_open:
        return None
    return Refused("loan-closed", _("这本书已经还了。"), _("请刷新页面看看现在的借阅。"))


def a_cancelled_card_gets_no_loan_back(cancelled: bool) -> Refused | None:
    if not cancelled:
        return None
    return Refused(
        "card-cancelled-since",
        _("这位读者已经退证，这次还书不能撤销。"),
        _("书在馆里就不用再动；读者还想借，请先重新办证。"),
    )


def only_what_is_in_stock_is_lost(in_stock: bool) -> Refused | None:
    """A copy is taken out of the stock once."""
    if in_stock:
        return None
    return Refused(
        "copy-not-in-stock",
        _("这册书已经不在账上，不能再报遗失。"),
        _("请看看这册书的经历；找到了就按还书扫一次。"),
    )


def a_loss_has_a_reason(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused(
        "loss-reason-missing",
        _("报遗失要写一句怎么回事。"),
        _("例如：“读者来馆说明，书丢在车上”。"),
    )


def an_exception_is_settled_once(settled_at: dt.datetime | None) -> Refused | None:
    if settled_at is None:
        return None
    return Refused(
        "exception-settled", _("这一条已经处理过了。"), _("请刷新页面，看看还有哪些没处理。")
    )


def only_a_fresh_action_is_undone(done_at: dt.datetime, at: dt.datetime) -> Refused | None:
    """Undo mends a slip of the hand at the desk; what is older is put right by a new action."""
    if at - done_at <= UNDO_WITHIN:
        return None
    return Refused(
        "too-late-to-undo",
        _("超过半小时了，不能撤销。"),
        _("借错了请按还书扫一次；还错了请重新借出。"),
    )


def only_the_last_action_is_undone(is_last: bool) -> Refused | None:
    if is_last:
        return None
    return Refused(
        "not-the-last-action",
        _("这本书后来又有了新的动作，这一步不能撤销了。"),
        _("请扫一下图书条码，看看它现在的状态。"),
    )


def _day(day: dt.date | None) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT") if day else ""


def a_history_is_kept_a_year_at_most(days: int | None) -> Refused | None:
    """None keeps it until the reader says otherwise."""
    if days is None or 0 <= days <= 366:
        return None
    return Refused(
        "history-days-unfit",
        _("留几天请填 0 到 366。"),
        _("想一直留着，请选“一直留着”。"),
        status=422,
    )


def a_forgotten_loan_is_not_reopened(forgotten: bool) -> Refused | None:
    """The reader wanted nothing remembered; nobody knows any more whose loan it was (L07)."""
    if not forgotten:
        return None
    return Refused(
        "history-forgotten",
        _("这位读者选了还书后不留记录，这次还书不能撤销。"),
        _("书还在读者手上的话，请扫读者证重新借出。"),
    )
