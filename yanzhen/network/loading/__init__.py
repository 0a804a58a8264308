"""Fill an empty network from the files under `fixtures/`; running it again changes nothing more.

Facts (divisions, aliases, holidays) are brought up to date on every run. What staff may have
changed since (sites, nodes, hours, accessibility) is only added where it is missing.
"""

from yanzhen.network.loading.divisions import (
    load_aliases,
    load_central_towns,
    load_clusters,
    load_divisions,
    load_holidays,
    load_residents,
)
from yanzhen.network.loading.sites import load_service_points, load_sites
from yanzhen.network.loading.visiting import load_access_features, load_hours

__all__ = [
    "load_access_features",
    "load_aliases",
    "load_central_towns",
    "load_clusters",
    "load_divisions",
    "load_holidays",
    "load_hours",
    "load_network",
    "load_residents",
    "load_service_points",
    "load_sites",
]


def load_network(site_rows, *, at) -> None:
    """The whole network in the order its parts lean on each other.

    `site_rows` are dicts as `load_sites` wants them; `at` is the moment written to the trail.
    """
    for load in (
        load_divisions,
        load_aliases,
        load_holidays,
        load_residents,
        load_central_towns,
        load_clusters,
    ):
        load(at=at)
    load_sites(site_rows, at=at)
    for load in (load_service_points, load_hours, load_access_features):
        load(at=at)
