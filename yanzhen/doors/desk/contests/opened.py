"""Whose desk, and which round: contests are run from branches of both trees."""

from django.http import Http404
from django.utils.translation import gettext as _

from yanzhen.culture.contests.models import Round
from yanzhen.doors.gate import Request
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES


def contest_desk(request: Request, code: str) -> Node:
    """The library or culture branch with this code. Raises Http404 or Refused."""
    node = Node.objects.serving().select_related("site__division").filter(code=code).first()
    if node is None:
        raise Http404(_("没有这个分馆。"))
    require(request.actor, PLAN_ACTIVITIES, node)
    return node


def contest_round(request: Request, code: str, round_id: int) -> tuple[Node, Round]:
    """A round whoever asks may run, at their desk. Raises Http404 or Refused."""
    node = contest_desk(request, code)
    found = (
        Round.objects.select_related(
            "contest__node__site", "cluster", "rubric", "node__site", "session__site"
        )
        .filter(pk=round_id).first()
    )  # fmt: skip
    if found is None:
        raise Http404(_("没有找到这一轮。"))
    require(request.actor, PLAN_ACTIVITIES, found.node)
    return node, found
