"""Who may do what with copies."""

from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import CATALOGUE, CIRCULATE, MOVE_STOCK, Actor


def require_handling(by: Actor, node: Node) -> None:
    """Lending, returning, sending and receiving at this node; raises Refused."""
    require(by, CIRCULATE, node)


def require_accessioning(by: Actor) -> None:
    """Adding copies is the main house's work (统一编目, R40); raises Refused."""
    require(by, CATALOGUE)


def require_moving(by: Actor, node: Node) -> None:
    """Changing where copies of this node belong is the main house's work; raises Refused."""
    require(by, MOVE_STOCK, node)


def require_handling_at_an_end(by: Actor, journey: Transit | None, copy: Copy) -> None:
    """Either end of a journey may speak of it; raises Refused."""
    if journey is None or not by.may(CIRCULATE, journey.to_node.path):
        require_handling(by, copy.current_node)


def require_laying_down_floating(by: Actor) -> None:
    """Which branches float together is laid down by the main house; raises Refused."""
    require(by, MOVE_STOCK)
