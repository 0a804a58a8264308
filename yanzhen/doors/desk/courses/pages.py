"""What every page of the courses has: whose desk, which course, what was said."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.courses import access
from yanzhen.culture.courses.models import Course
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.telling import say
from yanzhen.doors.gate import Request
from yanzhen.network.models import Node
from yanzhen.people.roles import PLAN_ACTIVITIES


def opened(request: Request, code: str, course_id: int) -> tuple[Node, Course]:
    """The desk and a course it keeps. Raises Http404 or Refused."""
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    rows = Course.objects.select_related("activity__node__site", "activity__cluster")
    course = rows.filter(pk=course_id).first()
    if course is None:
        raise Http404(_("没有找到这门课。"))
    access.require_keeping(request.actor, course)
    return node, course


def page(
    request: Request, node: Node, name: str, context: dict[str, Any], *steps: dict[str, str]
) -> HttpResponse:
    crumbs = [
        {"url": reverse("desk:areas", args=[node.code]), "word": _("馆务")},
        {"url": reverse("desk:courses", args=[node.code]), "word": _("课程")},
        *steps,
    ]
    crumbs[-1] = {"word": crumbs[-1]["word"]}
    told = {"node": node, "desk_areas": True, "crumbs": crumbs}
    return render(request, f"desk/courses/{name}.html", {**told, **context})


def step(node: Node, course: Course) -> dict[str, str]:
    return {
        "url": reverse("desk:course", args=[node.code, course.pk]), "word": course.activity.label,
    }  # fmt: skip


def change(
    request: Request, node: Node, course_id: int, act: Callable[[], str], anchor: str = ""
) -> HttpResponse:
    """Act, say what came of it, go back to the course."""
    return say(request, act, reverse("desk:course", args=[node.code, course_id]) + anchor)
