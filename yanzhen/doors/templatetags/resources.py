"""Badges and counts of the resources: ``{% load resources %}``."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from yanzhen.culture.resources.fitting_rules import A_CHECK_LASTS
from yanzhen.culture.resources.models import Claim, Facility, FacilityAccess, RecordCheck, Teacher
from yanzhen.design.states import STATES
from yanzhen.network.models import AccessFeature

register = template.Library()
_BADGE = "design/state.html"
CONDITION = {
    Facility.Condition.GOOD: "done",
    Facility.Condition.WORN: "attention",
    Facility.Condition.CLOSED: "wrong",
}
ACCESS = {
    AccessFeature.State.PRESENT: "done",
    AccessFeature.State.ABSENT: "withdrawn",
    AccessFeature.State.BROKEN: "attention",
    AccessFeature.State.UNKNOWN: "note",
}
CLAIM = {
    Claim.State.DRAFT: "attention",
    Claim.State.LIVE: "done",
    Claim.State.RELEASED: "withdrawn",
    Claim.State.EXPIRED: "withdrawn",
}


def _badge(state: str, word: Any) -> dict[str, Any]:
    found = STATES[state]
    return {"tone": found.tone, "icon_name": found.icon, "word": word}


@register.inclusion_tag(_BADGE)
def condition(facility: Facility) -> dict[str, Any]:
    return _badge(
        CONDITION[Facility.Condition(facility.condition)], facility.get_condition_display()
    )


@register.inclusion_tag(_BADGE)
def access_state(fact: FacilityAccess) -> dict[str, Any]:
    return _badge(ACCESS[AccessFeature.State(fact.state)], fact.get_state_display())


@register.inclusion_tag(_BADGE)
def claim_state(claim: Claim) -> dict[str, Any]:
    return _badge(CLAIM[Claim.State(claim.state)], claim.get_state_display())


@register.inclusion_tag(_BADGE)
def check(teacher: Teacher, today: dt.date) -> dict[str, Any]:
    """Whether a teacher may teach minors today, in a word; wants `checks` loaded."""
    last = next(iter(teacher.checks.all()), None)
    if last is None:
        return _badge("attention", _("还没查"))
    if last.result != RecordCheck.Result.CLEAR:
        return _badge("wrong", _("有记录"))
    if last.checked_on + A_CHECK_LASTS < today:
        return _badge("attention", _("过期了"))
    return _badge("done", _("12 个月内"))


@register.filter
def counted(counts: Mapping[int, int], key: int) -> int:
    return counts.get(key, 0)


@register.inclusion_tag("doors/easy_access.html")
def easy_access(facility: Facility) -> dict[str, Any]:
    """What is there for who cannot see, hear or climb, with the day somebody last looked."""
    facts = [each for each in facility.access.all() if each.state != AccessFeature.State.UNKNOWN]
    present = [each for each in facts if each.state == AccessFeature.State.PRESENT]
    broken = [each for each in facts if each.state == AccessFeature.State.BROKEN]
    looked = max((each.checked_on for each in facts), default=None)
    return {"present": present, "broken": broken, "looked": looked}
