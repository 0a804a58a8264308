"""Rules about copies and their journeys: values in, a refusal or None out."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

LONGEST_BARCODE = 30


def a_journey_ends_once(ended_at: dt.datetime | None) -> Refused | None:
    if ended_at is None:
        return None
    return Refused("transit-ended", _("这一程已经结束了。"), _("请刷新页面，看看图书现在在哪里。"))


def an_abort_has_a_reason(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused(
        "transit-reason-missing",
        _("中止转运要写明原因。"),
        _("请写一句话，例如“误扫，书还在架上”。"),
    )


def a_loss_has_a_reason(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused(
        "loss-reason-missing",
        _("报告遗失要写明情况。"),
        _("请写一句话，例如“两边都找过三次，没有”。"),
    )


def a_move_says_why(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused(
        "move-reason-missing", _("调拨要写明原因。"), _("请写一句话，例如“中和少儿书不够”。")
    )


def a_barcode_is_unique_in_the_network(barcode: str, taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "barcode-taken",
        _("条码 %(barcode)s 已经用在另一册书上。") % {"barcode": barcode},
        _("请换一张条码贴上再录。"),
    )


def a_barcode_is_not_a_card_number(taken: bool) -> Refused | None:
    """The one scan box tells cards from copies by asking which of them has the number."""
    if not taken:
        return None
    return Refused(
        "barcode-is-a-card", _("这个号码已经是一张读者证的证号。"), _("请换一张条码贴上再录。")
    )


def a_barcode_is_printable_and_short(barcode: str) -> Refused | None:
    if barcode.isascii() and barcode.isalnum() and len(barcode) <= LONGEST_BARCODE:
        return None
    return Refused(
        "barcode-unreadable",
        _("条码只能是字母和数字，最多 30 个。"),
        _("请看一下扫码枪是不是切到了中文输入法，再扫一次。"),
    )


def what_is_wrong_is_said(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused(
        "flag-reason-missing", _("请写一句是怎么回事。"), _("例如“封面掉了”“架上找了两遍没有”。")
    )


def a_flag_changes_once(already: bool) -> Refused | None:
    if not already:
        return None
    return Refused("flag-unchanged", _("这册书已经是这样标着的。"), _("请刷新页面再看看。"))


def only_what_stands_on_a_shelf_is_flagged(available: bool) -> Refused | None:
    """A loan or a journey explains by itself why a copy is not here."""
    if available:
        return None
    return Refused(
        "copy-not-on-shelf",
        _("这册书现在不在架上，不能这样办。"),
        _("请先看看它在哪里；书在手里，就到借还页扫一次。"),
    )


def only_what_is_in_stock_is_changed(in_stock: bool) -> Refused | None:
    if in_stock:
        return None
    return Refused(
        "copy-not-in-stock",
        _("这册书已经不在账上。"),
        _("遗失的书找到了，在借还页扫一次，就回到账上。"),
    )


def the_workshop_is_elsewhere(elsewhere: bool) -> Refused | None:
    if elsewhere:
        return None
    return Refused(
        "repair-is-here", _("书就在修补的地方，不用送。"), _("修好了，点“修好了”就可以。")
    )


def a_transfer_names_its_document(document: str) -> Refused | None:
    if document.strip():
        return None
    return Refused(
        "transfer-document-missing",
        _("过户要写文件号。"),
        _("请写批准过户的文件，例如“雁图调〔2026〕8号”。"),
    )


def a_transfer_changes_the_owner(same: bool) -> Refused | None:
    if not same:
        return None
    return Refused("transfer-to-itself", _("这册书本来就归这个馆。"), _("请另选一个馆。"))


def an_old_barcode_means_one_copy(taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "alias-taken",
        _("这个旧条码在这个馆已经指着另一册书。"),
        _("请先查清是哪一册；分不清的，给这一册贴一张新条码。"),
    )


def only_what_is_on_the_road_is_disputed(on_the_road: bool) -> Refused | None:
    if on_the_road:
        return None
    return Refused(
        "copy-not-on-the-road", _("这册书不在路上，谈不上差异。"), _("架上找不到，请标“架上没有”。")
    )
