"""Who may plan which activities."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Cluster, Node
from yanzhen.network.queries import nodes_of
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


def may_plan_at(by: Actor, node: Node) -> bool:
    """At the node itself, or at the other node of its site: one house, one officer."""
    paths = Node.objects.filter(site=node.site_id).values_list("path", flat=True)
    return any(by.may(PLAN_ACTIVITIES, path) for path in paths)


def may_plan_for(by: Actor, cluster: Cluster, on: dt.date) -> bool:
    """Whoever plans in one of the towns that belong to it that day."""
    members = cluster.memberships.on(on).select_related("division")
    paths = [node.path for member in members for node in nodes_of(member.division)]
    return any(by.may(PLAN_ACTIVITIES, path) for path in paths)


def require_owner(by: Actor, node: Node | None, cluster: Cluster | None, on: dt.date) -> None:
    """Raise Refused unless `by` may plan for this branch, or for this cluster."""
    if node is not None:
        if not may_plan_at(by, node):
            require(by, PLAN_ACTIVITIES, node)
    elif cluster is None or not may_plan_for(by, cluster, on):
        raise Refused(
            "not-your-cluster",
            _("这个活动要由主办的馆，或者片区里的镇街来安排。"),
            _("请选您所在的馆或片区。"),
            status=403,
        )


def require_planning(by: Actor, activity: Activity, on: dt.date) -> None:
    """Raise Refused unless `by` may plan this activity."""
    require_owner(by, activity.node, activity.cluster, on)


def locked_activity(activity_id: int, by: Actor, on: dt.date) -> Activity:
    """The activity for a change, kept to this transaction. Raises Refused."""
    found = Activity.objects.select_for_update(of=("self",)).select_related("node", "cluster")
    activity = found.filter(pk=activity_id).first()
    if activity is None:
        raise activity_unknown()
    require_planning(by, activity, on)
    return activity


def locked_session(session_id: int, by: Actor, on: dt.date) -> Session:
    """The session for a change; its activity is locked first, then the session. Raises Refused."""
    activity_id = Session.objects.filter(pk=session_id).values_list("activity", flat=True).first()
    if activity_id is None:
        raise session_unknown()
    activity = locked_activity(activity_id, by, on)
    session = Session.objects.select_for_update(of=("self",)).select_related("site").get(
        pk=session_id
    )  # fmt: skip
    session.activity = activity
    return session


def activity_unknown() -> Refused:
    return Refused(
        "activity-unknown",
        _("没有找到这个活动。"),
        _("网址可能写错了。请到“活动”里再找一次，或者打电话问我们。"),
        status=404,
    )


def session_unknown() -> Refused:
    return Refused(
        "session-unknown",
        _("没有找到这一场。"),
        _("网址可能写错了。请到“活动”里再找一次，或者打电话问我们。"),
        status=404,
    )
