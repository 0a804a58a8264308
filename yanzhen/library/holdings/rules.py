"""Rules about copies and their journeys: values in, a refusal or None out."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

LONGEST_BARCODE = 30
LONGEST_CALL_NUMBER = 80


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


def a_call_number_fits_on_a_label(call_number: str) -> Refused | None:
    if len(call_number) <= LONGEST_CALL_NUMBER:
        return None
    return Refused(
        "call-number-too-long",
        _("索书号“%(number)s…”超过 80 个字符。") % {"number": call_number[:20]},
        _("请看一下是不是填错了地方，再改短。"),
        status=422,
    )


def a_mapping_has_a_name(name: str) -> Refused | None:
    if name.strip():
        return None
    return Refused(
        "mapping-unnamed", _("对照表还没有名字。"), _("请写上，例如书商的名字。"), status=422
    )


def a_mapping_is_named_once(name: str, taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "mapping-name-taken",
        _("已经有一张叫“%(name)s”的对照表。") % {"name": name},
        _("请换个名字，或去改那一张。"),
    )


def a_mapping_reads_a_data_field(tag: str) -> Refused | None:
    if len(tag) == 3 and tag.isascii() and tag.isalnum() and not tag.startswith("00"):
        return None
    return Refused("mapping-tag", _("字段号要三位，例如 905。"), _("请改一下字段号。"), status=422)


def a_mapping_says_where_the_barcode_is(meanings: Sequence[str]) -> Refused | None:
    if "barcode" in meanings:
        return None
    return Refused(
        "mapping-without-barcode",
        _("还没有说哪个子字段是条码。"),
        _("每册都要有条码才能建册，请选一个。"),
        status=422,
    )


def a_meaning_stands_in_one_subfield(meanings: Sequence[str]) -> Refused | None:
    if len(meanings) == len(set(meanings)):
        return None
    return Refused(
        "mapping-twice",
        _("两个子字段选了同一个意思。"),
        _("每个意思只能在一个子字段里，请改一个。"),
        status=422,
    )


def a_place_of_a_mapping_is_a_branch(unknown: Sequence[str]) -> Refused | None:
    """`unknown` are node codes that no serving library has, or lines that are no pair."""
    if not unknown:
        return None
    return Refused(
        "mapping-place",
        _("不认识“%(names)s”。") % {"names": "、".join(unknown)[:80]},
        _("每行写“馆代码=分馆代码”，例如 5120=main-library。"),
        status=422,
    )


def a_title_must_be_in_the_catalogue(found: bool) -> Refused | None:
    if found:
        return None
    return Refused(
        "title-not-taken-in", _("这条书目没有收入，不能建册。"), _("请先看这条书目为什么没有收入。")
    )


def a_barcode_is_told(barcode: str) -> Refused | None:
    if barcode:
        return None
    return Refused(
        "barcode-missing", _("这一册没有条码。"), _("请贴上条码，在书目页“加一册”里录。")
    )


def a_library_code_has_a_branch(code: str, known: bool) -> Refused | None:
    if known:
        return None
    return Refused(
        "library-code-unknown",
        _("馆代码“%(code)s”不在对照表里。") % {"code": code},
        _("请在对照表里写上它是哪个馆，再导入一次；已经建的册不会重复。"),
    )


def a_price_is_money(text: str, readable: bool) -> Refused | None:
    if readable:
        return None
    return Refused(
        "price-unreadable",
        _("价格“%(price)s”读不出来。") % {"price": text[:20]},
        _("请看看对照表里价格选的子字段对不对。"),
    )


def a_copy_belongs_to_one_title(barcode: str, elsewhere: bool) -> Refused | None:
    if not elsewhere:
        return None
    return Refused(
        "barcode-of-another-title",
        _("条码 %(barcode)s 已经用在别的书上。") % {"barcode": barcode},
        _("请查一下是哪一条错了。"),
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


def a_copy_belongs_to_a_living_title(deleted: bool) -> Refused | None:
    if not deleted:
        return None
    return Refused(
        "title-gone", _("这条书目已经合并或删除了。"), _("请重新找这本书，在留下的那条下面加册。")
    )
