"""Rotation plans: the places of a box one after the other, and what is due to move."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.rotation import access, boxing, rules
from yanzhen.library.rotation.models import BookBox, BoxStay, RotationPlan, RotationStage
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

AHEAD = dt.timedelta(days=7)
Stage = tuple[Node, dt.date, dt.date]


@dataclass(frozen=True)
class Move:
    """What a plan wants next: its box to a node, by a day; `stage` is None when it goes home."""

    plan: RotationPlan
    to_node: Node
    on: dt.date
    until: dt.date | None
    stage: RotationStage | None


def make_plan(
    *, box: BookBox, name: str, stages: Sequence[Stage], by: Actor, at: dt.datetime
) -> RotationPlan:
    """Lay down where a box is to stand. Raises Refused."""
    name = name.strip()[:60]
    if not name:
        raise Refused("plan-nameless", _("请给计划起个名字。"), _("例如“2027年春季轮换”。"))
    refuse_first(rules.stages_follow_one_another([(n.pk, a, b) for n, a, b in stages]))
    for node, _first, _last in stages:
        access.require_box_to(by, box, node)
    with transaction.atomic():
        plan = RotationPlan.objects.create(name=name, box=box, made_at=at, made_by=by.name)
        RotationStage.objects.bulk_create(
            RotationStage(plan=plan, position=n, node=node, from_day=first, until_day=last)
            for n, (node, first, last) in enumerate(stages, 1)
        )
        audit.write(
            by=by, at=at, action="plan.made", subject=f"plan:{plan.pk}", place=box.owner.code
        )
    return plan


def next_moves(day: dt.date) -> list[Move]:
    """The next move of every plan that is due within a week, the most urgent first."""
    stages = RotationStage.objects.select_related("node", "stay")
    plans = RotationPlan.objects.select_related("box__owner").prefetch_related(
        Prefetch("stages", stages)
    )
    moves = [move for plan in plans if (move := _next(plan)) and move.on <= day + AHEAD]
    return sorted(moves, key=lambda move: (move.on, move.plan.pk))


def _next(plan: RotationPlan) -> Move | None:
    """The stage after the last one the box went to; after the last stage, home."""
    stages = list(plan.stages.all())
    gone = [n for n, stage in enumerate(stages) if hasattr(stage, "stay")]
    following = gone[-1] + 1 if gone else 0
    if following < len(stages):
        stage = stages[following]
        return Move(plan, stage.node, stage.from_day, stage.until_day, stage)
    last: BoxStay = stages[-1].stay
    if last.ended_at:
        return None
    return Move(plan, plan.box.owner, stages[-1].until_day, None, None)


def carry_out(*, plan_id: int, by: Actor, at: dt.datetime) -> boxing.Sent:
    """Send the box of a plan to its next stage: the journeys begin. Raises Refused."""
    plan = RotationPlan.objects.select_related("box__owner").filter(pk=plan_id).first()
    move = _next(plan) if plan else None
    if plan is None or move is None:
        raise Refused("plan-over", _("这份计划已经走完了。"), _("还要轮换，请新做一份计划。"))
    return boxing.send_box(
        box_id=plan.box_id, to_node=move.to_node, due_on=move.until, stage=move.stage, by=by, at=at
    )


def all_plans() -> list[RotationPlan]:
    """Every plan with its box and stages and how far it has come, the newest first."""
    plans = RotationPlan.objects.select_related("box").order_by("-made_at", "-pk")
    stages = RotationStage.objects.select_related("node", "stay__manifest")
    return list(plans.prefetch_related(Prefetch("stages", stages)))
