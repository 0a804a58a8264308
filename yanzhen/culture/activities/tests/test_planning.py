"""From a draft to the public, and what is refused on the way."""

import pytest
from django.test import override_settings

from tests import county as makers_of_the_county
from yanzhen.culture.activities.drafting import Answer, draft, edit
from yanzhen.culture.activities.models import Activity
from yanzhen.culture.activities.publishing import missing, publish
from yanzhen.culture.activities.scheduling import add_session, resize
from yanzhen.culture.activities.tests import makers
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused

AT, DAY = makers.AT, makers.DAY


def drafted(place, **fields):
    by = makers.officer(place.danshan)
    return draft(details=makers.details(**fields), node=place.danshan, by=by, at=AT), by


def test_a_draft_becomes_public_once_nothing_is_missing(place):
    made, by = drafted(place, access={})
    codes = {each.code for each in missing(made, AT)}
    assert codes == {"session-missing", "access-unanswered"}
    with pytest.raises(Refused) as refused:
        publish(activity_id=made.pk, by=by, at=AT)
    assert refused.value.code == "session-missing"
    add_session(activity_id=made.pk, slot=makers.slot(place.danshan.site), by=by, at=AT)
    edit(activity_id=made.pk, details=makers.details(), by=by, at=AT)
    done = publish(activity_id=made.pk, by=by, at=AT)
    assert (done.state, done.published_at, done.published_by) == ("published", AT, "陈专干")
    assert Fact.objects.get(kind="ActivityPublished").body == {"activity_id": made.pk}
    assert AuditEntry.objects.filter(action="activity.published").exists()
    with pytest.raises(Refused, match="not-a-draft"):
        publish(activity_id=made.pk, by=by, at=AT)


def test_every_access_fact_is_answered(place):
    made, by = drafted(place, access={"sign_language": Answer("present", "全程")})
    add_session(activity_id=made.pk, slot=makers.slot(place.danshan.site), by=by, at=AT)
    with pytest.raises(Refused) as refused:
        publish(activity_id=made.pk, by=by, at=AT)
    assert refused.value.code == "access-unanswered"
    assert "轮椅席" in refused.value.message
    assert "手语" not in refused.value.message
    edit(activity_id=made.pk, details=makers.details(), by=by, at=AT)
    assert publish(activity_id=made.pk, by=by, at=AT).state == "published"


def test_a_session_gone_by_does_not_publish_an_activity(place):
    made, by = drafted(place)
    add_session(activity_id=made.pk, slot=makers.slot(place.danshan.site), by=by, at=AT)
    with pytest.raises(Refused, match="session-missing"):
        publish(activity_id=made.pk, by=by, at=AT + 2 * DAY)


@override_settings(YANZHEN_SAFETY_PLAN_FROM=150)
def test_above_the_set_size_a_safety_plan_is_asked_for(place):
    made, by = drafted(place)
    slot = makers.slot(place.danshan.site, capacity=150)
    add_session(activity_id=made.pk, slot=slot, by=by, at=AT)
    with pytest.raises(Refused, match="safety-plan-missing"):
        publish(activity_id=made.pk, by=by, at=AT)
    safe = makers.details(safety_document="安〔2026〕1号", safety_person="演示安全员")
    edit(activity_id=made.pk, details=safe, by=by, at=AT)
    publish(activity_id=made.pk, by=by, at=AT)
    with pytest.raises(Refused, match="safety-plan-missing"):
        edit(activity_id=made.pk, details=makers.details(), by=by, at=AT)
    with pytest.raises(Refused, match="permit-missing"):
        resize(session_id=made.sessions.get().pk, capacity=1000, by=by, at=AT)


@override_settings(YANZHEN_SAFETY_PLAN_FROM=150)
def test_what_is_published_does_not_grow_past_its_safety_plan(place):
    made, by = drafted(place)
    add_session(activity_id=made.pk, slot=makers.slot(place.danshan.site), by=by, at=AT)
    publish(activity_id=made.pk, by=by, at=AT)
    large = makers.slot(place.danshan.site, AT + 2 * DAY, capacity=150)
    with pytest.raises(Refused, match="safety-plan-missing"):
        add_session(activity_id=made.pk, slot=large, by=by, at=AT)
    with pytest.raises(Refused, match="safety-plan-missing"):
        resize(session_id=made.sessions.get().pk, capacity=150, by=by, at=AT)
    assert made.sessions.get().capacity == 100


def test_capacity_does_not_go_below_what_is_allotted(place):
    session = makers.session(makers.activity(place.danshan), allotted=60)
    by = makers.officer(place.danshan)
    with pytest.raises(Refused, match="capacity-below-allotted"):
        resize(session_id=session.pk, capacity=59, by=by, at=AT)
    assert resize(session_id=session.pk, capacity=60, by=by, at=AT).capacity == 60


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " "}, "activity-name-unfit"),
        ({"fee": 10}, "fee-reason-missing"),
        ({"fee": 10, "fee_reason": "批文", "public_benefit": True}, "fee-for-public-benefit"),
        ({"fee": 10, "fee_reason": "批文", "kind": "lecture"}, "basic-service-free"),
        ({"age_from": 12, "age_to": 6}, "ages-out-of-order"),
        ({"safety_person": "演示安全员"}, "safety-plan-half"),
    ],
)
def test_a_draft_keeps_the_rules(place, fields, code):
    with pytest.raises(Refused) as refused:
        drafted(place, **fields)
    assert refused.value.code == code
    assert not Activity.objects.exists()


def test_an_officer_plans_for_the_own_house_in_both_trees_and_nowhere_else(place):
    culture = makers.twin(place.danshan)
    by = makers.officer(place.danshan)
    assert draft(details=makers.details(), node=culture, by=by, at=AT).node == culture
    with pytest.raises(Refused, match="not-your-branch"):
        draft(details=makers.details(), node=place.zhonghe, by=by, at=AT)
    theirs = makers.activity(place.zhonghe)
    with pytest.raises(Refused, match="not-your-branch"):
        edit(activity_id=theirs.pk, details=makers.details(), by=by, at=AT)
    clerk = makers_of_the_county.staff(place.danshan)
    with pytest.raises(Refused, match="no-permission"):
        draft(details=makers.details(), node=place.danshan, by=clerk, at=AT)


def test_a_joint_activity_is_planned_by_the_towns_of_the_cluster(place):
    joint = makers.cluster(place.danshan, place.zhonghe)
    made = draft(details=makers.details(), cluster=joint, by=makers.officer(place.zhonghe), at=AT)
    assert (made.cluster, made.node) == (joint, None)
    with pytest.raises(Refused, match="not-your-cluster"):
        edit(activity_id=made.pk, details=makers.details(), by=makers.officer(place.linjiang),
             at=AT)  # fmt: skip
