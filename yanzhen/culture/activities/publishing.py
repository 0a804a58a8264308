"""Telling the public of an activity, once nothing is missing."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from yanzhen.culture.activities import access, rules
from yanzhen.culture.activities.drafting import largest_ahead, unanswered
from yanzhen.culture.activities.facts import ActivityPublished
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor


def missing(activity: Activity, at: dt.datetime) -> list[Refused]:
    """Everything that keeps a draft from being published, for the page that helps to mend it."""
    answers = set(activity.access_facts.values_list("kind", flat=True))
    ahead = activity.sessions.filter(state=Session.State.SCHEDULED, starts_at__gt=at).count()
    heads = largest_ahead(activity, at)
    asked = (
        rules.an_activity_is_published_with_a_session(ahead),
        rules.every_access_fact_is_answered(unanswered(answers)),
        rules.a_large_event_has_a_safety_plan(
            heads, settings.YANZHEN_SAFETY_PLAN_FROM, activity.safety_document
        ),
        rules.a_crowd_of_a_thousand_has_a_permit(heads, activity.permit_document),
    )
    return [answer for answer in asked if answer is not None]


def publish(*, activity_id: int, by: Actor, at: dt.datetime) -> Activity:
    """From now on everybody sees it. Raises Refused."""
    with transaction.atomic():
        activity = access.locked_activity(activity_id, by, local_day(at))
        refuse_first(rules.only_a_draft_is_published(activity.state), *missing(activity, at))
        activity.state = Activity.State.PUBLISHED
        activity.published_at, activity.published_by = at, by.name
        activity.save(update_fields=["state", "published_at", "published_by"])
        audit.write(
            by=by, at=at, action="activity.published", subject=f"activity:{activity.pk}",
            place=activity.node.code if activity.node else "",
        )  # fmt: skip
        outbox.record(ActivityPublished(activity.pk), at=at)
    return activity
