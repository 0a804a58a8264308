"""The door on a tablet: today's sessions, one scan box, a head count, and an undo for each."""

import datetime as dt
import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yanzhen.culture.activities.models import Session
from yanzhen.culture.activities.tagging import tags_of
from yanzhen.culture.booking import entering, queries
from yanzhen.culture.booking.models import Booking
from yanzhen.culture.telling.queries import unheard_at
from yanzhen.doors import booking_words as words
from yanzhen.doors.desk.bookings.doing import number, said_after, session_of
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.portal.activities.words import tag_word
from yanzhen.groundwork import clock
from yanzhen.library.patrons.queries import card_numbered, looks_like_card
from yanzhen.network.models import Node
from yanzhen.people.names import plain
from yanzhen.people.roles import CHECK_IN

DAYS = 14
SEEN = 12


@staff(CHECK_IN)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """Today on top, then what comes in two weeks."""
    node = desk_node(code, request.actor, CHECK_IN)
    now = clock.now()
    since, until = now - dt.timedelta(hours=12), now + dt.timedelta(days=DAYS)
    sessions = list(queries.sessions_at(node, since, until)[:60])
    tags, heads = tags_of(sessions), queries.heads_in(each.pk for each in sessions)
    rows = [
        (each, f"{words.when(each)} {tag_word(tags[each.pk])}", heads[each.pk],
         hasattr(each, "terms"))
        for each in sessions
    ]  # fmt: skip
    today = clock.today()
    context = {
        "node": node, "desk_sessions": True, "said": kept_banner(request),
        "today": [row for row in rows if clock.local_day(row[0].starts_at) <= today],
        "later": [row for row in rows if clock.local_day(row[0].starts_at) > today],
        "unheard": unheard_at(node, now).count(),
    }  # fmt: skip
    return render(request, "desk/bookings/sessions.html", context)


@staff(CHECK_IN)
@require_safe
def door(request: Request, code: str, session_id: int) -> HttpResponse:
    """`?q=` lists who was found when it was more than one."""
    node = desk_node(code, request.actor, CHECK_IN)
    session = session_of(node, session_id)
    return _page(request, node, session, plain(request.GET.get("q", ""))[:60])


def _page(request: Request, node: Node, session: Session, text: str) -> HttpResponse:
    rows = Booking.objects.filter(session=session, sheet=None).named()
    context = {
        "node": node,
        "desk_sessions": True,
        "session": session,
        "when": words.when(session),
        "said": kept_banner(request),
        "heads": queries.heads_at(session.pk),
        "places": queries.places_of(session.pk),
        "q": text,
        "found": _found(session, text) if text else [],
        "expected": rows.expected().order_by("name_folded")[:200],
        "came": Booking.objects.filter(session=session, state=Booking.State.CHECKED_IN).order_by(
            "-checked_in_at"
        )[:SEEN],
        "sheets": session.sheets.prefetch_related("scans"),
        "key": uuid.uuid4().hex,
    }
    return render(request, "desk/bookings/door.html", context)


def _found(session: Session, text: str) -> list[Booking]:
    card = card_numbered(text) if looks_like_card(text) else None
    people = (card.person_id,) if card else ()
    return entering.found_at_the_door(session.pk, text, people)


@staff(CHECK_IN)
@require_POST
def scan(request: Request, code: str, session_id: int) -> HttpResponse:
    """One found is checked in at once; several are listed; nobody found is told what to do."""
    node = desk_node(code, request.actor, CHECK_IN)
    session = session_of(node, session_id)
    text = plain(request.POST.get("text", ""))[:60]
    found = _found(session, text) if text else []
    if len(found) == 1:
        return _arrived(request, node, session, found[0].pk)
    if len(found) > 1:
        return _page(request, node, session, text)
    said = Said(
        "attention",
        _("没有找到这个预约"),
        _("请问问是不是别的场次；没约也没关系，按人数从现场名额进。"),
    )
    request.session[KEPT] = said.as_dict()
    return _page(request, node, session, "")


@staff(CHECK_IN)
@require_POST
def arrive(request: Request, code: str, session_id: int, booking_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CHECK_IN)
    session = session_of(node, session_id)
    typed = request.POST.get("heads", "")
    return _arrived(request, node, session, booking_id, typed)


def _arrived(
    request: Request, node: Node, session: Session, booking_id: int, typed: str = ""
) -> HttpResponse:
    def act() -> Said:
        heads = number(typed) if typed.strip() else None
        booking = entering.check_in(
            booking_id=booking_id, heads=heads, by=request.actor, at=clock.now()
        )
        return _came(node, booking)

    return said_after(request, act, "desk:door", node.code, session.pk)


def _came(node: Node, booking: Booking) -> Said:
    heads = ngettext("%(n)d 位", "%(n)d 位", booking.heads) % {"n": booking.heads}
    undo = reverse("desk:undo-arrival", args=[node.code, booking.session_id, booking.pk])
    return Said("done", _("请进 · %(heads)s") % {"heads": heads}, booking.who, undo)


@staff(CHECK_IN)
@require_POST
def undo(request: Request, code: str, session_id: int, booking_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CHECK_IN)

    def act() -> Said:
        booking = entering.undo(booking_id=booking_id, by=request.actor, at=clock.now())
        return Said("note", _("签到已撤销"), booking.who)

    return said_after(request, act, "desk:door", node.code, session_id)


@staff(CHECK_IN)
@require_POST
def walk_in(request: Request, code: str, session_id: int) -> HttpResponse:
    """Somebody just comes: how many, how many of them children and elders."""
    node = desk_node(code, request.actor, CHECK_IN)
    told = request.POST

    def act() -> Said:
        count = entering.Heads(
            number(told.get("heads", "1")), number(told.get("under_18", "")),
            number(told.get("aged_60", "")),
        )  # fmt: skip
        booking = entering.admit(
            session_id=session_id, count=count, by=request.actor, at=clock.now(),
            name=told.get("name", "")[:60], key=told.get("key", "")[:40],
        )  # fmt: skip
        return _came(node, booking)

    return said_after(request, act, "desk:door", node.code, session_id)


@staff(CHECK_IN)
@require_POST
def network(request: Request, code: str, session_id: int) -> HttpResponse:
    """No network here, or it is back: until then nobody counts as not having come."""
    node = desk_node(code, request.actor, CHECK_IN)
    offline = request.POST.get("offline") == "1"

    def act() -> Said:
        entering.mark_offline(
            session_id=session_id, offline=offline, by=request.actor, at=clock.now()
        )
        if offline:
            return Said("offline", _("记下了：这里断网"), _("这一场没来的人先不计；用纸签到。"))
        return Said("done", _("记下了：网络恢复"), _("请把纸上的签到补录进来。"))

    return said_after(request, act, "desk:door", node.code, session_id)
