"""Sets of divisions and nodes."""

import datetime as dt
from collections.abc import Hashable

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from yanzhen.groundwork import generations
from yanzhen.network.models import Division, Node, in_language
from yanzhen.network.opening import CALENDARS


def district() -> Division:
    """The county itself."""
    return Division.objects.get(kind=Division.Kind.COUNTY)


def towns() -> QuerySet[Division]:
    """The living towns and subdistricts, by code."""
    return Division.objects.towns()


def nodes_of(division: Division) -> QuerySet[Node]:
    """Nodes of both trees that stand in a division or in its villages."""
    here = Q(site__division=division) | Q(site__division__parent=division)
    return Node.objects.filter(here).select_related("site__division")


def hubs() -> QuerySet[Node]:
    """The main library first, then the culture centre."""
    return Node.objects.filter(level=Node.Level.HUB).select_related("site").order_by("-tree")


def serving_library_nodes() -> QuerySet[Node]:
    """Library nodes open to the public: the hub, then town by town with its service points."""
    return (
        Node.objects.libraries()
        .serving()
        .select_related("site__division")
        .order_by("site__division__code", "path")
    )


def libraries_to_visit() -> list[Node]:
    """The main library and the branches open to the public, in that order; kept in memory."""
    return _libraries.get("all", generations.current(CALENDARS))


def short_names() -> dict[str, str]:
    """The short names of all nodes in the language of the screen, by code; kept in memory."""
    return _short_names.get(get_language() or "", generations.current(CALENDARS))


def library_node(code: str) -> Node | None:
    """The node of the library tree with this code, whatever its status; kept in memory."""
    return library_nodes(generations.current(CALENDARS)).get(code)


def library_nodes(number: int) -> dict[str, Node]:
    """The nodes of the library tree by code, for whoever has read the generation of calendars."""
    return _library_nodes.get("all", number)


def is_central(division: Division, on: dt.date) -> bool:
    """True if the town is a central town on that day (R01)."""
    return division.central_spells.on(on).exists()


def _load_short_names(_language: Hashable) -> dict[str, str]:
    rows = Node.objects.order_by().values_list("code", "short_name", "short_name_en")
    return {code: in_language(chinese, english) for code, chinese, english in rows}


def _load_library_nodes(_all: Hashable) -> dict[str, Node]:
    return {node.code: node for node in Node.objects.libraries().select_related("site")}


def _load_libraries(_all: Hashable) -> list[Node]:
    visited = [Node.Level.HUB, Node.Level.BRANCH]
    return list(serving_library_nodes().filter(level__in=visited))


_library_nodes: generations.Kept[dict[str, Node]] = generations.Kept(_load_library_nodes)
_libraries: generations.Kept[list[Node]] = generations.Kept(_load_libraries)
_short_names: generations.Kept[dict[str, str]] = generations.Kept(_load_short_names)
