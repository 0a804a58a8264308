"""Places an organisation keeps: kept, changed, given back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.courses import grouping
from yanzhen.doors.desk.courses import roster
from yanzhen.doors.desk.courses.forms import GroupForm
from yanzhen.doors.desk.courses.pages import change as say
from yanzhen.doors.desk.courses.pages import opened
from yanzhen.doors.desk.telling import number
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
@require_POST
def keep(request: Request, code: str, course_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)
    form = GroupForm(request.POST)
    if form.is_valid():
        try:
            group = grouping.keep_places(
                course.pk, **form.cleaned_data, by=request.actor, at=clock.now()
            )
            told = {"who": group.organisation, "n": group.places}
            messages.success(request, _("给%(who)s留了 %(n)d 个名额。") % told)
            return redirect("desk:course", node.code, course.pk)
        except Refused as refused:
            form.take(refused)
    return roster.show(request, node, course, form)


@staff(PLAN_ACTIVITIES)
@require_POST
def change(request: Request, code: str, course_id: int, group_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)

    def act() -> str:
        places = number(request.POST.get("places", ""), 4)
        if places is None:
            raise Refused("places-unreadable", _("名额要填整数。"), _("请改好再保存。"))
        group = grouping.change_places(group_id, places=places, by=request.actor, at=clock.now())
        return _("%(who)s现在留 %(n)d 个名额。") % {"who": group.organisation, "n": group.places}

    return say(request, node, course.pk, act, "#groups")


@staff(PLAN_ACTIVITIES)
@require_POST
def give_back(request: Request, code: str, course_id: int, group_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)

    def act() -> str:
        group = grouping.give_back(group_id, by=request.actor, at=clock.now())
        return _("%(who)s没写名字的名额退回了。") % {"who": group.organisation}

    return say(request, node, course.pk, act, "#groups")
