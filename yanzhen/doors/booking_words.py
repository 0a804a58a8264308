"""Bookings in plain words, for pages and for the telephone."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking.models import Booking, BookingTerms
from yanzhen.culture.booking.queries import Places

_ORDERS = {
    BookingTerms.Order.FIRST_COME: lambda: _("先到先得，约满了可以候补。"),
    BookingTerms.Order.GROUPS_FIRST: lambda: _("先到先得；候补时团体优先。"),
    BookingTerms.Order.RESIDENTS_FIRST: lambda: _("先到先得；候补时本区居民优先。"),
    BookingTerms.Order.DRAW: lambda: _(
        "公开摇号：先登记，不分先后，名单封存以后用公布的种子数抽。"
    ),
}


def order_words(terms: BookingTerms) -> str:
    """How places are given out, said to everybody before they ask."""
    return _ORDERS[BookingTerms.Order(terms.order)]()


def when(session: Session) -> str:
    """Day and hours as people say them: 12月3日 星期四 14:30–16:30."""
    return span(session.starts_at, session.ends_at)


def span(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    return f"{start(starts_at)}–{timezone.localtime(ends_at):%H:%M}"


def start(at: dt.datetime) -> str:
    """12月3日 星期四 14:30."""
    local = timezone.localtime(at)
    return f"{formats.date_format(local, _('n月j日 l'))} {local:%H:%M}"


def moment(at: dt.datetime) -> str:
    local = timezone.localtime(at)
    return f"{formats.date_format(local, _('n月j日'))} {local:%H:%M}"


def places_left(places: Places) -> str:
    """网上还剩 6 个，现场另留 10 个。"""
    online, door = places.online, places.at_the_door
    if online:
        said = ngettext("网上还剩 %(n)d 个", "网上还剩 %(n)d 个", online) % {"n": online}
    else:
        said = _("网上约满了")
    if door:
        kept = ngettext(
            "现场另留 %(n)d 个，直接来就行。", "现场另留 %(n)d 个，直接来就行。", door
        ) % {"n": door}  # fmt: skip
        return _("%(online)s，%(door)s") % {"online": said, "door": kept}
    return _("%(online)s，现场的也满了。") % {"online": said}


def spaced(code: str) -> str:
    """A code as it is said and read: the channel's digit, then the rest."""
    return f"{code[:1]} {code[1:3]} {code[3:]}".strip()


def read_back(booking: Booking) -> str:
    """The one sentence an operator reads to whoever is on the telephone."""
    session = booking.session
    told = {
        "who": booking.who,
        "when": when(session),
        "where": session.site.label,
        "what": session.activity.label,
        "n": booking.heads,
        "code": spaced(booking.code),
    }
    return (
        ngettext(
            "给%(who)s约好了：%(when)s，%(where)s，%(what)s，%(n)d 位。到了报 %(code)s 就行。",
            "给%(who)s约好了：%(when)s，%(where)s，%(what)s，%(n)d 位。到了报 %(code)s 就行。",
            booking.heads,
        )
        % told
    )
