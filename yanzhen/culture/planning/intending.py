"""Writing intentions into the plan, dropping them, saying which festival a session counts for."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.almanac.festivals import windows_of
from yanzhen.culture.almanac.models import Festival
from yanzhen.culture.planning import rules
from yanzhen.culture.planning.models import FestivalChoice, PlanLine
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Cluster, Division, Node
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


@transaction.atomic
def intend(
    *,
    year: int,
    festival: Festival,
    cluster: Cluster,
    node: Node,
    title: str,
    by: Actor,
    at: dt.datetime,
) -> PlanLine:
    """Write into the plan that `node` will do something for its cluster. Raises Refused."""
    require(by, PLAN_ACTIVITIES, node)
    Cluster.objects.select_for_update(no_key=True).get(pk=cluster.pk)  # the same twice at once
    window = next(each for each in windows_of(year) if each.festival == festival)
    same = PlanLine.objects.live().filter(
        year=year, festival=festival, cluster=cluster, title=title.strip()
    )
    refuse_first(
        rules.an_intention_has_a_title(title),
        rules.a_branch_plans_for_its_own_cluster(
            _is_in(node, cluster, window.day), node.label, cluster.label
        ),
        rules.a_plan_is_not_made_for_a_window_that_has_passed(window, local_day(at)),
        rules.an_intention_is_written_once(same.exists()),
    )
    line = PlanLine.objects.create(
        year=year, festival=festival, cluster=cluster, node=node, title=title.strip(),
        planned_at=at, planned_by=by.name,
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="plan.intended", subject=f"plan-line:{line.pk}", place=node.code,
        year=year, festival=festival.value, title=line.title,
    )  # fmt: skip
    return line


@transaction.atomic
def drop(line_id: int, *, reason: str, by: Actor, at: dt.datetime) -> PlanLine:
    """Say that an intention will not be carried out, and why. Raises Refused."""
    line = (
        PlanLine.objects.live().select_for_update(of=["self"]).select_related("node__site")
        .filter(pk=line_id).first()
    )  # fmt: skip
    if line is None:
        raise Refused(
            "plan-not-found", _("没有找到这一条计划。"), _("可能已经撤了，请重新打开这一页。"),
            status=404,
        )  # fmt: skip
    require(by, PLAN_ACTIVITIES, line.node)
    refuse_first(rules.a_plan_line_is_dropped_with_a_reason(reason))
    line.dropped_at, line.dropped_by, line.drop_reason = at, by.name, reason.strip()
    line.save(update_fields=["dropped_at", "dropped_by", "drop_reason"])
    audit.write(
        by=by, at=at, action="plan.dropped", subject=f"plan-line:{line.pk}",
        place=line.node.code, reason=line.drop_reason,
    )  # fmt: skip
    return line


@transaction.atomic
def count_for(session_id: int, festival: Festival, *, by: Actor, at: dt.datetime) -> FestivalChoice:
    """Say which of two festivals a session counts for. Raises Refused."""
    session = (
        Session.objects.select_related("activity__node__site", "activity__cluster")
        .filter(pk=session_id).first()
    )  # fmt: skip
    if session is None:
        raise Refused(
            "session-not-found", _("没有找到这一场。"), _("请重新打开这一页。"), status=404
        )
    require(by, PLAN_ACTIVITIES, session.activity.node or _hub())
    day = local_day(session.starts_at)
    refuse_first(
        rules.a_session_counts_for_a_festival_whose_window_holds_it(
            day, festival, windows_of(day.year)
        )
    )
    choice, _made = FestivalChoice.objects.update_or_create(
        session=session, defaults={"festival": festival, "chosen_at": at, "chosen_by": by.name}
    )
    audit.write(
        by=by, at=at, action="plan.festival-chosen", subject=f"session:{session.pk}",
        festival=festival.value,
    )  # fmt: skip
    return choice


def _hub() -> Node | None:
    return Node.objects.culture().filter(parent=None).order_by("pk").first()


def _is_in(node: Node, cluster: Cluster, day: dt.date) -> bool:
    """Whether the node's town is in the cluster on a day; a hub plans for every cluster."""
    if node.level == Node.Level.HUB:
        return True
    division = node.site.division
    village = division.kind in (Division.Kind.VILLAGE, Division.Kind.COMMUNITY)
    town = division.parent if village else division
    return town is not None and town.cluster_spells.on(day).filter(cluster=cluster).exists()
