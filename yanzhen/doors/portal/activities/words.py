"""When, where and for whom, in words."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity, ActivityAccess, Session
from yanzhen.culture.activities.tagging import tags_of
from yanzhen.culture.almanac.models import SessionTag
from yanzhen.doors.words import long_day
from yanzhen.network.models import Site

MARK_OF_ANSWER: dict[str, str] = {
    ActivityAccess.State.PRESENT: "done",
    ActivityAccess.State.ABSENT: "withdrawn",
    ActivityAccess.State.UNKNOWN: "note",
}


class Line(NamedTuple):
    """A session as a line of a list says it."""

    session: Session
    starts_at: dt.datetime
    when: str
    hours: str
    price: str
    cancelled: bool
    tag: str = ""


def lines(sessions: Iterable[Session]) -> list[Line]:
    """The sessions with their tags: 课后, 周末, 寒假… (R12)."""
    rows = list(sessions)
    tags = tags_of(rows)
    return [line(each)._replace(tag=tag_word(tags[each.pk])) for each in rows]


def tag_word(tag: SessionTag) -> str:
    """Nothing where the school year is not known."""
    return "" if tag == SessionTag.UNKNOWN else str(tag.label)


def line(session: Session) -> Line:
    """`hours` is what stands beside the day: only the hours, or how long it lasts."""
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    hours = f"{begins:%H:%M}–{ends:%H:%M}"
    if begins.date() != ends.date():
        hours = _("到 %(ends)s") % {"ends": _moment(ends)}
    return Line(
        session, begins, when(session), hours, price(session.activity), is_cancelled(session)
    )


def when(session: Session) -> str:
    """11月28日 星期六 15:00–17:00; over several days from when to when."""
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    if begins.date() == ends.date():
        return f"{long_day(begins.date())} {begins:%H:%M}–{ends:%H:%M}"
    said = {"begins": _moment(begins), "ends": _moment(ends)}
    return _("%(begins)s 至 %(ends)s") % said


def _moment(at: dt.datetime) -> str:
    return f"{formats.date_format(at.date(), 'MONTH_DAY_FORMAT')} {at:%H:%M}"


def when_with_year(session: Session) -> str:
    """The same, for paper that hangs for long."""
    begins = timezone.localtime(session.starts_at)
    return f"{begins.year} · {when(session)}"


def is_cancelled(session: Session) -> bool:
    off = session.activity.state == Activity.State.CANCELLED
    return off or session.state == Session.State.CANCELLED


def for_whom(activity: Activity) -> str:
    """少年儿童，6 到 12 岁."""
    said = activity.get_audience_display()
    first, last = activity.age_from, activity.age_to
    if first is not None and last is not None:
        ages = _("%(first)d 到 %(last)d 岁") % {"first": first, "last": last}
    elif first is not None:
        ages = _("%(first)d 岁以上") % {"first": first}
    elif last is not None:
        ages = _("%(last)d 岁以下") % {"last": last}
    else:
        return said
    return _("，").join([said, ages])


def price(activity: Activity) -> str:
    return _("每人 %(yuan)d 元") % {"yuan": activity.fee} if activity.fee else _("免费")


def phone_of(session: Session) -> str:
    """Whom to ask: the activity's own number, its branch's, the place's; empty if none is known."""
    node = session.activity.node
    known = (session.activity.phone, node.site.phone if node else "", session.site.phone)
    return next((each for each in known if each), "")


def town_of(site: Site):
    """The town a site lies in; needs `division__parent` loaded."""
    division = site.division
    village = division.kind in {division.Kind.VILLAGE, division.Kind.COMMUNITY}
    return division.parent if village and division.parent else division
