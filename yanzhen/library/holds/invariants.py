"""What must hold over all holds at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, OuterRef, Subquery

from yanzhen.groundwork import clock
from yanzhen.groundwork.versions import DAY
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.models import Hold, HoldRule, HoldStep


def a_ready_hold_stands_on_the_hold_shelf_of_its_pickup_branch() -> Iterator[str]:
    astray = Hold.objects.ready().exclude(
        copy__state=Copy.State.ON_HOLD_SHELF, copy__current_node=F("pickup_node")
    )
    for hold in astray:
        yield f"hold {hold.pk} is ready but its copy is not on the hold shelf there"


def a_captured_copy_is_with_nobody() -> Iterator[str]:
    for hold in Hold.objects.captured().filter(copy__state=Copy.State.ON_LOAN):
        yield f"the copy of hold {hold.pk} is on loan"


def a_copy_is_captured_by_one_hold() -> Iterator[str]:
    doubled = Hold.objects.captured().values("copy").annotate(n=Count("pk")).filter(n__gt=1)
    for row in doubled:
        yield f"copy {row['copy']} is captured by {row['n']} holds"


def queue_positions_are_one_to_n() -> Iterator[str]:
    queues = (
        Hold.objects.waiting()
        .values("bib")
        .annotate(n=Count("pk"), first=Min("place"), last=Max("place"))
    )
    for row in queues.exclude(last=F("first") + F("n") - 1):
        yield f"the queue of title {row['bib']} has gaps"


def a_hold_is_in_the_state_of_its_last_step() -> Iterator[str]:
    last = HoldStep.objects.filter(hold=OuterRef("pk")).order_by("-pk").values("state")[:1]
    for hold in Hold.objects.annotate(last=Subquery(last)).exclude(last=F("state")):
        yield f"hold {hold.pk} is {hold.state}, its last step says otherwise"


def the_default_hold_rule_exists() -> Iterator[str]:
    day = clock.today()
    acting = HoldRule.objects.unended(day).filter(category=None, valid_from__lte=day)
    if (count := acting.count()) != 1:
        yield f"there are {count} default hold rules in force instead of one"


def two_hold_rules_of_a_category_do_not_overlap() -> Iterator[str]:
    """And the default leaves no gap."""
    last: dict[int | None, HoldRule] = {}
    for row in HoldRule.objects.standing().order_by("valid_from", "pk"):
        before = last.get(row.category_id)
        if before and (before.valid_to is None or before.valid_to >= row.valid_from):
            yield f"hold rules {before.pk} and {row.pk} of one category overlap"
        elif before and row.category_id is None and before.valid_to != row.valid_from - DAY:
            yield f"default hold rule {row.pk} does not begin the day after the one before it ends"
        last[row.category_id] = row
    if None in last and last[None].valid_to is not None:
        yield f"no default hold rule after {last[None].valid_to}"


INVARIANTS = (
    a_ready_hold_stands_on_the_hold_shelf_of_its_pickup_branch,
    a_captured_copy_is_with_nobody,
    a_copy_is_captured_by_one_hold,
    queue_positions_are_one_to_n,
    a_hold_is_in_the_state_of_its_last_step,
    the_default_hold_rule_exists,
    two_hold_rules_of_a_category_do_not_overlap,
)
