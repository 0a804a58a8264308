"""Who packs, receives, lends boxes and decides on proposals."""

from yanzhen.library.rotation.models import BookBox, Manifest
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import CIRCULATE, MOVE_STOCK, SEE_STOCK, Actor


def require_packing(by: Actor, manifest: Manifest) -> None:
    """Packing and handing over are the work of the node it leaves from; raises Refused."""
    require(by, CIRCULATE, manifest.from_node)


def require_receiving(by: Actor, manifest: Manifest) -> None:
    """Receiving and closing are the work of the node it goes to; raises Refused."""
    require(by, CIRCULATE, manifest.to_node)


def may_see(by: Actor, manifest: Manifest) -> bool:
    """Both ends see a manifest, and whoever is above either."""
    ends = (manifest.from_node, manifest.to_node)
    return any(by.may(SEE_STOCK, node.path) for node in ends)


def require_box(by: Actor, box: BookBox) -> None:
    """A box is its own branch's; raises Refused."""
    require(by, CIRCULATE, box.owner)


def require_box_to(by: Actor, box: BookBox, to_node: Node) -> None:
    """A branch lends to its own service points; anywhere else the main house sends. Refused."""
    require_box(by, box)
    if not to_node.path.startswith(box.owner.path):
        require(by, MOVE_STOCK, to_node)


def require_deciding(by: Actor, node: Node) -> None:
    """What moves between branches is decided by the main house; raises Refused."""
    require(by, MOVE_STOCK, node)
