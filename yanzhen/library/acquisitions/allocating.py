"""The split of a line: who gets how many. Every change of a draft line goes through `split`."""

from collections.abc import Collection, Mapping

from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.acquisitions import rules
from yanzhen.library.acquisitions.duplicates import Found
from yanzhen.library.acquisitions.models import Allocation, OrderLine
from yanzhen.network.models import Node


def split(line: OrderLine, shares: Mapping[int, int], extra: Collection[int], found: Found) -> None:
    """Give each branch its share (node id → copies) and let the others go. Raises Refused."""
    shares = {node_id: count for node_id, count in shares.items() if count}
    nodes = Node.objects.in_bulk(shares)
    refuse_first(
        rules.allocations_sum_to_the_line(line.quantity, sum(shares.values())),
        *(may_go_to(nodes[pk], found, extra=pk in extra) for pk in shares),
    )
    line.allocations.exclude(node__in=shares).delete()
    for node_id, count in shares.items():
        Allocation.objects.update_or_create(
            line=line, node_id=node_id, defaults={"quantity": count, "extra": node_id in extra}
        )


def may_go_to(node: Node, found: Found, *, extra: bool) -> Refused | None:
    """Open, and without the title so far unless more copies are wanted in so many words."""
    return still_there(node) or rules.a_branch_that_has_it_gets_no_more(
        node.short_label, found.held[node.pk], found.on_order[node.pk], extra=extra
    )


def still_there(node: Node) -> Refused | None:
    """An allocation is decided at the order and looked at again at the receipt."""
    return rules.an_allocation_goes_to_an_open_branch(is_open(node), node.short_label)


def is_open(node: Node) -> bool:
    return node.tree == Node.Tree.LIBRARY and node.status == Node.Status.OPEN
