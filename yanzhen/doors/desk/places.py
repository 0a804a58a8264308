"""Whose desk: the nodes a member of staff may work at."""

from django.http import Http404
from django.utils.translation import gettext as _

from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import BOOK_FOR_OTHERS, CHECK_IN, MANAGE_RESOURCES, PLAN_ACTIVITIES, Actor

# What is done for culture is done at a desk of either tree; everything else at a library's.
OF_EITHER_TREE = frozenset({PLAN_ACTIVITIES, MANAGE_RESOURCES, BOOK_FOR_OTHERS, CHECK_IN})


def desks_of(by: Actor, capability: str) -> list[Node]:
    """The library nodes at which `by` may do this, the nearest to the top first."""
    nodes = Node.objects.libraries().serving().filter(level__in=[Node.Level.HUB, Node.Level.BRANCH])
    return [node for node in nodes if by.may(capability, node.path)]


def planning_nodes(by: Actor) -> list[Node]:
    """The nodes of either tree at which `by` plans activities, the nearest to the top first."""
    nodes = Node.objects.serving().filter(level__in=[Node.Level.HUB, Node.Level.BRANCH])
    return [node for node in nodes if by.may(PLAN_ACTIVITIES, node.path)]


def desk_node(code: str, by: Actor, capability: str) -> Node:
    """The node with this code, if `by` may work at its desk. Raises Http404 or Refused."""
    desks = Node.objects.serving().select_related("site")
    if capability not in OF_EITHER_TREE:
        desks = desks.libraries()
    node = desks.filter(code=code).first()
    if node is None:
        raise Http404(_("没有这个分馆。"))
    require(by, capability, node)
    return node
