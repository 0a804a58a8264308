"""A booking goes to another session: pick one, say why, read the new sentence to the caller."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yanzhen.culture.booking import queries
from yanzhen.culture.booking.cancelling import TO_COME, move_booking
from yanzhen.doors import booking_words as words
from yanzhen.doors.desk.bookings.doing import number
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import KEPT
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.names import plain
from yanzhen.people.roles import BOOK_FOR_OTHERS

LONGEST_ID = 18


@staff(BOOK_FOR_OTHERS)
def move(request: Request, code: str, booking_id: int) -> HttpResponse:
    """Other sessions of the same activity first, `?q=` finds more; a refusal keeps what was
    typed."""
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)
    booking = queries.booking_shown(booking_id)
    if booking is None or booking.state not in TO_COME:
        raise Http404(_("没有这个预约，或者它已经结束了。"))
    text = plain(request.GET.get("q", ""))[:60]
    problem = None
    if request.method == "POST":
        try:
            made = move_booking(
                booking_id=booking_id, by=request.actor, at=clock.now(),
                to_session_id=number(request.POST.get("to", ""), longest=LONGEST_ID),
                reason=request.POST.get("reason", "")[:200],
            )  # fmt: skip
        except Refused as refused:
            if refused.status == 403:
                raise
            problem = refused
        else:
            request.session[KEPT] = Said("done", _("改好了"), made.who).as_dict()
            return redirect("desk:desk-booking", node.code, made.pk)
    sessions = list(queries.sessions_to_move_to(booking, clock.now(), text))
    free = queries.free_in([each.pk for each in sessions], booking.channel)
    context = {
        "node": node,
        "desk_bookings": True,
        "booking": booking,
        "when": words.when(booking.session),
        "q": text,
        "rows": [(each, words.when(each), free.get(each.pk, 0)) for each in sessions],
        "typed": request.POST,
        "problem": problem,
    }
    return render(
        request, "desk/bookings/move.html", context, status=problem.status if problem else 200
    )
