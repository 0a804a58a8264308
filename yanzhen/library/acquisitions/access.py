"""Who may wish, and who may buy."""

from yanzhen.network.models import Node
from yanzhen.network.queries.nodes import hubs
from yanzhen.people.access import require
from yanzhen.people.roles import PURCHASE, WISH, Actor


def require_wishing(by: Actor, node: Node) -> None:
    """Wishing for this branch; raises Refused."""
    require(by, WISH, node)


def require_purchasing(by: Actor) -> None:
    """Deciding, ordering, receiving and paying are the main library's work (统一采购, R39).

    Raises Refused for anybody in a branch.
    """
    require(by, PURCHASE, hubs().filter(tree=Node.Tree.LIBRARY).first())
