"""Rules of cataloguing: values in, a refusal or None out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.models import ImportRun, Proposal

ENCODINGS = ("auto", "utf-8", "gb18030", "gbk", "big5", "marc-8")
_NO_TITLE = " ?？"


def a_record_has_a_title(derived: Derived) -> Refused | None:
    """A question mark is what somebody types who does not know it."""
    if derived.title.strip(_NO_TITLE):
        return None
    return Refused(
        "no-title",
        _("这条记录没有题名。"),
        _("请在 200 字段（MARC 21 是 245）的 $a 里填上题名再保存。"),
        status=422,
    )


def a_title_is_catalogued_once(match_key: str, found: int | None) -> Refused | None:
    """`found` is the id of a living record of the same title (ISBN, title and year agree)."""
    if not match_key or found is None:
        return None
    return Refused(
        "title-exists",
        _("馆里已有这种书：书目号 %(id)d。") % {"id": found},
        _("请直接在那条书目下加复本；如果是不同的版本，请先改正题名、ISBN 或出版年。"),
    )


def a_title_with_copies_stays(copies: int) -> Refused | None:
    if not copies:
        return None
    return Refused(
        "title-has-copies",
        ngettext(
            "这种书还有 %(copies)d 册馆藏，不能删除。",
            "这种书还有 %(copies)d 册馆藏，不能删除。",
            copies,
        )
        % {"copies": copies},
        _("请先注销这些册，再来删除书目。"),
    )


def a_deleted_title_is_not_changed(deleted: bool) -> Refused | None:
    if not deleted:
        return None
    return Refused(
        "title-deleted", _("这条书目已经删除了。"), _("如果还要用，请重新添加一条。"), status=410
    )


def a_record_is_saved_over_what_was_seen(revision: int, seen: int | None) -> Refused | None:
    """`seen` is the revision that was on the screen; None when nobody looked (a program)."""
    if seen is None or seen == revision:
        return None
    return Refused(
        "record-changed-meanwhile",
        _("您编辑的时候，别人先保存了这条书目，您的还没有存。"),
        _("您改的都还在这一页；请对照下面别人的版本，把要的改进来，再保存一次。"),
    )


def a_proposal_says_why(reason: str) -> Refused | None:
    if reason.strip():
        return None
    return Refused(
        "proposal-reason-missing",
        _("还没有写为什么。"),
        _("请写一句，例如“书上的出版年是 2021”。"),
        status=422,
    )


def a_proposal_is_decided_once(state: str) -> Refused | None:
    if state == Proposal.State.OPEN:
        return None
    return Refused(
        "proposal-decided", _("这条建议已经有人处理过了。"), _("请刷新页面，看看是怎么处理的。")
    )


def a_declined_proposal_has_an_answer(answer: str) -> Refused | None:
    if answer.strip():
        return None
    return Refused(
        "proposal-answer-missing",
        _("还没有写为什么不采纳。"),
        _("请给分馆写一句，例如“馆里已有这一版，请用书目号 12”。"),
        status=422,
    )


def an_encoding_is_known(encoding: str) -> Refused | None:
    if encoding in ENCODINGS:
        return None
    return Refused(
        "encoding-unknown",
        _("不认识编码“%(encoding)s”。") % {"encoding": encoding[:40]},
        _("请用 auto 让系统自己判断，或写 %(names)s 中的一个。")
        % {"names": "、".join(ENCODINGS[1:])},
        status=422,
    )


def a_file_holds_records(run: ImportRun) -> Refused | None:
    """Something of it was read, if only titles that were there already."""
    if run.added or run.matched:
        return None
    message = _("“%(name)s”里没有读出一条书目，它不是 MARC 文件，或者已经损坏。")
    first = run.report[0] if run.report else None
    if first:
        message += _("最先遇到的问题：%(reason)s")
    return Refused(
        "not-marc",
        message % {"name": run.file_name, "reason": first["note"] if first else ""},
        _("请选择 ISO 2709（.mrc、.iso）或 MARCXML（.xml）文件；如果文件没错，请重新拷贝一份。"),
        status=422,
    )
