"""What must hold over manifests, boxes and plans at every commit."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from yanzhen.library.rotation.models import BoxStay, Manifest, ManifestLine, RebalancingPick


def a_manifest_counts_what_it_lists() -> Iterator[str]:
    handed = Manifest.objects.filter(handed_over_at__isnull=False).annotate(n=Count("lines"))
    for manifest in handed.exclude(n=F("sent")):
        yield f"manifest {manifest.number} says {manifest.sent} sent and lists {manifest.n}"


def a_closed_manifest_leaves_nothing_open() -> Iterator[str]:
    lines = ManifestLine.objects.with_outcome().filter(manifest__closed_at__isnull=False)
    for line in lines.filter(outcome=ManifestLine.Outcome.OPEN).select_related("manifest", "copy"):
        yield f"manifest {line.manifest.number} is closed and {line.copy.barcode} still open"


def every_line_of_a_closed_manifest_adds_up() -> Iterator[str]:
    disputed = Count("lines", filter=Q(lines__dispute__isnull=False))
    closed = Manifest.objects.filter(closed_at__isnull=False).annotate(
        missed=disputed, n=Count("lines")
    )
    for manifest in closed.filter(~Q(missed=F("disputed")) | ~Q(n=F("come") + F("disputed"))):
        yield f"manifest {manifest.number}: sent, come and in dispute do not add up"


def a_line_lists_a_journey_of_its_own_copy() -> Iterator[str]:
    lines = ManifestLine.objects.select_related("manifest")
    wrong = ~Q(transit__copy=F("copy")) | ~Q(transit__to_node=F("manifest__to_node"))
    for line in lines.filter(wrong):
        yield f"manifest {line.manifest.number} lists a journey that is not its own"


def a_box_that_stands_somewhere_went_there() -> Iterator[str]:
    for stay in BoxStay.objects.select_related("box").exclude(manifest__to_node=F("node")):
        yield f"box {stay.box.label} stands where its manifest did not go"


def a_sent_pick_has_a_journey() -> Iterator[str]:
    sent = RebalancingPick.objects.filter(sent=True).select_related("copy")
    for pick in sent.filter(line__document=None):
        yield f"copy {pick.copy.barcode} was sent by a proposal nobody accepted"


INVARIANTS = (
    a_manifest_counts_what_it_lists,
    a_closed_manifest_leaves_nothing_open,
    every_line_of_a_closed_manifest_adds_up,
    a_line_lists_a_journey_of_its_own_copy,
    a_box_that_stands_somewhere_went_there,
    a_sent_pick_has_a_journey,
)
