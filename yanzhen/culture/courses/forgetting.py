"""Whom an organisation named to be rung up is forgotten some time after the last lesson.

The organisation, its places and who came stay (个人信息保护法 19, 47).
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from yanzhen.culture.courses.models import GroupPlaces
from yanzhen.groundwork import audit

A_ROUND = 500


def forget_due(at: dt.datetime) -> int:
    """The chore: contacts of groups whose course became old enough since; return how many."""
    before = at - dt.timedelta(days=settings.YANZHEN_FORGET_CALLERS_DAYS)
    over = GroupPlaces.objects.exclude(contact="", phone="").annotate(
        last=Max("course__activity__sessions__ends_at")
    )
    with transaction.atomic():
        due = list(over.filter(last__lt=before).values_list("pk", flat=True)[:A_ROUND])
        GroupPlaces.objects.filter(pk__in=due).update(contact="", phone="")
        if due:
            audit.write(
                by=audit.System(), at=at, action="course.contacts-forgotten", subject="courses",
                groups=len(due),
            )  # fmt: skip
    return len(due)
