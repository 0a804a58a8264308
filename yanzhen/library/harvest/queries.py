"""Reads for the door of the harvesters: offers in the order of their positions."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Max, Min, Q, QuerySet

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.harvest.models import Membership, Offer
from yanzhen.library.harvest.offering import SECOND
from yanzhen.library.harvest.sets import BRANCH, MATERIAL
from yanzhen.network.models import Node

MOST_BYTES = 2_000_000  # of MARC in one portion, near enough
EVERYTHING = ("", MATERIAL)


@dataclass(frozen=True)
class Offered:
    """One title for a harvester. `marc` is "" for a deleted one; `moved_at` is in UTC."""

    bib_id: int
    position: int
    deleted: bool
    marc: str
    flavour: str
    specs: tuple[str, ...] = ()

    @property
    def moved_at(self) -> dt.datetime:
        return moment(self.position)


@dataclass(frozen=True)
class Window:
    """Which offers: those of a set ("" is all), whose second lies from `since` to `until`."""

    spec: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def bounds(self) -> Q:
        """Both ends belong to it; `until` means the whole of its second."""
        wanted = Q()
        if self.since:
            wanted &= Q(position__gte=_position(self.since))
        if self.until:
            wanted &= Q(position__lt=_position(self.until) + SECOND)
        return wanted


def count(window: Window) -> int:
    """How many offers there are in the window now."""
    return _order(window).count()


def portion(window: Window, after: int, most: int) -> tuple[list[Offered], bool]:
    """The next offers behind the position `after`, `most` of them or fewer when they are long, and
    whether there are more. One statement reads them, so all are seen at one moment."""
    rows = _order(window).filter(position__gt=after).order_by("position")
    taken: list[Offered] = []
    length = 0
    for row in rows.values_list(*_columns(window))[: most + 1].iterator(chunk_size=100):
        offer = _offered(row)
        length += len(offer.marc)
        if len(taken) == most or (taken and length > MOST_BYTES):
            return _with_specs(taken), True
        taken.append(offer)
    return _with_specs(taken), False


def one(bib_id: int) -> Offered | None:
    """The offer of a title, deleted or not; None for one that was never offered."""
    rows = Offer.objects.filter(pk=bib_id).values_list(*_columns(Window()))
    return next(iter(_with_specs(list(map(_offered, rows)))), None)


def earliest() -> dt.datetime | None:
    """The oldest datestamp there is; None before anything was offered."""
    first = Offer.objects.aggregate(first=Min("position"))["first"]
    return moment(first) if first is not None else None


def latest() -> int:
    """The newest position, 0 before there is one."""
    return Offer.objects.aggregate(last=Max("position"))["last"] or 0


def materials() -> list[str]:
    """The kinds of material there are titles of."""
    formats = BibRecord.objects.order_by("format").values_list("format", flat=True).distinct()
    return list(formats)


def sets() -> list[tuple[str, str]]:
    """(spec, name) of every set: the branches in the order of the tree, then kinds of material."""
    nodes = Node.objects.libraries().order_by("path").values_list("code", "name")
    branches = [(f"{BRANCH}:{code}", name) for code, name in nodes]
    kinds = [(f"{MATERIAL}:{format}", format) for format in materials()]
    return [(BRANCH, "馆藏"), *branches, (MATERIAL, "文献形式"), *kinds]


def moment(position: int) -> dt.datetime:
    """The second of a position."""
    return dt.datetime.fromtimestamp(position // SECOND, dt.UTC)


def _position(at: dt.datetime) -> int:
    return int(at.timestamp()) * SECOND


def _order(window: Window) -> QuerySet:
    if window.spec in EVERYTHING:
        return Offer.objects.filter(window.bounds())
    return Membership.objects.filter(window.bounds(), spec=window.spec)


def _columns(window: Window) -> tuple[str, ...]:
    """Of an offer, seen from the table that is read in order."""
    to = "" if window.spec in EVERYTHING else "offer__"
    return f"{to}bib_id", "position", f"{to}deleted", f"{to}bib__marc", f"{to}bib__flavour"


def _offered(row: tuple) -> Offered:
    bib_id, position, deleted, marc, flavour = row
    return Offered(bib_id, position, deleted, "" if deleted else marc, flavour)


def _with_specs(offers: list[Offered]) -> list[Offered]:
    """The offers with the sets they are in; `branch` goes without saying."""
    ids = [offer.bib_id for offer in offers]
    found = Membership.objects.filter(offer__in=ids, spec__contains=":").order_by("spec")
    specs = defaultdict(list)
    for bib_id, spec in found.values_list("offer_id", "spec"):
        specs[bib_id].append(spec)
    return [replace(offer, specs=tuple(specs[offer.bib_id])) for offer in offers]
