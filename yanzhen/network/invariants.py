"""What must always hold in the network; each check yields one plain sentence a broken row."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from yanzhen.network.models import (
    ClusterMembership,
    Division,
    Node,
    OpeningHours,
    ResidentCount,
    Site,
)

_ABOVE: dict[str, set[str | None]] = {
    Node.Level.HUB: {None},
    Node.Level.BRANCH: {Node.Level.HUB},
    Node.Level.SERVICE_POINT: {Node.Level.HUB, Node.Level.BRANCH},
    Node.Level.MOBILE_STOP: {Node.Level.HUB, Node.Level.BRANCH, Node.Level.SERVICE_POINT},
}


def broken_rows() -> Iterator[str]:
    """Every sentence of every check; nothing when all is well."""
    for check in INVARIANTS:
        yield from check()


def a_path_is_the_parents_path_and_its_own_code() -> Iterator[str]:
    for node in Node.objects.select_related("parent"):
        above = node.parent.path if node.parent else ""
        if node.path != f"{above}{node.code}.":
            yield _("网点 %(code)s 的路径“%(path)s”与上级对不上。") % {
                "code": node.code,
                "path": node.path,
            }


def a_node_hangs_in_its_own_tree_one_level_down() -> Iterator[str]:
    for node in Node.objects.select_related("parent"):
        parent = node.parent
        same_tree = parent is None or parent.tree == node.tree
        if not same_tree or (parent.level if parent else None) not in _ABOVE[node.level]:
            yield _("网点 %(code)s 挂错了上级。") % {"code": node.code}


def a_statistics_only_unit_has_no_site() -> Iterator[str]:
    for site in Site.objects.filter(division__kind=Division.Kind.STATISTICS_ONLY):
        yield _("场馆 %(code)s 设在统计用区划里，那里不是镇街。") % {"code": site.code}


def residents_of_the_towns_add_up_to_the_district() -> Iterator[str]:
    """Checked for the years in which the district and every living town has a number."""
    counts = ResidentCount.objects.filter(division__kind=Division.Kind.COUNTY)
    living = Division.objects.towns()
    for whole in counts:
        parts = ResidentCount.objects.filter(year=whole.year, division__in=living)
        total = parts.aggregate(total=Sum("residents"))["total"]
        if parts.count() == living.count() and total != whole.residents:
            yield _("%(year)s 年各镇街常住人口合计 %(total)s，与全区 %(whole)s 不等。") % {
                "year": whole.year,
                "total": total,
                "whole": whole.residents,
            }


def a_town_is_in_one_cluster_at_a_time() -> Iterator[str]:
    spells = ClusterMembership.objects.select_related("division").order_by("division", "valid_from")
    for one, later in pairwise(spells):
        same = one.division_id == later.division_id
        if same and (one.valid_to is None or one.valid_to >= later.valid_from):
            yield _("%(town)s 同时在两个片区里。") % {"town": one.division.name}


def hours_of_a_weekday_do_not_overlap() -> Iterator[str]:
    """Two rows for one weekday that are in force on a common day and share a moment."""
    last_day = "node__opening_hours__valid_to"
    other = OpeningHours.objects.filter(
        Q(**{last_day: None}) | Q(**{f"{last_day}__gte": F("valid_from")}),
        Q(valid_to=None) | Q(valid_to__gte=F("node__opening_hours__valid_from")),
        node__opening_hours__pk__gt=F("pk"),
        node__opening_hours__weekday=F("weekday"),
        node__opening_hours__opens__lt=F("closes"),
        node__opening_hours__closes__gt=F("opens"),
    )
    for code in other.values_list("node__code", flat=True).distinct().order_by("node__code"):
        yield _("网点 %(code)s 有重叠的开放时间。") % {"code": code}


INVARIANTS: tuple[Callable[[], Iterator[str]], ...] = (
    a_path_is_the_parents_path_and_its_own_code,
    a_node_hangs_in_its_own_tree_one_level_down,
    a_statistics_only_unit_has_no_site,
    residents_of_the_towns_add_up_to_the_district,
    a_town_is_in_one_cluster_at_a_time,
    hours_of_a_weekday_do_not_overlap,
)
