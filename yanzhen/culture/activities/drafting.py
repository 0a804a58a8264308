"""Writing an activity down and changing what was written."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from yanzhen.culture.activities import access, rules, teaching
from yanzhen.culture.activities.holding import say_anew
from yanzhen.culture.activities.models import Activity, ActivityAccess
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network.models import Cluster, Node
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Answer:
    """What is said about one accessibility fact; `state` is one of ActivityAccess.State."""

    state: str
    note: str = ""


@dataclass(frozen=True)
class Details:
    """Everything of an activity but its owner, its state and its sessions; `fee` in yuan."""

    name: str
    kind: str
    audience: str = Activity.Audience.EVERYBODY
    name_en: str = ""
    age_from: int | None = None
    age_to: int | None = None
    introduction: str = ""
    introduction_en: str = ""
    phone: str = ""
    fee: int = 0
    fee_reason: str = ""
    public_benefit: bool = False
    safety_document: str = ""
    safety_person: str = ""
    permit_document: str = ""
    access: Mapping[str, Answer] = field(default_factory=dict)


_COLUMNS = [each.name for each in fields(Details) if each.name != "access"]


def draft(
    *,
    details: Details,
    by: Actor,
    at: dt.datetime,
    node: Node | None = None,
    cluster: Cluster | None = None,
) -> Activity:
    """Write down a new activity of a branch or a cluster; nobody sees it yet. Raises Refused."""
    with transaction.atomic():
        access.require_owner(by, node, cluster, local_day(at))
        _ask_the_rules(details)
        activity = Activity(node=node, cluster=None if node else cluster)
        _write(activity, details)
        audit.write(
            by=by, at=at, action="activity.drafted", subject=f"activity:{activity.pk}",
            place=node.code if node else "", name=details.name,
        )  # fmt: skip
    return activity


def edit(*, activity_id: int, details: Details, by: Actor, at: dt.datetime) -> Activity:
    """Change what is said about an activity. What is published stays complete. Raises Refused."""
    with transaction.atomic():
        activity = access.locked_activity(activity_id, by, local_day(at))
        refuse_first(rules.what_is_cancelled_stays_so(activity.state))
        renamed, for_minors = details.name != activity.name, teaching.for_minors(activity)
        _ask_the_rules(details)
        if activity.state == Activity.State.PUBLISHED:
            _stays_publishable(activity, details, at)
        _write(activity, details)
        if renamed:
            for session in activity.sessions.filter(facility__isnull=False, ends_at__gt=at):
                say_anew(session, by=by, at=at)
        if renamed or teaching.for_minors(activity) != for_minors:
            to_come = activity.sessions.filter(starts_at__gt=at)
            for session in teaching.taught(to_come.select_related("activity", "site")):
                teaching.follow(session, by=by, at=at)
        audit.write(
            by=by, at=at, action="activity.edited", subject=f"activity:{activity.pk}",
            place=activity.node.code if activity.node else "", name=details.name,
        )  # fmt: skip
    return activity


def _ask_the_rules(details: Details) -> None:
    refuse_first(
        rules.an_activity_has_a_name(details.name),
        rules.ages_are_in_order(details.age_from, details.age_to),
        rules.a_fee_has_a_reason(details.fee, details.fee_reason),
        rules.what_costs_a_fee_is_no_public_benefit(details.fee, details.public_benefit),
        rules.basic_services_are_free(details.fee, details.kind),
        rules.a_safety_plan_has_a_document_and_a_person(
            details.safety_document, details.safety_person
        ),
    )


def _stays_publishable(activity: Activity, details: Details, at: dt.datetime) -> None:
    answered = set(details.access) | set(activity.access_facts.values_list("kind", flat=True))
    heads = largest_ahead(activity, at)
    refuse_first(
        rules.every_access_fact_is_answered(unanswered(answered)),
        rules.a_large_event_has_a_safety_plan(
            heads, settings.YANZHEN_SAFETY_PLAN_FROM, details.safety_document
        ),
        rules.a_crowd_of_a_thousand_has_a_permit(heads, details.permit_document),
    )


def largest_ahead(activity: Activity, at: dt.datetime) -> int:
    """The capacity of the largest session still to come, rain dates counted in; 0 without one."""
    ahead = activity.sessions.filter(ends_at__gt=at).exclude(state="cancelled")
    return ahead.aggregate(most=Max("capacity"))["most"] or 0


def unanswered(answered: set[str]) -> list[str]:
    """The words of the accessibility facts that are not in `answered`."""
    return [str(kind.label) for kind in ActivityAccess.Kind if kind.value not in answered]


def _write(activity: Activity, details: Details) -> None:
    for name in _COLUMNS:
        setattr(activity, name, getattr(details, name))
    activity.save()
    ActivityAccess.objects.bulk_create(
        [
            ActivityAccess(activity=activity, kind=kind, state=answer.state, note=answer.note)
            for kind, answer in details.access.items()
        ],
        update_conflicts=True,
        unique_fields=["activity", "kind"],
        update_fields=["state", "note"],
    )
