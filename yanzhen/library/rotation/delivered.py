"""What reached the branches in a year, and how much of it differed (I22, I24); two queries."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from yanzhen.library.holdings.models import Transit
from yanzhen.library.rotation.models import ManifestLine

DELIVERING = (Transit.Reason.DELIVERY, Transit.Reason.ROTATION)


@dataclass(frozen=True)
class Delivered:
    """By node id: copies received 配送册数; lines handed over to it, and the missing ones."""

    received: Counter
    sent: Counter
    differing: Counter

    def differing_percent(self, node: int) -> float:
        """配送差错率: differing of sent, in percent; 0 where nothing was sent."""
        return round(100 * self.differing[node] / max(self.sent[node], 1), 1)


def delivered_since(since: dt.datetime) -> Delivered:
    """Copies that came on purpose, not those that only went home; and all lines of manifests."""
    came = Transit.objects.filter(
        reason__in=DELIVERING, ending=Transit.Ending.SCAN, ended_at__gte=since
    )
    lines = ManifestLine.objects.filter(manifest__handed_over_at__gte=since)
    counted = lines.values("manifest__to_node").annotate(
        n=Count("pk"), missing=Count("pk", filter=Q(dispute__isnull=False))
    )
    found = Delivered(Counter(), Counter(), Counter())
    for row in came.values("ended_node").annotate(n=Count("pk")).order_by():
        found.received[row["ended_node"]] = row["n"]
    for told in counted.order_by():
        found.sent[told["manifest__to_node"]] = told["n"]
        found.differing[told["manifest__to_node"]] = told["missing"]
    return found
