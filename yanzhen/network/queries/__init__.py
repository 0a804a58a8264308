"""Reads of the network, for pages and for the packages above."""

from yanzhen.network.queries.branches import Branch, branch
from yanzhen.network.queries.coverage import NO_NODE, TREES, TownCover, central_coverage, coverage
from yanzhen.network.queries.names import Place, resolve_place, towns_matching
from yanzhen.network.queries.nodes import (
    district,
    hubs,
    is_central,
    libraries_to_visit,
    library_node,
    library_nodes,
    nodes_of,
    serving_library_nodes,
    short_names,
    towns,
)

__all__ = [
    "NO_NODE",
    "TREES",
    "Branch",
    "Place",
    "TownCover",
    "branch",
    "central_coverage",
    "coverage",
    "district",
    "hubs",
    "is_central",
    "libraries_to_visit",
    "library_node",
    "library_nodes",
    "nodes_of",
    "resolve_place",
    "serving_library_nodes",
    "short_names",
    "towns",
    "towns_matching",
]
