"""Rules of call numbers: values in, a refusal or None out."""

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.groundwork.text.clc import class_letter

LONGEST_CLASS = 40


def a_place_has_a_scheme(found: bool) -> Refused | None:
    if found:
        return None
    return Refused(
        "no-scheme",
        _("这个地方还没有定索书号方案。"),
        _("请先在 编目 → 索书号方案 里定一个，或直接写上索书号。"),
    )


def a_call_number_begins_with_a_class(class_number: str) -> Refused | None:
    if (
        class_letter(class_number)
        and len(class_number) <= LONGEST_CLASS
        and "/" not in class_number
    ):
        return None
    return Refused(
        "no-class",
        _("还没有中图分类号，给不了索书号。"),
        _("请先填分类号，例如 I247.5。"),
        status=422,
    )


def an_author_number_wants_an_author(letters: str) -> Refused | None:
    if letters:
        return None
    return Refused(
        "no-author",
        _("这条书目没有责任者，给不了著者号。"),
        _("请先填责任者，或直接写上索书号。"),
        status=422,
    )


def a_scheme_has_a_name(name: str) -> Refused | None:
    if name.strip():
        return None
    return Refused("scheme-unnamed", _("方案还没有名字。"), _("请写上，例如“种次号”。"), status=422)


def a_scheme_is_named_once(name: str, taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "scheme-name-taken", _("已经有一个叫“%(name)s”的方案。") % {"name": name}, _("请换个名字。")
    )


def a_shelf_stands_in_a_branch(shelf: str, node: bool) -> Refused | None:
    if node or not shelf:
        return None
    return Refused("shelf-without-branch", _("架位要说是哪个馆的。"), _("请选一个馆。"), status=422)
