"""One course at the desk: who is in it, how far each is; adding and cancelling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.activities.tagging import tags_of
from yanzhen.culture.activities.teaching import claims_of
from yanzhen.culture.courses import enrolling
from yanzhen.culture.courses.models import Certificate, Course, Enrolment, GroupPlaces
from yanzhen.culture.courses.queries import standings
from yanzhen.doors.desk.courses.forms import GroupForm
from yanzhen.doors.desk.courses.pages import change, opened, page, step
from yanzhen.doors.desk.telling import number
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import audit, clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.queries import card_numbered
from yanzhen.network.models import Node
from yanzhen.people.models import Person
from yanzhen.people.queries import find_people
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
def course(request: Request, code: str, course_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)
    return show(request, node, course, GroupForm())


def show(
    request: Request,
    node: Node,
    course: Course,
    form: GroupForm,
    found: list[Person] | None = None,
    asked: str = "",
) -> HttpResponse:
    """The page of a course; `found` are people of whom one is meant."""
    people = list(Enrolment.objects.live().filter(course=course).select_related("person", "group"))
    far = standings(course, people)
    papers = {
        each.enrolment_id: each
        for each in Certificate.objects.filter(enrolment__course=course, withdrawn_at=None)
    }
    lessons = list(course.activity.sessions.order_by("number"))
    tags, taught = tags_of(lessons), claims_of(lessons)
    now = clock.now()
    audit.write(
        by=request.actor, at=now, action="course.list-read", subject=f"course:{course.pk}",
        place=node.code, people=len(people),
    )  # fmt: skip
    context = {
        "course": course,
        "people": [(each, far[each.pk], papers.get(each.pk)) for each in people],
        "groups": GroupPlaces.objects.live().filter(course=course),
        "lessons": [(each, tags[each.pk].label) for each in lessons],
        "taught": [(each, tags[each.pk].label, taught.get(each.pk)) for each in lessons],
        "left": course.places - course.taken,
        "form": form,
        "found": found,
        "asked": asked,
        "now": now,
    }
    return page(request, node, "course", context, step(node, course))


@staff(PLAN_ACTIVITIES)
@require_POST
def enrol(request: Request, code: str, course_id: int) -> HttpResponse:
    """Put somebody on the list: by card, name or telephone; where several fit, one is asked for."""
    node, course = opened(request, code, course_id)
    asked, chosen = request.POST.get("who", "").strip(), number(request.POST.get("person", ""))
    try:
        if chosen is not None:
            return _put_on(request, node, course, chosen)
        people = _people(request, asked)
        if len(people) == 1:
            return _put_on(request, node, course, people[0].pk)
        return show(request, node, course, GroupForm(), found=people, asked=asked)
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect("desk:course", node.code, course.pk)


@staff(PLAN_ACTIVITIES)
@require_POST
def cancel(request: Request, code: str, course_id: int, enrolment_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)

    def act() -> str:
        gone = enrolling.cancel(enrolment_id, by=request.actor, at=clock.now())
        return _("%(name)s的报名取消了。") % {"name": gone.person.name}

    return change(request, node, course.pk, act, "#people")


def _people(request: Request, asked: str) -> list[Person]:
    card = card_numbered(asked)
    return [card.person] if card else find_people(asked, by=request.actor, at=clock.now())


def _put_on(request: Request, node: Node, course: Course, person_id: int) -> HttpResponse:
    group, channel = number(request.POST.get("group", "")), request.POST.get("channel", "")
    channel = channel if channel in Enrolment.Channel.values else Enrolment.Channel.COUNTER
    by, at = request.actor, clock.now()

    def act() -> str:
        if group is not None:
            made = enrolling.enrol_in_group(
                group, person_id=person_id, channel=channel, by=by, at=at
            )
        else:
            made = enrolling.enrol(course.pk, person_id=person_id, channel=channel, by=by, at=at)
        now = Course.objects.get(pk=course.pk)
        said = _("%(name)s报上了，名额还剩 %(n)d。")
        return said % {"name": made.person.name, "n": now.places - now.taken}

    return change(request, node, course.pk, act, "#people")
