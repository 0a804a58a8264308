"""What must hold over all bookings at every commit; each yields sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking.models import (
    LIVE,
    Allotment,
    AllotmentTransfer,
    Booking,
    BookingStep,
    BookingTerms,
    Channel,
    WaitingEntry,
)
from yanzhen.groundwork import clock


def taken_is_the_sum_of_live_heads() -> Iterator[str]:
    heads = (
        Booking.objects.live()
        .filter(allotment=OuterRef("pk"))
        .order_by()
        .values("allotment")
        .annotate(n=Sum("heads"))
        .values("n")
    )
    counted = Allotment.objects.annotate(heads=Coalesce(Subquery(heads), 0))
    for row in counted.exclude(taken=F("heads")):
        yield f"allotment {row.pk} says {row.taken} are taken, its bookings have {row.heads} heads"


def taken_within_places() -> Iterator[str]:
    for row in Allotment.objects.filter(taken__gt=F("places")):
        yield f"allotment {row.pk} has {row.taken} taken of {row.places} places"


def allotted_is_the_sum_of_places_within_capacity() -> Iterator[str]:
    opened = Session.objects.filter(terms__isnull=False).annotate(
        places=Coalesce(Sum("allotments__places"), 0)
    )
    for row in opened.filter(~Q(allotted=F("places")) | Q(allotted__gt=F("capacity"))):
        yield (
            f"session {row.pk}: allotted {row.allotted}, places {row.places}, "
            f"capacity {row.capacity}"
        )


def walk_in_places_are_never_sold_online() -> Iterator[str]:
    on_the_door = Booking.objects.live().filter(allotment__channel=Channel.WALK_IN)
    for row in on_the_door.exclude(channel=Channel.WALK_IN).exclude(state=Booking.State.CHECKED_IN):
        yield f"booking {row.pk} came by {row.channel} and waits on a walk-in place"
    for row in AllotmentTransfer.objects.filter(
        source__channel=Channel.WALK_IN, target__isnull=False
    ):
        yield f"transfer {row.pk} leads out of the walk-in places"


def one_live_booking_a_beneficiary_and_session() -> Iterator[str]:
    live = Booking.objects.live().filter(beneficiary__isnull=False).order_by()
    for row in live.values("session", "beneficiary").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"person {row['beneficiary']} has {row['n']} live bookings in {row['session']}"


def a_booking_is_in_the_state_of_its_last_step() -> Iterator[str]:
    last = BookingStep.objects.filter(booking=OuterRef("pk")).order_by("-pk").values("state")[:1]
    for row in Booking.objects.annotate(last=Subquery(last)).exclude(last=F("state")):
        yield f"booking {row.pk} is {row.state}, its last step says otherwise"


def an_offer_holds_its_places() -> Iterator[str]:
    offered = WaitingEntry.objects.filter(state=WaitingEntry.State.OFFERED)
    for row in offered.exclude(booking__state=Booking.State.HELD):
        yield f"waiting entry {row.pk} is offered places nobody holds"


def nobody_passes_a_fitting_entry() -> Iterator[str]:
    """While offers are made, whoever waits does not fit what is free."""
    undrawn = Q(
        session__terms__order=BookingTerms.Order.DRAW, session__terms__drawn_at__isnull=True
    )
    waiting = WaitingEntry.objects.filter(
        state=WaitingEntry.State.WAITING,
        heads__lte=F("allotment__places") - F("allotment__taken"),
        session__state=Session.State.SCHEDULED,
        session__starts_at__gt=clock.now(),
    )
    for row in waiting.exclude(undrawn):
        yield f"waiting entry {row.pk} fits what is free and is still waiting"


def who_is_checked_in_was_seen() -> Iterator[str]:
    seen = Booking.objects.filter(state__in=LIVE).filter(
        Q(state=Booking.State.CHECKED_IN, checked_in_at__isnull=True)
        | (~Q(state=Booking.State.CHECKED_IN) & Q(checked_in_at__isnull=False))
    )
    for row in seen:
        yield f"booking {row.pk} is {row.state}, its moment at the door says otherwise"


def what_is_forgotten_names_nobody() -> Iterator[str]:
    kept = ~Q(name="", name_folded="", phone="") | Q(roster__isnull=False)
    for row in Booking.objects.filter(kept, forgotten_at__isnull=False).distinct():
        yield f"booking {row.pk} was forgotten and still names somebody"


INVARIANTS = (
    taken_is_the_sum_of_live_heads,
    taken_within_places,
    allotted_is_the_sum_of_places_within_capacity,
    walk_in_places_are_never_sold_online,
    one_live_booking_a_beneficiary_and_session,
    a_booking_is_in_the_state_of_its_last_step,
    an_offer_holds_its_places,
    nobody_passes_a_fitting_entry,
    who_is_checked_in_was_seen,
    what_is_forgotten_names_nobody,
)
