"""Courses for everybody: what there is, enrolling oneself or one's child, certificates."""

from django.contrib import messages
from django.db.models import Max, Min
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yanzhen.culture.activities.tagging import tags_of
from yanzhen.culture.courses import enrolling
from yanzhen.culture.courses.access import host_of
from yanzhen.culture.courses.models import Enrolment
from yanzhen.culture.courses.queries import certificate_numbered, offered, records_of
from yanzhen.doors.certificate_face import face, hours
from yanzhen.doors.gate import Request, public, signed_in
from yanzhen.doors.portal.family import family_of
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused

SHOWN = 60
LONGEST_ID = 18


@public
def courses(request: Request) -> HttpResponse:
    """What can be enrolled for now and soon, then what is over."""
    now = clock.now()
    rows = offered().annotate(
        first=Min("activity__sessions__starts_at"), last=Max("activity__sessions__starts_at")
    )
    context = {
        "open": rows.filter(enrol_until__gte=now)[:SHOWN],
        "past": rows.filter(enrol_until__lt=now)[:SHOWN],
        "now": now,
        "section_activities": True,
    }
    return render(request, "portal/courses/list.html", context)


@public
def course(request: Request, course_id: int) -> HttpResponse:
    course = offered().filter(pk=course_id).first()
    if course is None:
        raise Http404(_("没有找到这门课。"))
    lessons = list(course.activity.sessions.select_related("site").order_by("number"))
    tags = tags_of(lessons)
    family = family_of(request)
    enrolled = set(
        Enrolment.objects.live().filter(course=course, person__in=family)
        .values_list("person", flat=True)
    )  # fmt: skip
    context = {
        "course": course,
        "host": host_of(course),
        "lessons": [(each, tags[each.pk].label) for each in lessons],
        "left": course.places - course.taken,
        "family": [each for each in family if each.pk not in enrolled],
        "enrolled": [each for each in family if each.pk in enrolled],
        "now": clock.now(),
        "section_activities": True,
    }
    return render(request, "portal/courses/course.html", context)


@signed_in
@require_POST
def enrol(request: Request, course_id: int) -> HttpResponse:
    asked = request.POST.get("person", "")
    known = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_ID
    person_id = int(asked) if known else request.user.person_id
    try:
        made = enrolling.enrol(
            course_id, person_id=person_id, channel="online", by=request.actor, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.in_full)
        return redirect("portal:course", course_id)
    messages.success(request, _("%(name)s报上了，到时候来上课就行。") % {"name": made.person.name})
    return redirect("portal:my-courses")


@signed_in
@never_cache
def mine(request: Request) -> HttpResponse:
    """My own courses and my children's: what is next, how far, the certificate."""
    rows = records_of([each.pk for each in family_of(request)], clock.now())
    return render(request, "portal/courses/mine.html", {"rows": rows, "section_me": True})


@signed_in
@require_POST
def cancel(request: Request, enrolment_id: int) -> HttpResponse:
    try:
        gone = enrolling.cancel(enrolment_id, by=request.actor, at=clock.now())
        messages.success(request, _("%(name)s的报名取消了。") % {"name": gone.person.name})
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect("portal:my-courses")


@signed_in
@never_cache
def my_certificate(request: Request, number: str) -> HttpResponse:
    """One's own certificate, or a child's, as it is printed."""
    certificate = certificate_numbered(number)
    mine = [person.pk for person in family_of(request)]
    if certificate is None or certificate.enrolment.person_id not in mine:
        raise Http404(_("没有找到这张证书。"))
    context = {"certificate": certificate, "face": face(request, certificate), "section_me": True}
    return render(request, "portal/courses/certificate.html", context)


@public
@never_cache
def check(request: Request) -> HttpResponse:
    """Whether a certificate is genuine; shows nothing about whose it is (R14)."""
    number = request.GET.get("number", "").strip()[:40]
    certificate = certificate_numbered(number) if number else None
    context = {
        "number": number,
        "certificate": certificate,
        "hours": hours(certificate.minutes) if certificate else "",
        "host": host_of(certificate.enrolment.course) if certificate else None,
    }
    status = 404 if number and certificate is None else 200
    return render(request, "portal/courses/check.html", context, status=status)
