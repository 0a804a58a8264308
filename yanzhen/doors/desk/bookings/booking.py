"""Booking for others at the counter and on the telephone: four fields and a sentence to read."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.culture.booking import queries
from yanzhen.culture.booking.cancelling import cancel_booking
from yanzhen.culture.booking.entering import QR_PREFIX
from yanzhen.culture.booking.holding import confirm
from yanzhen.culture.booking.models import Booking, Channel
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place
from yanzhen.culture.booking.searching import bookings_found
from yanzhen.culture.telling.queries import unheard_at
from yanzhen.doors import booking_words as words
from yanzhen.doors.desk.bookings.doing import number, said_after
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.names import plain
from yanzhen.people.roles import BOOK_FOR_OTHERS, CHECK_IN

LISTED = 40


@staff(BOOK_FOR_OTHERS)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """What can be booked, the next first; `?q=` finds a session, or a booking by telephone, name or
    spoken code."""
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)
    text = plain(request.GET.get("q", ""))[:60]
    at = clock.now()
    found = bookings_found(text, by=request.actor, at=at) if text else []
    sessions = queries.open_sessions(at, text)
    if text and not sessions:
        sessions = queries.open_sessions(at)
    rows = [(each, words.when(each), queries.places_of(each.pk)) for each in sessions[:LISTED]]
    context = _context(request, node) | {
        "q": text, "rows": rows, "found": [(each, words.when(each.session)) for each in found],
        "holds": [
            (each, words.moment(each.held_until))
            for each in queries.holds_without_names(at)
            if each.held_until
        ],
        "unheard": unheard_at(node, at).count(),
    }  # fmt: skip
    return render(request, "desk/bookings/listing.html", context)


@staff(BOOK_FOR_OTHERS)
def place_one(request: Request, code: str, session_id: int) -> HttpResponse:
    """The form of one session; a refusal comes back with what was typed."""
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)
    session = queries.session_to_book(session_id)
    if session is None:
        raise Http404(_("没有这一场活动。"))
    typed = request.POST if request.method == "POST" else {}
    problem = None
    if request.method == "POST":
        try:
            booking = place(
                session_id=session_id, channel=_channel(request), party=_party(request),
                by=request.actor, at=clock.now(), key=request.POST.get("key", "")[:40],
            )  # fmt: skip
        except Refused as refused:
            if refused.status == 404:
                raise
            problem = refused
        else:
            return redirect("desk:desk-booking", node.code, booking.pk)
    at_counter = request.actor.may(CHECK_IN)
    context = _context(request, node) | {
        "session": session,
        "when": words.when(session),
        "places": queries.places_of(session_id),
        "typed": typed,
        "problem": problem,
        "channel": typed.get("channel") or (Channel.COUNTER if at_counter else Channel.TELEPHONE),
        "key": typed.get("key") or uuid.uuid4().hex,
    }
    return render(
        request, "desk/bookings/place.html", context, status=problem.status if problem else 200
    )


def _channel(request: Request) -> str:
    asked = request.POST.get("channel", "")
    by_hand = {Channel.COUNTER, Channel.TELEPHONE, Channel.GROUP}
    return asked if asked in by_hand else Channel.TELEPHONE


def _party(request: Request) -> Party:
    told = request.POST
    group = told.get("channel") == Channel.GROUP
    name = told.get("name", "")[:60]
    return Party(
        name=name,
        phone=told.get("phone", "")[:30],
        organisation=name if group else "",
        relation=Booking.Relation.OTHER if group else Booking.Relation.SELF,
        heads=number(told.get("heads", "1")),
    )


@staff(BOOK_FOR_OTHERS)
@require_safe
def one(request: Request, code: str, booking_id: int) -> HttpResponse:
    """A booking, and the sentence to read back."""
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)
    booking = _known(booking_id)
    context = _context(request, node) | {
        "booking": booking,
        "when": words.when(booking.session),
        "sentence": words.read_back(booking),
        "code": words.spaced(booking.code),
        "steps": booking.steps.all(),
        "roster": booking.roster.all(),
        "live": booking.state in (Booking.State.HELD, Booking.State.CONFIRMED),
        "qr_prefix": QR_PREFIX,
    }
    return render(request, "desk/bookings/one.html", context)


@staff(BOOK_FOR_OTHERS)
@require_POST
def cancel(request: Request, code: str, booking_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)

    def act() -> Said:
        booking = cancel_booking(
            booking_id=booking_id, by=request.actor, at=clock.now(),
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
        return Said("note", _("预约已取消"), booking.who)

    return said_after(request, act, "desk:desk-booking", node.code, booking_id)


@staff(BOOK_FOR_OTHERS)
@require_POST
def confirm_group(request: Request, code: str, booking_id: int) -> HttpResponse:
    """The names an organisation brings, a line each: the places shrink to them."""
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)
    names = request.POST.get("names", "")[:20_000].splitlines()

    def act() -> Said:
        booking = confirm(booking_id=booking_id, names=names, by=request.actor, at=clock.now())
        return Said("done", _("约好了"), _("共 %(n)d 位。") % {"n": booking.heads})

    return said_after(request, act, "desk:desk-booking", node.code, booking_id)


def _known(booking_id: int) -> Booking:
    booking = queries.booking_shown(booking_id)
    if booking is None:
        raise Http404(_("没有这个预约。"))
    return booking


def _context(request: Request, node: Node) -> dict:
    return {"node": node, "desk_bookings": True, "said": kept_banner(request)}
