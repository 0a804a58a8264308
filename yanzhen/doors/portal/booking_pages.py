"""Booking a session: one form, then the page with the code; no script, no account by telephone."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access, queries, standing, waiting
from yanzhen.culture.booking.cancelling import cancel_booking
from yanzhen.culture.booking.entering import QR_PREFIX
from yanzhen.culture.booking.models import Booking, Channel
from yanzhen.culture.booking.placing import place
from yanzhen.culture.booking.queries import Places
from yanzhen.doors import booking_words as words
from yanzhen.doors.gate import Request, public, signed_in
from yanzhen.doors.portal.booking_forms import BookingForm
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.card_face import qr_svg
from yanzhen.people.models import Person
from yanzhen.people.queries import wards_of


@dataclass(frozen=True)
class PlacesShown:
    """What a session's page says about places, in words; `bookable` says whether to lead on."""

    left: str
    order: str
    bookable: bool
    full: bool
    by_lot: bool
    opens: str


def places_shown(session_id: int) -> PlacesShown | None:
    """For the session's page (`portal/activities/places.html` takes it as `places`); None where one
    just comes."""
    places = queries.places_of(session_id)
    return _shown(places) if places else None


def _shown(places: Places) -> PlacesShown:
    terms, at = places.terms, clock.now()
    scheduled = terms.session.state == Session.State.SCHEDULED
    return PlacesShown(
        words.places_left(places),
        words.order_words(terms),
        scheduled and places.is_open(at),
        not places.online,
        places.is_by_lot,
        words.moment(terms.opens_at) if at < terms.opens_at else "",
    )


@public
@never_cache
def book(request: Request, session_id: int) -> HttpResponse:
    """GET: what is left, and the form. POST: the booking, and its page with the code."""
    session = _session(session_id)
    places = queries.places_of(session_id)
    if request.actor.person_id is None:
        if request.method == "POST":
            return redirect_to_login(request.path)
        return _page(request, session, places, None)
    form = _form(request, places)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, session, places, form, status=status)
    try:
        if "wait" in request.POST:
            return _waited(request, session, form)
        booking = place(
            session_id=session_id, channel=Channel.ONLINE, party=form.party(), by=request.actor,
            at=clock.now(), key=form.cleaned_data["key"],
        )  # fmt: skip
    except Refused as refused:
        if refused.status == 404:
            raise
        form.add_error(None, refused.in_full)
        return _page(request, session, queries.places_of(session_id), form, status=409)
    return redirect("portal:booking", booking.pk)


def _waited(request: Request, session: Session, form: BookingForm) -> HttpResponse:
    entry = waiting.join(
        session_id=session.pk, channel=Channel.ONLINE, party=form.party(), by=request.actor,
        at=clock.now(),
    )  # fmt: skip
    messages.success(
        request,
        _("记下了，前面有 %(n)d 位。轮到了会通知您，也可以在这里看。")
        % {"n": queries.before(entry)},
    )
    return redirect("portal:me")


def _form(request: Request, places: Places | None) -> BookingForm:
    me = request.user.person
    wards = [bond.child for bond in wards_of(me.pk, clock.today())]
    most = places.terms.most_heads if places else 1
    return BookingForm(request.POST or None, me=me, wards=wards, most=most)


def _page(
    request: Request,
    session: Session,
    places: Places | None,
    form: BookingForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "session": session,
        "when": words.when(session),
        "places": _shown(places) if places else None,
        "waiting": places.waiting if places else 0,
        "form": form,
    }
    return render(request, "portal/booking/book.html", context, status=status)


def _session(session_id: int) -> Session:
    session = queries.session_to_book(session_id)
    if session is None:
        raise Http404(_("没有这一场活动。"))
    return session


@signed_in
@never_cache
def booking(request: Request, booking_id: int) -> HttpResponse:
    """One's booking: the code to say, the QR code to show, and giving it up."""
    row = queries.booking_shown(booking_id)
    if row is None or not access.is_theirs(request.actor, row):
        raise Http404(_("没有这个预约。"))
    context = {
        "booking": row,
        "when": words.when(row.session),
        "code": words.spaced(row.code),
        "qr": mark_safe(qr_svg(f"{QR_PREFIX}{row.code}")),  # noqa: S308 - drawn by us
        "live": row.state in (Booking.State.HELD, Booking.State.CONFIRMED),
        "section_me": True,
    }
    return render(request, "portal/booking/booking.html", context)


@signed_in
@require_POST
def cancel(request: Request, booking_id: int) -> HttpResponse:
    return _act(
        request,
        lambda: cancel_booking(booking_id=booking_id, by=request.actor, at=clock.now()),
        _("取消了。位置让给了别人，谢谢您说一声。"),
    )


@signed_in
@require_POST
def accept(request: Request, entry_id: int) -> HttpResponse:
    """Take the places offered from the waiting list."""
    return _act(
        request,
        lambda: waiting.accept(entry_id=entry_id, by=request.actor, at=clock.now()),
        _("约好了，到时候见。"),
    )


@signed_in
@require_POST
def leave_waiting(request: Request, entry_id: int) -> HttpResponse:
    return _act(
        request,
        lambda: waiting.withdraw(entry_id=entry_id, by=request.actor, at=clock.now()),
        _("不再等这一场了。"),
    )


@signed_in
@require_POST
def appeal(request: Request, no_show_id: int) -> HttpResponse:
    """Say why one could not come."""
    text = request.POST.get("text", "")
    return _act(
        request,
        lambda: standing.appeal(no_show_id=no_show_id, text=text, by=request.actor, at=clock.now()),
        _("收到了，我们会看的。"),
    )


def _act(request: Request, act, said: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        messages.success(request, said)
    return redirect("portal:me")


def family_bookings(family: list[Person]) -> dict[str, Any]:
    """What the bookings part of my page shows: three queries and one for each waiting entry."""
    ids, at = [each.pk for each in family], clock.now()
    bookings = [(row, words.when(row.session)) for row in queries.bookings_of(ids, at)]
    missed = standing.counted(ids, at).select_related("booking__session__activity", "person")
    pauses = [(each, standing.paused_until(each.pk, at)) for each in family] if missed else []
    return {
        "bookings": bookings,
        "waiting_entries": [
            (entry, words.when(entry.session), before)
            for entry, before in queries.waiting_of(ids, at)
        ],
        "no_shows": missed,
        "no_show_pauses": [(each, until) for each, until in pauses if until],
        "rule": standing.rule_in_force() if missed else None,
        "held": Booking.State.HELD,
    }
