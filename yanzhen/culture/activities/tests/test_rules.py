"""Each rule says its sentence; where the database can hold it, it holds without the rule."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from yanzhen.culture.activities import rules, time_rules
from yanzhen.culture.activities.models import Activity, SessionMove
from yanzhen.culture.activities.tests import makers

AT, HOUR = makers.AT, makers.HOUR


def code(answer) -> str | None:
    return answer and answer.code


def test_a_fee_has_a_reason():
    assert code(rules.a_fee_has_a_reason(10, " ")) == "fee-reason-missing"
    assert rules.a_fee_has_a_reason(10, "区发改〔2026〕1号") is None
    assert rules.a_fee_has_a_reason(0, "") is None


def test_what_costs_a_fee_is_no_public_benefit():
    assert code(rules.what_costs_a_fee_is_no_public_benefit(1, True)) == "fee-for-public-benefit"
    assert rules.what_costs_a_fee_is_no_public_benefit(0, True) is None
    assert rules.what_costs_a_fee_is_no_public_benefit(1, False) is None


@pytest.mark.parametrize("kind", Activity.Kind.values)
def test_basic_services_are_free(kind):
    basic = kind in {"lecture", "exhibition", "reading", "class", "vocational"}
    assert bool(rules.basic_services_are_free(5, kind)) == basic
    assert rules.basic_services_are_free(0, kind) is None


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"fee": 5}, "a_fee_has_a_reason"),
        ({"fee": 5, "fee_reason": "批文", "public_benefit": True},
         "what_costs_a_fee_is_no_public_benefit"),
        ({"fee": 5, "fee_reason": "批文", "kind": "lecture"}, "basic_services_are_free"),
        ({"age_from": 12, "age_to": 6}, "ages_are_in_order"),
        ({"safety_document": "安〔2026〕1号"}, "a_safety_plan_has_a_document_and_a_person"),
    ],
)  # fmt: skip
def test_the_database_holds_the_rule(place, fields, constraint):
    made = makers.activity(place.danshan)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Activity.objects.filter(pk=made.pk).update(**fields)
    Activity.objects.filter(pk=made.pk).update(fee=5, fee_reason="批文", age_from=6, age_to=12)


def test_a_move_has_a_reason(place):
    session = makers.session(makers.activity(place.danshan))
    row = SessionMove(
        session=session, from_starts_at=AT, from_ends_at=AT, from_site=session.site,
        to_starts_at=AT, to_ends_at=AT, to_site=session.site, reason="", at=AT, by_name="陈专干",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="a_move_has_a_reason"), transaction.atomic():
        row.save()
    assert code(rules.a_change_has_a_reason("  ")) == "reason-missing"


def test_a_large_event_has_a_safety_plan():
    asked = rules.a_large_event_has_a_safety_plan
    assert code(asked(200, 200, "")) == "safety-plan-missing"
    assert asked(199, 200, "") is None
    assert asked(900, 200, "安〔2026〕1号") is None


def test_a_crowd_of_a_thousand_has_a_permit():
    assert code(rules.a_crowd_of_a_thousand_has_a_permit(1000, "")) == "permit-missing"
    assert rules.a_crowd_of_a_thousand_has_a_permit(999, "") is None
    assert rules.a_crowd_of_a_thousand_has_a_permit(1000, "公安许〔2026〕1号") is None


def test_a_session_in_the_past_is_not_moved():
    asked = time_rules.a_session_in_the_past_is_not_moved
    assert code(asked(AT, AT)) == "session-begun"
    assert asked(AT + dt.timedelta(seconds=1), AT) is None


def test_a_session_ends_after_it_starts(place):
    asked = time_rules.a_session_ends_after_it_starts
    assert code(asked(AT, AT)) == "session-times-unfit"
    assert code(asked(AT, AT + 93 * makers.DAY)) == "session-times-unfit"
    assert asked(AT, AT + HOUR) is None
    with pytest.raises(IntegrityError, match="a_session_ends_after_it_starts"):
        makers.session(makers.activity(place.danshan), starts_at=AT, ends_at=AT)


def test_a_session_holds_somebody():
    for wrong in (0, -1, 50_001):
        assert code(time_rules.a_session_holds_somebody(wrong)) == "capacity-unfit"
    assert time_rules.a_session_holds_somebody(1) is None


def test_capacity_stays_above_what_is_allotted():
    asked = time_rules.capacity_stays_above_what_is_allotted
    assert code(asked(9, 10)) == "capacity-below-allotted"
    assert asked(10, 10) is None
