"""Rules of merging: values in, a refusal or None out."""

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused


def a_title_is_merged_into_another(kept: int, gone: int) -> Refused | None:
    if kept != gone:
        return None
    return Refused(
        "merge-itself", _("这是同一条书目。"), _("请选两条不同的书目再合并。"), status=422
    )


def only_living_titles_are_merged(deleted: bool) -> Refused | None:
    if not deleted:
        return None
    return Refused(
        "merge-deleted", _("其中一条书目已经删除或合并了。"), _("请刷新页面，看看现在是什么样。")
    )


def nobody_has_a_copy_of_both_set_aside(names: list[str]) -> Refused | None:
    """A reader for whom a copy of each title stands ready or is on its way."""
    if not names:
        return None
    return Refused(
        "merge-two-set-aside",
        _("%(names)s 在两条书目上都有留好的书。") % {"names": "、".join(names)[:60]},
        _("请等读者取走一本，或取消其中一个预约，再合并。"),
    )


def a_merge_is_undone_once(undone: bool) -> Refused | None:
    if not undone:
        return None
    return Refused("merge-undone", _("这次合并已经撤销了。"), _("请刷新页面。"))


def a_merge_is_undone_while_its_title_lives(deleted: bool) -> Refused | None:
    if not deleted:
        return None
    return Refused(
        "merge-went-on",
        _("留下的那条书目后来也合并或删除了。"),
        _("请先撤销后来的那一次，再撤销这一次。"),
    )
