"""Reads for pages, for the API and for the figures."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yanzhen.culture.resources.models import Claim, Resource
from yanzhen.culture.tours.models import (
    MenuItem,
    MenuOrder,
    Rating,
    Requester,
    SignOff,
    Stop,
    TourRun,
    Troupe,
)
from yanzhen.network.models import Node


def menu() -> QuerySet[MenuItem]:
    """What can be ordered now."""
    return MenuItem.objects.filter(state=MenuItem.State.OFFERED).select_related("node")


def delivered_often() -> dict[int, int]:
    """Item id -> how often it was brought and counted."""
    rows = Stop.objects.counting().order_by().values("order__item").annotate(n=Count("pk"))
    return {row["order__item"]: row["n"] for row in rows}


def stars_of(item: MenuItem) -> tuple[float | None, int]:
    """Mean of the stars, and how many gave some."""
    found = Rating.objects.filter(order__item=item).aggregate(mean=Avg("stars"), n=Count("pk"))
    return found["mean"], found["n"]


def items_of(node: Node, *, everything: bool) -> QuerySet[MenuItem]:
    """The items of a house; for headquarters those of all."""
    rows = MenuItem.objects.select_related("node")
    return rows if everything else rows.filter(node__site=node.site)


def orders_at(node: Node, *, everything: bool) -> QuerySet[MenuOrder]:
    """Orders a house answers, and those its town has made; for headquarters all."""
    rows = MenuOrder.objects.select_related("item__node", "requester__town", "rating")
    if everything:
        return rows
    return rows.filter(Q(item__node__site=node.site) | Q(requester__town=node.site.division))


def waiting_at(node: Node, *, everything: bool) -> QuerySet[MenuOrder]:
    """What waits for an answer, the longest on top."""
    return orders_at(node, everything=everything).filter(state=MenuOrder.State.ASKED)


def order_with_all(order_id: int) -> MenuOrder | None:
    rows = MenuOrder.objects.select_related("item__node", "requester__town", "rating")
    return rows.prefetch_related("steps").filter(pk=order_id).first()


def stop_of(order_id: int) -> Stop | None:
    """Where an order stands on a route, if it does."""
    rows = Stop.objects.standing().select_related("run", "order", "sign_off")
    return rows.filter(order=order_id).first()


def runs_at(node: Node, *, everything: bool) -> QuerySet[TourRun]:
    """Runs of a house, the latest on top."""
    standing = Q(stops__state=Stop.State.PLANNED)
    rows = TourRun.objects.select_related("node").annotate(
        places=Count("stops", standing),
        signed=Count("stops", standing & Q(stops__sign_off__isnull=False)),
    )
    return rows if everything else rows.filter(node__site=node.site)


def route_of(run: TourRun) -> QuerySet[Stop]:
    return (
        run.stops.standing()
        .select_related("order__item", "order__requester__town", "sign_off")
        .order_by("position")
    )


def taken_off(run: TourRun) -> QuerySet[Stop]:
    """Stops that were on the route and why they are not any more."""
    rows = run.stops.filter(state=Stop.State.CANCELLED)
    return rows.select_related("order__item", "order__requester").order_by("-cancelled_at")


def claimed_for(run: TourRun) -> set[int]:
    """Ids of the resources that are claimed for a run."""
    held = Claim.objects.held().filter(reference=run.reference)
    return set(held.values_list("resource_id", flat=True))


def to_take_along() -> QuerySet[Resource]:
    """Whatever can travel: troupes, teachers, vans, kit."""
    rows = Resource.objects.standing().exclude(sort=Resource.Sort.FACILITY)
    return rows.order_by("sort", "name", "pk")


def to_choose_from(
    run: TourRun, *, everything: bool, town: str = "", day: dt.date | None = None
) -> QuerySet[MenuOrder]:
    """Waiting orders for a run, those wished for on its days on top, then the longest waiting."""
    rows = waiting_at(run.node, everything=everything)
    if town:
        rows = rows.filter(requester__town__code=town)
    if day:
        rows = rows.filter(Q(wished_on=day) | Q(other_day=day))
    near = Q(wished_on__range=(run.first_day, run.last_day)) | Q(
        other_day__range=(run.first_day, run.last_day)
    )
    fits = MenuOrder.objects.filter(near, pk=OuterRef("pk"))
    return rows.annotate(fits=Exists(fits)).order_by("-fits", "wished_on", "pk")


def troupes_at(node: Node, *, everything: bool) -> QuerySet[Troupe]:
    rows = Troupe.objects.standing().select_related("town", "site").order_by("town__code", "pk")
    return rows if everything else rows.filter(Q(site=node.site) | Q(town=node.site.division))


def requesters_at(node: Node, *, everything: bool) -> QuerySet[Requester]:
    rows = Requester.objects.select_related("town")
    return rows if everything else rows.filter(town=node.site.division)


@dataclass
class Figure:
    """One line of the count: stops that count with their heads, and stops that do not count yet."""

    stops: int = 0
    heads: int = 0
    uncounted: int = 0

    def add(self, stop: Stop) -> None:
        counted = getattr(stop, "counted", None)
        if counted is None:
            self.uncounted += 1
        else:
            self.stops, self.heads = self.stops + 1, self.heads + counted


@dataclass
class YearFigures:
    """Mobile service 流动服务 of a year: all, by kind of item, by kind of unit, by town."""

    total: Figure = field(default_factory=Figure)
    by_kind: dict[str, Figure] = field(default_factory=lambda: defaultdict(Figure))
    by_unit: dict[str, Figure] = field(default_factory=lambda: defaultdict(Figure))
    by_town: dict[str, Figure] = field(default_factory=lambda: defaultdict(Figure))


def figures_of(year: int, *, until: dt.datetime, town_code: str = "") -> YearFigures:
    """What was brought in a calendar year up to a moment (R29, R49).

    A stop without a sign-off with heads and photo adds nothing but to `uncounted`. Keys are the
    codes of kinds and the names of towns.
    """
    begun = _begun_in(year, until)
    if town_code:
        begun = begun.filter(order__requester__town__code=town_code)
    loaded = "order__item", "order__requester__town"
    counting = {stop.pk: stop for stop in begun.counting().select_related(*loaded)}
    found = YearFigures()
    for stop in begun.select_related(*loaded).order_by("order__requester__town__code", "pk"):
        told = counting.get(stop.pk, stop)
        requester = stop.order.requester
        for line in (
            found.total,
            found.by_kind[stop.order.item.kind],
            found.by_unit[requester.kind],
            found.by_town[requester.town.label],
        ):
            line.add(told)
    return found


def not_counting(node: Node, *, everything: bool, at: dt.datetime) -> QuerySet[Stop]:
    """Stops that have ended and still count zero: no sign-off, or no photo, or nobody counted."""
    rows = Stop.objects.standing().filter(ends_at__lte=at)
    rows = rows.exclude(pk__in=Stop.objects.counting().values("pk"))
    if not everything:
        rows = rows.filter(run__node__site=node.site)
    return rows.select_related("order__requester", "order__item", "run", "sign_off").order_by(
        "starts_at"
    )


def sign_off_with_photo(sign_off_id: int) -> SignOff | None:
    rows = SignOff.objects.exclude(photo="").select_related("stop__run__node")
    return rows.filter(pk=sign_off_id).first()


def _begun_in(year: int, until: dt.datetime):
    first = dt.datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
    last = min(first.replace(year=year + 1), until)
    return Stop.objects.standing().filter(starts_at__gte=first, starts_at__lt=last)
