"""Drafts tried on last month, and answers that explain themselves."""

import datetime as dt
import time

import pytest

from tests import county as makers
from yanzhen.groundwork import generations
from yanzhen.library.circulation import drafting
from yanzhen.library.circulation.models import Loan, LoanRule
from yanzhen.library.circulation.replaying import Replayed, World, replay
from yanzhen.library.circulation.ruling import GENERATION, RuleRow
from yanzhen.library.circulation.setting import Wanted
from yanzhen.library.circulation.simulating import simulate
from yanzhen.library.circulation.trying import Case, try_out
from yanzhen.network.models import Closure
from yanzhen.network.opening import CALENDARS

AT = makers.MONDAY
DAY = dt.timedelta(days=1)


@pytest.fixture
def director(place):
    return makers.staff(place.hub, "director")


def loan(place, card, days_ago, *, back=None, node=None, renewals=0):
    return Loan.objects.create(
        copy=makers.copy(place), person=card.person, card=card, category_code="adult",
        age_band="35-59", lent_node=node or place.hub, lent_at=AT - days_ago * DAY, lent_by="王",
        due_on=AT.date(), governing_node=place.hub, rule=place.rule, max_renewals=1, loan_days=30,
        renewals=renewals, returned_at=AT - back * DAY if back is not None else None,
        returned_node=place.hub if back is not None else None,
    )  # fmt: skip


def draft_of(director, values, **keys):
    draft = drafting.begin_draft("试试", by=director, at=AT)
    drafting.put_row(draft.pk, Wanted(values=values, **keys), by=director, at=AT)
    return draft


FULL = {"loan_days": 30, "max_loans": 2, "max_renewals": 1, "lendable": True}


def test_counts_are_those_of_each_moment(place, director):
    card = makers.reader(place)
    loan(place, card, 40, back=20)  # at home before the month began
    loan(place, card, 25, back=10)
    third = loan(place, card, 22)  # the third at home: refused under the draft
    loan(place, card, 15)  # the first is back by then
    found = simulate(draft_of(director, FULL), at=AT)
    assert (found.loans, found.changed, found.effects["refused"]) == (3, 1, 1)
    assert [each.loan.id for each in found.shown] == [third.pk]
    assert found.by_node == [(place.hub.pk, 1)]


def test_other_days_and_renewals_are_seen(place, director):
    loan(place, makers.reader(place), 9, renewals=1)
    values = {"loan_days": 20, "max_loans": 9, "max_renewals": 0, "lendable": True}
    found = simulate(draft_of(director, values), at=AT)
    assert (found.effects["earlier"], found.effects["renewals"]) == (1, 1)
    same = simulate(draft_of(director, FULL | {"max_loans": 10}), at=AT)
    assert same.changed == 0


def test_no_query_in_a_loop(place, director, django_assert_max_num_queries):
    draft, card = draft_of(director, FULL), makers.reader(place)
    for number in range(30):
        loan(place, card, 20 - number % 9, back=number % 9)
    with django_assert_max_num_queries(9):
        assert simulate(draft, at=AT).loans == 30


def test_a_hundred_thousand_loans_are_replayed_at_once():
    day = AT.date()
    rows = [RuleRow(1, "", "", "", FULL, day - 99 * DAY)]
    month = [
        Replayed(n, n % 9_000, "adult", "book", 1, "hub.", n % 22, at, at.date(), at + 9 * DAY, 0)
        for n in range(100_000)
        for at in (AT + n * dt.timedelta(seconds=20),)
    ]  # fmt: skip
    fewer = [RuleRow(1, "", "", "", FULL | {"max_loans": 1}, day - 99 * DAY)]
    began = time.process_time()
    changes = replay(
        [], month, now=World(rows, lambda _n, d: d), then=World(fewer, lambda _n, d: d)
    )
    assert time.process_time() - began < 5
    assert {each.kinds for each in changes} == {("refused",)}


def test_a_trial_asks_every_rule_and_says_why_the_day(place, director):
    Closure.objects.create(
        node=place.hub, first_day=dt.date(2026, 12, 23), last_day=dt.date(2026, 12, 24),
        notice="盘点", announced_at=AT,
    )  # fmt: skip
    generations.bump(CALENDARS)
    case = Case(category=place.adult, kind=place.book)
    tried = try_out(case, node=place.hub, day=AT.date(), by=director, at=AT)
    assert tried.refusal is None
    assert [(each.day.day, each.notice) for each in tried.due.passed] == [
        (23, "盘点"),
        (24, "盘点"),
    ]
    assert (tried.due.counted.day, tried.due.due_on.day) == (23, 25)
    assert {each.name: each.row_id for each in tried.given if each.row_id}["loan_days"] == (
        place.rule.pk
    )
    assert Loan.objects.count() == 0


def test_a_preference_is_told(place, director):
    LoanRule.objects.create(category=place.child, loan_days=60, max_loans=20, valid_from=AT.date())
    generations.bump(GENERATION)
    case = Case(category=place.child, kind=place.book)
    tried = try_out(case, node=place.hub, day=AT.date(), by=director, at=AT)
    assert (tried.preference.more_days, tried.preference.more_loans) == (30, 10)


@pytest.mark.parametrize("node", ["hub", "zhonghe", "danshan"])
def test_adult_only_blocks_a_childs_card_at_every_node(place, node):
    at = getattr(place, node)
    card = makers.reader(place, category=place.child, born_on=dt.date(2016, 1, 1))
    copy = makers.copy(place, adult_only=True)
    case = Case(card_number=card.number, barcode=copy.barcode)
    tried = try_out(case, node=at, day=AT.date(), by=makers.staff(at), at=AT)
    assert tried.refusal.rule == "an_adult_only_copy_is_not_lent_to_a_child"
    assert len(tried.asked) == 14


def test_what_nobody_knows_is_said(place, director):
    tried = try_out(Case("0", None, "0", None), node=place.hub, day=AT.date(), by=director, at=AT)
    assert tried.refusal.answer.code == "card-unknown"
    assert tried.given == ()
