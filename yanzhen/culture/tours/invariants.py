"""What must hold over all orders and runs at every commit; each yields plain sentences."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery

from yanzhen.culture.resources.models import Claim
from yanzhen.culture.tours.models import MenuOrder, MenuOrderStep, SignOff, Stop, TourRun


def the_places_of_a_route_are_one_to_n() -> Iterator[str]:
    routes = (
        Stop.objects.standing()
        .order_by()
        .values("run")
        .annotate(n=Count("pk"), first=Min("position"), last=Max("position"))
    )
    for row in routes.filter(~Q(first=1) | ~Q(last=F("n"))):
        yield f"the route of run {row['run']} has gaps"


def an_order_is_in_the_state_of_its_last_step() -> Iterator[str]:
    last = MenuOrderStep.objects.filter(order=OuterRef("pk")).order_by("-pk").values("state")[:1]
    for order in MenuOrder.objects.annotate(last=Subquery(last)).exclude(last=F("state")):
        yield f"menu order {order.pk} is {order.state}, its last step says otherwise"


def an_assigned_order_has_its_stop() -> Iterator[str]:
    on_route = Stop.objects.standing().values("order")
    on_the_way = [MenuOrder.State.ASSIGNED, MenuOrder.State.DONE]
    for order in MenuOrder.objects.filter(state__in=on_the_way).exclude(pk__in=on_route):
        yield f"menu order {order.pk} is {order.state} but on no route"
    for stop in Stop.objects.standing().exclude(order__state__in=on_the_way):
        yield f"stop {stop.pk} is on a route, its order is not"


def what_a_planned_run_needs_is_claimed() -> Iterator[str]:
    runs = TourRun.objects.prefetch_related("needs", "stops")
    for run in runs:
        needed = {need.resource_id for need in run.needs.all()}
        standing = any(stop.state == Stop.State.PLANNED for stop in run.stops.all())
        held = Claim.objects.held().filter(reference=run.reference)
        claimed = set(held.values_list("resource_id", flat=True))
        wanted = needed if standing and run.state != TourRun.State.CANCELLED else set()
        if claimed != wanted:
            yield f"run {run.pk} needs {sorted(wanted)} and has claimed {sorted(claimed)}"


def a_signed_stop_belongs_to_a_delivered_order() -> Iterator[str]:
    for signed in SignOff.objects.exclude(stop__order__state=MenuOrder.State.DONE):
        yield f"stop {signed.stop_id} is signed off, its order is not done"


INVARIANTS = (
    the_places_of_a_route_are_one_to_n,
    an_order_is_in_the_state_of_its_last_step,
    an_assigned_order_has_its_stop,
    what_a_planned_run_needs_is_claimed,
    a_signed_stop_belongs_to_a_delivered_order,
)
