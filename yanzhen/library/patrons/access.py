"""Who may do what with readers and their cards."""

from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import BLOCK_READERS, REGISTER_READERS, Actor


def require_registering(by: Actor, node: Node) -> None:
    """Issuing, replacing and cancelling cards at this desk; raises Refused."""
    require(by, REGISTER_READERS, node)


def require_blocking(by: Actor, node: Node) -> None:
    """Placing and lifting blocks at this desk; raises Refused."""
    require(by, BLOCK_READERS, node)
