"""The three months of lending: in time, in place, within the rules."""

import datetime as dt
from collections import defaultdict

import pytest
from django.db.models import F, Q
from django.utils import timezone

from yanzhen.demo.tests.conftest import AT, SMALL
from yanzhen.library.circulation.models import Loan, Renewal, ReturnException
from yanzhen.library.circulation.queries import day_at, deeds_at, open_loans_of
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.library.withdrawal.models import WithdrawalLine
from yanzhen.network.models import Node
from yanzhen.network.opening import calendars_of
from yanzhen.people.models import Account

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("county")]
TODAY = AT.date()


def houses():
    return Node.objects.libraries().filter(level__in=["hub", "branch"])


def test_there_are_about_as_many_loans_as_asked_for():
    assert SMALL.loans * 0.6 < Loan.objects.count() < SMALL.loans * 1.6
    assert Loan.objects.open().exists()
    assert Loan.objects.overdue(TODAY).exists()
    assert Loan.objects.exclude(returned_node=None).exclude(returned_node=F("lent_node")).exists()


def test_nothing_happens_in_the_future():
    later = Q(lent_at__gt=AT) | Q(returned_at__gt=AT)
    assert not Loan.objects.filter(later).exists()
    assert not Transit.objects.filter(Q(sent_at__gt=AT) | Q(ended_at__gt=AT)).exists()
    assert not Renewal.objects.filter(at__gt=AT).exists()
    assert not ReturnException.objects.filter(at__gt=AT).exists()
    assert not Copy.objects.filter(accessioned_on__gt=TODAY).exists()


def test_desks_lend_and_take_back_only_while_open():
    calendars = calendars_of(houses().values_list("pk", flat=True))
    deeds = [
        *Loan.objects.values_list("lent_node", "lent_at"),
        *Loan.objects.exclude(returned_at=None).values_list("returned_node", "returned_at"),
        *Transit.objects.exclude(ended_at=None).values_list("ended_node", "ended_at"),
    ]
    at_desks = [deed for deed in deeds if deed[0] in calendars]  # in a village nobody sits
    closed = [deed for deed in at_desks if not calendars[deed[0]].state_at(deed[1]).open]
    assert closed == []


def test_a_copy_is_in_one_pair_of_hands_at_a_time():
    ends: dict[int, dt.datetime] = defaultdict(lambda: AT - dt.timedelta(days=4000))
    for loan in Loan.objects.order_by("lent_at"):
        assert ends[loan.copy_id] <= loan.lent_at
        ends[loan.copy_id] = loan.returned_at or AT + dt.timedelta(days=1)


def test_what_came_back_elsewhere_went_home():
    strays = Loan.objects.exclude(returned_node=None).exclude(returned_node=F("copy__home_node"))
    strays = strays.filter(copy__home_moves=None)  # the others have another home by now
    for loan in strays:
        assert Transit.objects.filter(
            copy=loan.copy,
            sent_at=loan.returned_at,
            from_node=loan.returned_node,
            to_node=loan.copy.home_node,
        ).exists()


def test_loans_follow_their_rule_and_end_on_an_open_day():
    calendars = calendars_of(houses().values_list("pk", flat=True))
    for loan in Loan.objects.select_related("rule", "copy"):
        assert calendars[loan.governing_node_id].is_open_on(loan.due_on)
        assert loan.loan_days == loan.rule.loan_days
        least = timezone.localtime(loan.lent_at).date() + dt.timedelta(days=loan.loan_days)
        assert loan.due_on >= least
        assert loan.rule.lendable is not False
        assert loan.copy.for_loan


def test_renewals_are_counted_and_dated():
    for loan in Loan.objects.filter(renewals__gt=0):
        rows = list(loan.renewal_rows.order_by("at"))
        assert len(rows) == loan.renewals
        assert rows[-1].due_after == loan.due_on
        assert all(loan.lent_at < row.at for row in rows)


def test_nobody_borrows_too_much_or_on_a_card_out_of_order():
    for card in ReaderCard.objects.all():
        assert Loan.objects.open().filter(person=card.person).count() <= 10
        assert not card.loans.filter(lent_at__lt=card.issued_at).exists()
    for block in Block.objects.all():
        assert not Loan.objects.filter(person=block.person, lent_at__gt=block.placed_at).exists()


def test_revisions_count_what_happened():
    copy = Loan.objects.exclude(returned_at=None).first().copy
    scans = copy.loans.count() + copy.loans.exclude(returned_at=None).count()
    assert copy.revision == scans + copy.transits.filter(ending="scan").count()
    card = ReaderCard.objects.get(number="51200200000017")
    assert card.revision == card.loans.count() > 0


@pytest.mark.parametrize("username", ["reader", "elder", "worker", "guardian"])
def test_known_residents_have_something_overdue_and_something_to_renew(username):
    loans = open_loans_of(Account.objects.get(username=username).person_id)
    assert 2 <= len(loans) <= 6
    assert [loan for loan in loans if loan.due_on < TODAY]
    assert [loan for loan in loans if loan.due_on >= TODAY and loan.renewals < loan.max_renewals]


def test_every_desk_has_something_to_receive_or_to_send():
    for node in houses():
        day = day_at(node, AT)
        assert day.arriving + day.leaving > 0, node.code
    for code in ("zhonghe", "linjiang"):
        day = day_at(Node.objects.get(code=code), AT)
        assert day.arriving
        assert day.leaving
        assert day.exceptions


def test_the_stock_is_being_cared_for():
    """Something was withdrawn, by a list; and there is one of each kind to settle."""
    assert WithdrawalLine.objects.in_force().exists()
    kinds = ReturnException.objects.filter(settled_at=None).values_list("kind", flat=True)
    assert set(kinds) == set(ReturnException.Kind)


def test_open_desks_have_figures_of_today():
    calendars = calendars_of(houses().values_list("pk", flat=True))
    for node in houses():
        if calendars[node.pk].is_open_on(TODAY):
            assert deeds_at(node, AT), node.code
    totals = [day_at(node, AT) for node in houses()]
    assert sum(day.lent for day in totals) > 15
    assert sum(day.returned for day in totals) > 15
