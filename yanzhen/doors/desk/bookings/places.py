"""The places of a session: opening its booking, moving places, the capacity, the draw."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.culture.booking import drawing, queries, rules
from yanzhen.culture.booking.models import AllotmentTransfer, BookingTerms, Channel
from yanzhen.culture.booking.opening import Manner, open_booking
from yanzhen.culture.booking.transferring import resize, transfer
from yanzhen.doors import booking_words as words
from yanzhen.doors.desk.bookings.doing import number, said_after, session_of
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
@require_safe
def places(request: Request, code: str, session_id: int) -> HttpResponse:
    """Before opening the split that is proposed; after it the ledger and what was moved."""
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    session = session_of(node, session_id)
    split = rules.default_split(session.capacity)
    context = {
        "node": node,
        "desk_sessions": True,
        "session": session,
        "when": words.when(session),
        "said": kept_banner(request),
        "places": queries.places_of(session.pk),
        "allotments": list(session.allotments.all()),
        "transfers": AllotmentTransfer.objects.filter(session=session).select_related(
            "source", "target"
        ),
        "split": [(channel, channel.label, split[channel]) for channel in Channel],
        "orders": BookingTerms.Order.choices,
        "givers": [each for each in Channel if each != Channel.WALK_IN],
        "channels": list(Channel),
    }
    return render(request, "desk/bookings/places.html", context)


@staff(PLAN_ACTIVITIES)
@require_POST
def open_it(request: Request, code: str, session_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    told = request.POST
    order = told.get("order", "")
    manner = Manner(order=order if order in BookingTerms.Order.values else Manner.order)

    def act() -> Said:
        split = {channel.value: number(told.get(channel.value, "")) for channel in Channel}
        open_booking(
            session_id=session_id, split=split, manner=manner, by=request.actor, at=clock.now()
        )
        return Said("done", _("开放预约了"), _("现场名额只给直接来的人。"))

    return said_after(request, act, "desk:places", node.code, session_id)


@staff(PLAN_ACTIVITIES)
@require_POST
def move(request: Request, code: str, session_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    told = request.POST

    def act() -> Said:
        made = transfer(
            session_id=session_id, source=told.get("source", ""), target=told.get("target", ""),
            places=number(told.get("places", "")), reason=told.get("reason", "")[:200],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return Said("done", _("挪了 %(n)d 个名额") % {"n": made.places})

    return said_after(request, act, "desk:places", node.code, session_id)


@staff(PLAN_ACTIVITIES)
@require_POST
def resize_it(request: Request, code: str, session_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    told = request.POST

    def act() -> Said:
        resize(
            session_id=session_id, capacity=number(told.get("capacity", "")),
            reason=told.get("reason", "")[:200], by=request.actor, at=clock.now(),
        )  # fmt: skip
        return Said("done", _("容量改好了"))

    return said_after(request, act, "desk:places", node.code, session_id)


@staff(PLAN_ACTIVITIES)
@require_POST
def draw_it(request: Request, code: str, session_id: int) -> HttpResponse:
    """First seals the list, then draws with a published seed."""
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    seed = request.POST.get("seed", "")

    def act() -> Said:
        by, at = request.actor, clock.now()
        if not seed:
            terms = drawing.seal_list(session_id=session_id, by=by, at=at)
            return Said("done", _("名单封存了"), terms.list_digest)
        offered = drawing.draw(session_id=session_id, seed=seed[:80], by=by, at=at)
        return Said("done", _("摇出来了 · %(n)d 个") % {"n": offered})

    return said_after(request, act, "desk:places", node.code, session_id)
