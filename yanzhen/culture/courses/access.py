"""Who may enrol whom, and who keeps a course."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.culture.courses.models import Course
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.queries import wards_of
from yanzhen.people.roles import BOOK_FOR_OTHERS, PLAN_ACTIVITIES, Actor


def host_of(course: Course) -> Node | None:
    """The branch that keeps the course; for a joint one the hub of the culture tree."""
    if course.activity.node is not None:
        return course.activity.node
    return Node.objects.culture().filter(parent=None).order_by("pk").first()


def require_keeping(by: Actor, course: Course) -> None:
    """Raise Refused unless `by` keeps this course: its lists, lessons and certificates."""
    require(by, PLAN_ACTIVITIES, host_of(course))


def may_act_for(by: Actor, person_id: int, on: dt.date) -> bool:
    """People for themselves, a guardian for the child, a desk or the telephone for anybody."""
    if by.may(BOOK_FOR_OTHERS) or (by.person_id is not None and by.person_id == person_id):
        return True
    if by.person_id is None:
        return False
    return any(bond.child_id == person_id for bond in wards_of(by.person_id, on))


def require_acting_for(by: Actor, person_id: int, on: dt.date) -> None:
    """Raise Refused unless `by` may enrol this person."""
    if not may_act_for(by, person_id, on):
        raise Refused(
            "not-your-enrolment",
            _("只能给自己，或者自己监护的孩子报名。"),
            _("请用本人的账号，或者打电话、到柜台办理。"),
            status=403,
        )
