"""Reads about manifests, boxes and plans, for pages."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holdings.models import Dispute, Transit
from yanzhen.library.rotation.models import Manifest, ManifestLine
from yanzhen.network.models import Node

_NUMBER = re.compile(r"JJ0*([1-9][0-9]{0,14})(?:X[0-9]+)?")


def manifest_locked(manifest_id: int) -> Manifest:
    """The manifest as it stands, kept from others until the end of this transaction."""
    if not Manifest.objects.select_for_update().filter(pk=manifest_id).exists():
        raise manifest_unknown()
    return Manifest.objects.select_related("from_node", "to_node", "document").get(pk=manifest_id)


def manifest_unknown() -> Refused:
    return Refused(
        "manifest-unknown",
        _("没有找到这张交接单。"),
        _("请看一下单号，或在交接单列表里找。"),
        status=404,
    )


def manifest_numbered(text: str) -> int | None:
    """The id a scanned manifest number or crate label stands for."""
    found = _NUMBER.fullmatch(text.strip().upper())
    return int(found[1]) if found else None


def listed() -> Exists:
    """The condition that a journey is on a manifest that has not called it missing."""
    return Exists(ManifestLine.objects.filter(transit=OuterRef("pk"), dispute=None))


# Back from repair, but still being mended at the main library: it waits for no van.
MENDING = Q(reason=Transit.Reason.REPAIR, copy__damaged=True, from_node__parent=None)


def loose_journeys(from_node: Node, to_node: Node) -> QuerySet[Transit]:
    """Journeys of this direction that wait for a van and are on no manifest."""
    journeys = Transit.objects.on_the_road().filter(
        ~listed(), ~MENDING, from_node=from_node, to_node=to_node, copy__in_dispute=False
    )
    return journeys.select_related("copy__bib").order_by("sent_at", "pk")


def line_of_journey(journey: Transit) -> ManifestLine | None:
    """The line a journey stands on, with its manifest."""
    lines = ManifestLine.objects.filter(transit=journey, dispute=None)
    return lines.select_related("manifest").first()


def manifests_at(node: Node) -> QuerySet[Manifest]:
    """Manifests from and to this node: what is not closed first, then the newest."""
    ours = Manifest.objects.filter(Q(from_node=node) | Q(to_node=node))
    return (
        ours.select_related("from_node", "to_node")
        .annotate(listed=Count("lines"), is_closed=Q(closed_at__isnull=False))
        .order_by("is_closed", "-opened_at", "-pk")
    )


def lines_of(manifest: Manifest) -> QuerySet[ManifestLine]:
    """The lines crate by crate, each with its outcome."""
    lines = ManifestLine.objects.filter(manifest=manifest).with_outcome()
    return lines.select_related(
        "copy__bib", "crate", "transit__ended_node", "dispute__ended_node"
    ).order_by("crate__position", "pk")


@dataclass(frozen=True)
class Direction:
    """Where loose journeys wait to go to, how many, and since when."""

    node: Node
    copies: int
    since: dt.datetime


def directions_from(node: Node) -> list[Direction]:
    """What waits here for a van, by where it goes; most first."""
    loose = Transit.objects.on_the_road().filter(
        ~listed(), ~MENDING, from_node=node, copy__in_dispute=False
    )
    found: dict[int, list[Transit]] = {}
    for journey in loose.select_related("to_node"):
        found.setdefault(journey.to_node_id, []).append(journey)
    directions = [
        Direction(some[0].to_node, len(some), min(each.sent_at for each in some))
        for some in found.values()
    ]
    return sorted(directions, key=lambda each: (-each.copies, each.node.code))


def totals(manifest: Manifest) -> dict[str, int]:
    """Outcome -> how many lines; the values add up to the number of lines."""
    counted = dict.fromkeys(ManifestLine.Outcome.values, 0)
    told = lines_of(manifest).values_list("outcome", flat=True)  # type: ignore[misc]  # annotated
    for outcome in told:
        counted[outcome] += 1
    return counted


def open_disputes_at(node: Node) -> QuerySet[Dispute]:
    """What this node sent or awaits that is in dispute, oldest first."""
    ours = Q(transit__from_node=node) | Q(transit__to_node=node)
    disputes = Dispute.objects.filter(ours, ended_at=None)
    return disputes.select_related(
        "copy__bib", "transit__from_node", "transit__to_node", "manifest_line__manifest"
    ).order_by("opened_at", "pk")


def settled_disputes_at(node: Node) -> QuerySet[Dispute]:
    """What this node sent or awaited that was in dispute and is no longer, the last on top."""
    ours = Q(transit__from_node=node) | Q(transit__to_node=node)
    settled = Dispute.objects.filter(ours, ended_at__isnull=False)
    return settled.select_related("copy__bib", "ended_node").order_by("-ended_at", "-pk")


def manifests_of(journeys: list[Transit]) -> dict[int, Manifest]:
    """Journey id -> the manifest it travels on."""
    lines = ManifestLine.objects.filter(transit__in=journeys, dispute=None)
    return {line.transit_id: line.manifest for line in lines.select_related("manifest")}
