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


def a_group_has_a_name_of_its_own(name: str, taken: bool) -> Refused | None:
    if not name:
        return Refused("group-nameless", _("请给浮动组起个名字。"), _("例如“丹山、中和互相浮动”。"))
    if taken:
        return Refused("group-name-taken", _("已经有一个组叫这个名字。"), _("请换一个名字。"))
    return None


def a_group_lets_at_least_one_of_a_title_in(most: int) -> Refused | None:
    if most >= 1:
        return None
    return Refused(
        "group-lets-nothing-in",
        _("同一种书最多留几本，至少写 1。"),
        _("不想让某种书留下，请把它列进“不留的书”。"),
    )


def an_ended_group_changes_no_more(ended_on: dt.date | None) -> Refused | None:
    if ended_on is None:
        return None
    return Refused("group-ended", _("这个浮动组已经停了。"), _("要再浮动，请新建一组。"))
