"""A course with lessons, for the tests of this package."""

import datetime as dt

from tests.county import MONDAY
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.courses.models import Course


def course(place, *, lessons: int = 5, places: int = 3, node=None, **fields) -> Course:
    """A published course of 丹山 with weekly lessons of 90 minutes, the first a week from now."""
    activity = Activity.objects.create(
        **{
            "name": "剪纸班", "kind": "class", "audience": "everybody", "state": "published",
            "node": node or place.danshan, **fields,
        }
    )  # fmt: skip
    for number in range(1, lessons + 1):
        starts = MONDAY + dt.timedelta(weeks=number)
        Session.objects.create(
            activity=activity, number=number, starts_at=starts,
            ends_at=starts + dt.timedelta(minutes=90), site=activity.node.site, capacity=30,
        )  # fmt: skip
    return Course.objects.create(
        activity=activity, places=places, enrol_from=MONDAY - dt.timedelta(1),
        enrol_until=MONDAY + dt.timedelta(6), certified=True,
    )  # fmt: skip
