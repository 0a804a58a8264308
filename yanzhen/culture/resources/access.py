"""Who may look after a resource, and who may claim one."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yanzhen.culture.resources.models import Resource
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node, Site
from yanzhen.people.access import require
from yanzhen.people.roles import MANAGE_RESOURCES, Actor

# A teacher and a troupe go where they are asked for; the rest is used by the house it belongs to.
SHARED = {Resource.Sort.TEACHER, Resource.Sort.TROUPE}


def headquarters(by: Actor) -> bool:
    """Whether `by` manages the resources of the whole county: at a hub of either tree."""
    hubs = Node.objects.filter(level=Node.Level.HUB).values_list("path", flat=True)
    return any(by.may(MANAGE_RESOURCES, path) for path in hubs)


def managed_sites(by: Actor) -> set[int]:
    """Ids of the sites whose resources `by` looks after; all of them at headquarters."""
    if headquarters(by):
        return set(Site.objects.values_list("pk", flat=True))
    nodes = Node.objects.values_list("site_id", "path")
    return {site_id for site_id, path in nodes if by.may(MANAGE_RESOURCES, path)}


def may_manage(by: Actor, site: Site) -> bool:
    nodes = Node.objects.filter(site=site).values_list("path", flat=True)
    return any(by.may(MANAGE_RESOURCES, path) for path in nodes) or headquarters(by)


def require_managing(by: Actor, site: Site) -> None:
    """Raise Refused unless `by` looks after the resources of this site."""
    require(by, MANAGE_RESOURCES)
    if not may_manage(by, site):
        raise Refused(
            "not-your-resource",
            _("“%(site)s”的场地和器材不归您管。") % {"site": site.label},
            _("请和那边的文旅专干商量，或者请总馆安排。"),
            status=403,
        )


def require_claiming(by: Actor, resources: Iterable[Resource]) -> None:
    """Raise Refused unless `by` may claim all of these: any teacher, else what is one's own."""
    require(by, MANAGE_RESOURCES)
    for resource in resources:
        if resource.sort not in SHARED:
            require_managing(by, resource.site)


def resource_unknown() -> Refused:
    return Refused(
        "resource-unknown", _("没有找到这一项资源。"), _("请刷新页面，再选一次。"), status=404
    )


def claim_unknown() -> Refused:
    return Refused(
        "claim-unknown", _("没有找到这个占用。"), _("请刷新页面，再选一次。"), status=404
    )
