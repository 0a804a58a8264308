"""Who did not come, for whoever decides about it: reading the names leaves a line (L02)."""

import datetime as dt

from django.db.models import Q

from yanzhen.culture.booking.models import NoShow
from yanzhen.culture.booking.standing import rule_in_force
from yanzhen.groundwork import audit
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import CHECK_IN, Actor

MOST_LISTED = 200


def marks_at(node: Node, *, by: Actor, at: dt.datetime) -> list[NoShow]:
    """Marks that count, and appeals however old, of sessions at a branch and below, the newest
    session first. Raises Refused."""
    require(by, CHECK_IN, node)
    nodes = Node.objects.under(node.path)
    here = Q(booking__session__site__in=nodes.values("site"))
    held = Q(booking__session__activity__node__in=nodes.values("pk"))
    since = at - dt.timedelta(days=rule_in_force().window_days)
    counts = Q(state=NoShow.State.APPEALED) | Q(state=NoShow.State.STANDING, at__gt=since)
    rows = NoShow.objects.filter(counts, here | held).select_related(
        "booking__session__activity", "booking__session__site", "person"
    )
    found = list(rows.order_by("-booking__session__starts_at", "pk")[:MOST_LISTED])
    if found:
        audit.write(
            by=by, at=at, action="no_shows.read", subject="no_shows", place=node.code,
            marks=[each.pk for each in found],
        )  # fmt: skip
    return found
