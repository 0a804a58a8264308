"""Who may write titles: cataloguing is the main house's work (统一编目, R40)."""

from yanzhen.network.models import Node
from yanzhen.network.queries.nodes import hubs
from yanzhen.people.access import require
from yanzhen.people.roles import CATALOGUE, SEE_STOCK, Actor


def require_cataloguing(by: Actor) -> None:
    """Adding, changing, deleting and importing titles; raises Refused for anybody in a branch."""
    require(by, CATALOGUE, hubs().filter(tree=Node.Tree.LIBRARY).first())


def require_proposing(by: Actor, node: Node) -> None:
    """Proposing a title or a change from a branch; raises Refused."""
    require(by, SEE_STOCK, node)
