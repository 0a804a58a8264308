"""Who tells whom: staff of the branches a session concerns, people for themselves and their
children."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access as booking
from yanzhen.culture.telling.models import Notice
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import ClusterMembership, Node
from yanzhen.people.access import require
from yanzhen.people.queries import wards_of
from yanzhen.people.roles import BOOK_FOR_OTHERS, Actor


def of_branch(node: Node) -> Q:
    """Notices of sessions that are held at a branch or below, or offered by it or its cluster."""
    nodes = Node.objects.under(node.path)
    towns = ClusterMembership.objects.filter(division__in=nodes.values("site__division"))
    return (
        Q(session__site__in=nodes.values("site"))
        | Q(session__activity__node__in=nodes.values("pk"))
        | Q(session__activity__cluster__in=towns.values("cluster"))
    )


def _nodes_of(session: Session) -> QuerySet[Node]:
    nodes = booking.nodes_of(session)
    if session.activity.cluster_id is None:
        return nodes
    towns = ClusterMembership.objects.filter(cluster=session.activity.cluster_id)
    return nodes | Node.objects.filter(site__division__in=towns.values("division"))


def require_telling(by: Actor, notice: Notice) -> None:
    """Raise Refused unless `by` books for others at one of the branches it concerns."""
    nodes = list(_nodes_of(notice.session))
    if not any(by.may(BOOK_FOR_OTHERS, node.path) for node in nodes):
        require(by, BOOK_FOR_OTHERS, nodes[0] if nodes else None)


def is_theirs(by: Actor, notice: Notice, on: dt.date) -> bool:
    """Whether it is shown to this person: their own, or one of a child they are guardian of."""
    if by.person_id is None or notice.person_id is None:
        return False
    if by.person_id == notice.person_id:
        return True
    return any(bond.child_id == notice.person_id for bond in wards_of(by.person_id, on))


def notice_unknown() -> Refused:
    return Refused(
        "notice-unknown", _("没有找到这条通知。"), _("请刷新页面，再看一次。"), status=404
    )


def known(notice_id: int) -> Notice:
    """The notice for a change, kept to this transaction. Raises Refused."""
    rows = Notice.objects.select_for_update(of=("self",)).select_related(
        "session__activity", "session__site"
    )
    notice = rows.filter(pk=notice_id).first()
    if notice is None:
        raise notice_unknown()
    return notice
