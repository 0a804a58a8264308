"""Certificates of a course: issued, printed, withdrawn."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.courses import access, certifying
from yanzhen.culture.courses.queries import certificate_numbered
from yanzhen.doors.certificate_face import face
from yanzhen.doors.desk.courses.pages import change, opened, page, step
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
@require_POST
def issue(request: Request, code: str, course_id: int, enrolment_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)

    def act() -> str:
        made = certifying.issue(enrolment_id, by=request.actor, at=clock.now())
        return _("证书 %(number)s 发好了。") % {"number": made.number}

    return change(request, node, course.pk, act, "#people")


@staff(PLAN_ACTIVITIES)
def paper(request: Request, code: str, number: str) -> HttpResponse:
    """The certificate as it is printed and stamped."""
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    certificate = certificate_numbered(number)
    if certificate is None:
        raise Http404
    course = certificate.enrolment.course
    access.require_keeping(request.actor, course)
    context = {"face": face(request, certificate), "certificate": certificate, "course": course}
    return page(
        request, node, "certificate", context, step(node, course), {"word": certificate.number}
    )


@staff(PLAN_ACTIVITIES)
@require_POST
def withdraw(request: Request, code: str, number: str) -> HttpResponse:
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    certificate = certificate_numbered(number)
    if certificate is None:
        return redirect("desk:courses", node.code)

    def act() -> str:
        reason = request.POST.get("reason", "")
        certifying.withdraw(certificate.number, reason=reason, by=request.actor, at=clock.now())
        return _("证书 %(number)s 收回了。") % {"number": certificate.number}

    return change(request, node, certificate.enrolment.course_id, act, "#people")
