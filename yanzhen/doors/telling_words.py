"""What is to be told, in words: for the page of whoever it concerns, and to say on the telephone.

A sentence has two parts: what happened (`happened`), the same for both, and what to do now.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking.queries import before
from yanzhen.culture.telling.models import Notice
from yanzhen.culture.telling.queries import Call
from yanzhen.doors.booking_words import moment, span, start, when

Reason = Notice.Reason


def title(notice: Notice) -> str:
    """What happened, in a few words."""
    words = {
        Reason.MOVED: _("改期了：%(what)s") if _time_changed(notice) else _("换地方了：%(what)s"),
        Reason.CANCELLED: _("取消了：%(what)s"),
        Reason.OFFERED: _("有位置了：%(what)s"),
        Reason.NOT_DRAWN: _("这次没有摇到：%(what)s"),
        Reason.CLOSED: _("没有等到位置：%(what)s"),
    }
    return words[Reason(notice.reason)] % {"what": notice.session.activity.label}


def note(notice: Notice) -> str:
    """For one's own page: what happened, and what to do now."""
    told = {"happened": _happened(notice), "now": _NOW[_matter(notice)]()}
    return _("%(happened)s%(now)s") % told


def sentence(call: Call, here: str) -> str:
    """What staff say on the telephone, word for word; `here` is the branch that rings up."""
    notice = call.notice
    told = {"here": here, "what": notice.session.activity.label, "child": call.child}
    hello = (
        _("您好，这里是%(here)s，跟您说一声%(child)s的“%(what)s”。")
        if call.child
        else _("您好，这里是%(here)s，跟您说一声“%(what)s”。")
    ) % told
    said = {"hello": hello, "happened": _happened(notice), "ask": _ASK[_matter(notice)]()}
    return _("%(hello)s%(happened)s%(ask)s") % said


def _happened(notice: Notice) -> str:
    return _HAPPENED[Reason(notice.reason)](notice)


def _matter(notice: Notice) -> str:
    """The reason; of a move also whether it is a place, a wait or a lesson that moved."""
    if notice.reason != Reason.MOVED or notice.booking_id:
        return notice.reason
    return "wait-moved" if notice.entry_id else "lesson-moved"


def place(session: Session) -> str:
    """The house, and the hall in it."""
    hall = session.facility
    return f"{session.site.label} {hall.name}" if hall else session.site.label


def _time_changed(notice: Notice) -> bool:
    return notice.move is None or notice.was_at != notice.move.to_starts_at


def _moved(notice: Notice) -> str:
    move = notice.move
    assert move is not None
    assert notice.was_at is not None
    assert notice.was_site is not None
    hall = f" {move.to_facility.name}" if move.to_facility else ""
    told = {
        "now": span(move.to_starts_at, move.to_ends_at),
        "where": f"{move.to_site.label}{hall}",
        "was": start(notice.was_at),
        "was_where": notice.was_site.label,
        "why": move.reason,
    }
    elsewhere = notice.was_site_id != move.to_site_id
    if not _time_changed(notice):
        words = _("时间不变，还是%(now)s，地点换到%(where)s。原因：%(why)s。")
    elif elsewhere:
        words = _("改到%(now)s，%(where)s；原来说的是%(was)s，%(was_where)s。原因：%(why)s。")
    else:
        words = _("改到%(now)s，还在%(where)s；原来说的是%(was)s。原因：%(why)s。")
    return words % told


def _cancelled(notice: Notice) -> str:
    session = notice.session
    cancellation = getattr(session, "cancellation", None)
    told = {"when": when(session), "why": cancellation.reason if cancellation else ""}
    said = (
        _("%(when)s的这一场取消了，原因：%(why)s。")
        if told["why"]
        else _("%(when)s的这一场取消了。")
    ) % told
    instead = getattr(session, "rain_date", None)
    if instead is not None and instead.state == Session.State.SCHEDULED:
        told = {"said": said, "when": when(instead)}
        return _("%(said)s改在备用的日子办：%(when)s，要来请再约一次。") % told
    return said


def _offered(notice: Notice) -> str:
    booking = notice.booking
    assert booking is not None
    assert booking.held_until is not None
    told = {
        "when": when(notice.session),
        "where": place(notice.session),
        "until": moment(booking.held_until),
    }
    return _("您候补的有位置了：%(when)s，%(where)s。给您留到%(until)s。") % told


def _not_drawn(notice: Notice) -> str:
    assert notice.entry is not None
    told = {"when": when(notice.session), "n": before(notice.entry) + 1}
    return _("%(when)s的这一场摇过号了，这次没有摇到您；候补排在第 %(n)d 位。") % told


def _closed(notice: Notice) -> str:
    return _("%(when)s的这一场开始了，一直没有空出位置。") % {"when": when(notice.session)}


_HAPPENED: dict[str, Callable[[Notice], str]] = {
    Reason.MOVED: _moved,
    Reason.CANCELLED: _cancelled,
    Reason.OFFERED: _offered,
    Reason.NOT_DRAWN: _not_drawn,
    Reason.CLOSED: _closed,
}
_NOW: dict[str, Callable[[], str]] = {
    Reason.MOVED: lambda: _("来不了请取消，不算爽约。"),
    "wait-moved": lambda: _("不想等了，可以退出候补。"),
    "lesson-moved": lambda: _("那天来不了，请给老师说一声，可以补课。"),
    Reason.CANCELLED: lambda: _("对不起，让您白等了。"),
    Reason.OFFERED: lambda: _("要来，请在下面“我家约的活动”里点“要，我来”。"),
    Reason.NOT_DRAWN: lambda: _("有人退出就轮到您；现场也留着名额，可以直接来。"),
    Reason.CLOSED: lambda: _("对不起；请看看别的场次。"),
}
_ASK: dict[str, Callable[[], str]] = {
    Reason.MOVED: lambda: _("到时候来得了吗？来不了我这就帮您取消，不算爽约。"),
    "wait-moved": lambda: _("您还接着等吗？不等了我这就帮您退出候补。"),
    "lesson-moved": lambda: _("到时候来得了吗？来不了可以补课。"),
    Reason.CANCELLED: lambda: _("实在对不起，请不用来了。"),
    Reason.OFFERED: lambda: _("您还来吗？来的话我现在就给您定下。"),
    Reason.NOT_DRAWN: lambda: _("有人退出我们再打给您；现场也留着名额，可以直接来。"),
    Reason.CLOSED: lambda: _("对不起，下次请再来约。"),
}
