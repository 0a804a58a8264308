"""My page: what I and my children have at home, and renewing it."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yanzhen.doors.gate import Request, signed_in
from yanzhen.doors.portal.booking_pages import family_bookings
from yanzhen.doors.portal.family import family_of
from yanzhen.doors.portal.history_pages import CHOICES, history_boxes
from yanzhen.doors.portal.notices import family_notices
from yanzhen.doors.rule_words import Names, why_hold, why_loan
from yanzhen.doors.words import long_day
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import queries
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.renewing import renew
from yanzhen.library.holds.queries import live_holds_of, pickup_nodes
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.library.patrons.queries import blocks_of, current_card_of
from yanzhen.library.patrons.rules import a_card_must_be_active
from yanzhen.people.models import Person

LAST_RETURNED = 10


@dataclass(frozen=True)
class Shelf:
    """What one person of the family has at home, and what stands in the way of borrowing."""

    person: Person
    card: ReaderCard | None
    card_refused: Refused | None
    blocks: list[Block]
    loans: list[tuple[Loan, tuple[str, ...]]]  # each with why it is as it is


@signed_in
@never_cache
def me(request: Request) -> HttpResponse:
    """Own loans first, then those of the children one is guardian of."""
    person, today, names = request.user.person, clock.today(), Names()
    family = family_of(request)
    context = {
        "shelves": [_shelf(each, today, names) for each in family],
        "today": today,
        "tomorrow": today + dt.timedelta(days=1),
        "returned": queries.past_loans_of(person.pk)[:LAST_RETURNED],
        "holds": [
            (hold, why_hold(hold, names)) for each in family for hold in live_holds_of(each.pk)
        ],
        "history_boxes": history_boxes(family),
        "history_choices": CHOICES,
        "pickup_nodes": pickup_nodes(),
        "section_me": True,
        **family_bookings(family),
        **family_notices(family),
    }
    return render(request, "portal/me.html", context)


@signed_in
@require_POST
def renewal(request: Request, loan_id: int) -> HttpResponse:
    try:
        loan = renew(loan_id=loan_id, by=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        messages.success(
            request,
            _("《%(title)s》续好了，%(due)s 前还到任一分馆就行。")
            % {"title": loan.copy.bib.title, "due": long_day(loan.due_on)},
        )
    return redirect("portal:me")


def _shelf(person: Person, today: dt.date, names: Names) -> Shelf:
    card = current_card_of(person.pk)
    refused = a_card_must_be_active(card.status, card.expires_on, today, None) if card else None
    loans = [(loan, why_loan(loan, names)) for loan in queries.open_loans_of(person.pk)]
    return Shelf(person, card, refused, list(blocks_of(person)), loans)
