"""Fetching the rows a use-case works on, locked in the one order: course, group, enrolment."""

from django.utils.translation import gettext as _

from yanzhen.culture.courses.models import Course, Enrolment, GroupPlaces
from yanzhen.groundwork.refusals import Refused


def course_to_change(course_id: int) -> Course:
    """The course, locked. Raises Refused."""
    rows = Course.objects.select_for_update(of=["self"])
    course = rows.select_related("activity__node__site").filter(pk=course_id).first()
    if course is None:
        raise Refused(
            "course-not-found", _("没有找到这门课。"), _("请重新打开这一页。"), status=404
        )
    return course


def group_to_change(group_id: int) -> GroupPlaces:
    """A live group with its course, both locked. Raises Refused."""
    found = GroupPlaces.objects.filter(pk=group_id).values_list("course", flat=True).first()
    course = course_to_change(found or 0)
    group = GroupPlaces.objects.live().select_for_update().filter(pk=group_id).first()
    if group is None:
        raise Refused(
            "group-not-found", _("没有找到这个单位的名额。"), _("可能已经退回，请重新打开这一页。"),
            status=404,
        )  # fmt: skip
    group.course = course
    return group


def enrolment_to_change(enrolment_id: int) -> Enrolment:
    """A live enrolment with its course, both locked. Raises Refused."""
    found = Enrolment.objects.filter(pk=enrolment_id).values_list("course", flat=True).first()
    if found is None:
        raise unknown_enrolment()
    course = course_to_change(found)
    rows = Enrolment.objects.live().select_for_update(of=["self"]).select_related("person")
    enrolment = rows.filter(pk=enrolment_id).first()
    if enrolment is None:
        raise unknown_enrolment()
    enrolment.course = course
    return enrolment


def unknown_enrolment() -> Refused:
    return Refused(
        "enrolment-unknown", _("没有找到这个报名。"), _("可能已经取消，请刷新页面。"), status=404
    )
