"""Fill an empty network from the files under `fixtures/`; running it again changes nothing more.

Facts (divisions, aliases, holidays) are brought up to date on every run. What staff may have
changed since (sites, nodes, hours, accessibility) is only added where it is missing.
Order: divisions first, then what is known about them, sites, service points, hours, access.
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
    "load_residents",
    "load_service_points",
    "load_sites",
]
