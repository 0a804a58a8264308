"""Rules about cards and blocks: values in, a refusal or None out."""

import datetime as dt
import re

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.groundwork.text import id_number
from yanzhen.library.patrons.models import Block, ReaderCard

CARD_NUMBER = re.compile(r"[0-9]{14}")
Status = ReaderCard.Status
DISABILITIES = {f"{kind}{grade}" for kind in range(1, 8) for grade in range(1, 5)}
LONGEST_BLOCK = dt.timedelta(days=366)


def a_card_must_be_active(
    status: str, expires_on: dt.date | None, today: dt.date, successor_number: str | None
) -> Refused | None:
    """Only an active card that has not run out borrows; the refusal says what became of it."""
    if status == Status.LOST:
        return Refused(
            "card-lost",
            _("这张读者证已经挂失。"),
            _("请核对是不是本人：是本人就解除挂失或补一张新证；不是本人请把证留下。"),
        )
    if status == Status.REPLACED:
        return _replaced(successor_number)
    if status == Status.CANCELLED:
        return Refused(
            "card-cancelled", _("这张读者证已经退了。"), _("想再借书，可以马上重新办一张。")
        )
    if expires_on is not None and expires_on < today:
        return Refused(
            "card-expired",
            _("这张读者证 %(day)s 到期了。") % {"day": expires_on.isoformat()},
            _("请在读者页核对电话后补一张新证。"),
        )
    return None


def _replaced(successor_number: str | None) -> Refused:
    if successor_number:
        remedy = _("请用新证 %(number)s；旧证可以剪掉。") % {"number": successor_number}
    else:
        remedy = _("请用新证；旧证可以剪掉。")
    return Refused("card-replaced", _("这张读者证已经换成新证。"), remedy)


def a_blocked_reader_does_not_borrow(
    reason: str | None, note: str | None, until: dt.date | None = None
) -> Refused | None:
    """A standing block is named, so that the reader knows what to settle."""
    if not reason:
        return None
    why = str(Block.Reason(reason).label)
    if note:
        why = _("%(word)s（%(note)s）") % {"word": why, "note": note}
    if until:
        return Refused(
            "reader-blocked",
            _("这位读者停借到 %(day)s：%(why)s。") % {"why": why, "day": until.isoformat()},
            _("还书照常收；过了那天自动恢复，要提前恢复请总馆馆员解除。"),
        )
    return Refused(
        "reader-blocked",
        _("这位读者暂时停借：%(why)s。") % {"why": why},
        _("还书照常收；事情处理好以后，请总馆馆员解除停借。"),
    )


def a_person_has_one_active_card(active_number: str | None) -> Refused | None:
    """One card for the whole county (R38)."""
    if not active_number:
        return None
    return Refused(
        "card-active",
        _("这位读者已经有一张有效的证：%(number)s。") % {"number": active_number},
        _("全区通用，不用再办；证丢了请挂失、补证。"),
    )


def a_card_number_is_the_county_and_eight_digits(number: str, district: str) -> Refused | None:
    if CARD_NUMBER.fullmatch(number) and number.startswith(district):
        return None
    return Refused(
        "card-number-unfit",
        _("证号要以 %(district)s 开头，一共 14 位数字。") % {"district": district},
        _("请再扫一次预制证；没有预制证就空着，系统会给号。"),
    )


def a_card_number_is_given_once(number: str, taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "card-number-taken",
        _("证号 %(number)s 已经给了别的读者。") % {"number": number},
        _("请换一张预制证再扫。"),
    )


def only_an_active_card_is_reported_lost(status: str) -> Refused | None:
    if status == Status.ACTIVE:
        return None
    return Refused(
        "card-not-active",
        _("这张证现在是“%(status)s”，不用挂失。") % {"status": Status(status).label},
        _("请刷新页面，看看这位读者现在用的是哪张证。"),
    )


def only_a_lost_card_is_found_again(status: str) -> Refused | None:
    if status == Status.LOST:
        return None
    return Refused(
        "card-not-lost",
        _("这张证现在是“%(status)s”，没有挂失。") % {"status": Status(status).label},
        _("请刷新页面，看看这位读者现在用的是哪张证。"),
    )


def only_the_current_card_is_replaced(status: str) -> Refused | None:
    """Active (worn, run out) or lost; what was replaced or cancelled stays in the past."""
    if status in {Status.ACTIVE, Status.LOST}:
        return None
    return Refused(
        "card-not-current",
        _("这张证已经是“%(status)s”，不能再补。") % {"status": Status(status).label},
        _("请打开读者页，对现在用的证补办；已经退证的请重新办证。"),
    )


def a_card_with_open_loans_is_not_cancelled(open_loans: int) -> Refused | None:
    if open_loans == 0:
        return None
    return Refused(
        "loans-open",
        _("这位读者手上还有 %(n)d 本书，还不能退证。") % {"n": open_loans},
        _("请先把书还清，还到哪个分馆都行；书丢了请和总馆商量。"),
    )


def a_disability_number_is_well_formed(number: str) -> Refused | None:
    """Eighteen characters of the identity number, the kind 1 to 7, the grade 1 to 4 (R27)."""
    fits = len(number) == 20 and number[18:] in DISABILITIES
    if fits and id_number.is_valid(number[:18]):
        return None
    return Refused(
        "disability-number-unfit",
        _("这个残疾人证号不对：前 18 位是身份证号，后两位是类别（1 到 7）和等级（1 到 4）。"),
        _("请对着证再看一遍；证看不清的，可以请读者打电话问区残联。"),
        status=422,
    )


def a_childs_birth_date_is_known_first(born_on: dt.date | None, category: str) -> Refused | None:
    """Without it only the category says that a reader is a child (L08), and that is about to go."""
    if born_on is not None or category != "child":
        return None
    return Refused(
        "birth-date-missing",
        _("这位小读者没有登记出生日期。"),
        _("请先点“更正资料”补上出生日期，再登记残疾人证。"),
    )


def a_certificate_belongs_to_one_reader(shown_by_another: bool) -> Refused | None:
    if not shown_by_another:
        return None
    return Refused(
        "disability-number-taken",
        _("这个残疾人证号已经登记给另一位读者。"),
        _("请核对是不是拿错了证；确实是本人的，请总馆查那一位。"),
    )


def a_block_by_staff_says_why(reason: str, note: str) -> Refused | None:
    """The reader is told the note, and must be able to do something about it."""
    if reason != Block.Reason.STAFF or note:
        return None
    return Refused(
        "block-note-missing",
        _("停借要写明原因。"),
        _("请写一句读者看得懂的话，例如“借的光盘还没有赔付”。"),
    )


def a_block_does_not_end_before_it_begins(until: dt.date | None, today: dt.date) -> Refused | None:
    if until is None or today <= until <= today + LONGEST_BLOCK:
        return None
    return Refused(
        "block-until-unfit",
        _("停借到哪天，请填今天到一年以内的日子。"),
        _("说不准哪天就空着，事情处理好了再解除。"),
        status=422,
    )


def a_reason_blocks_a_reader_once(standing: bool) -> Refused | None:
    if not standing:
        return None
    return Refused(
        "block-standing",
        _("已经因为这个原因停借了。"),
        _("不用再停一次；要改说明，请先解除再重新停借。"),
    )
