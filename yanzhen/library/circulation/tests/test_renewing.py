import datetime as dt

import pytest

from tests import county as makers
from yanzhen.groundwork import generations
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan, LoanRule, Renewal
from yanzhen.library.circulation.renewing import renew
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.ruling import GENERATION
from yanzhen.people.models import Guardianship, Person
from yanzhen.people.roles import Actor

AT = makers.MONDAY


@pytest.fixture
def loan(place) -> Loan:
    copy, card = makers.copy(place), makers.reader(place)
    done = lend(
        barcode=copy.barcode,
        card_number=card.number,
        node=place.hub,
        by=makers.staff(place.hub),
        at=AT,
    )
    return Loan.objects.get(pk=done.loan_id)


def reader_of(loan: Loan) -> Actor:
    return Actor(account_id=9, person_id=loan.person_id, name="读者")


def test_a_reader_renews_their_own_loan(loan):
    renewed = renew(loan_id=loan.pk, by=reader_of(loan), at=AT)
    assert renewed.due_on == dt.date(2027, 1, 22)
    assert Renewal.objects.get().due_before == dt.date(2026, 12, 23)


def test_an_overdue_loan_is_renewed_from_today(loan):
    late = AT + dt.timedelta(days=40)
    renewed = renew(loan_id=loan.pk, by=reader_of(loan), at=late)
    assert renewed.due_on == late.date() + dt.timedelta(days=30)


def test_renewals_stay_within_the_rule(loan):
    renew(loan_id=loan.pk, by=reader_of(loan), at=AT)
    with pytest.raises(Refused, match="renewal-limit-reached"):
        renew(loan_id=loan.pk, by=reader_of(loan), at=AT)


def test_a_loan_keeps_the_rule_it_was_made_under(place, loan):
    LoanRule.objects.filter(pk=place.rule.pk).update(loan_days=5, max_renewals=0)
    generations.bump(GENERATION)
    renewed = renew(loan_id=loan.pk, by=reader_of(loan), at=AT)
    assert renewed.due_on == dt.date(2027, 1, 22)


def test_somebody_elses_loan_does_not_exist(loan):
    stranger = Actor(account_id=8, person_id=loan.person_id + 1, name="别人")
    with pytest.raises(Refused, match="loan-unknown"):
        renew(loan_id=loan.pk, by=stranger, at=AT)
    with pytest.raises(Refused, match="loan-unknown"):
        renew(loan_id=loan.pk, by=Actor(None, None, ""), at=AT)


def test_only_an_open_loan_is_renewed(place, loan):
    take_back(barcode=loan.copy.barcode, node=place.hub, by=makers.staff(place.hub), at=AT)
    with pytest.raises(Refused, match="loan-closed"):
        renew(loan_id=loan.pk, by=reader_of(loan), at=AT)


def test_a_guardian_renews_the_childs_loan_while_the_bond_lasts(loan):
    Person.objects.filter(pk=loan.person_id).update(born_on=dt.date(2016, 3, 1))
    parent = makers.person("张大禾")
    bond = Guardianship.objects.create(
        child_id=loan.person_id,
        guardian=parent,
        relation="父亲",
        consent_text="v1",
        consented_at=AT,
        channel="desk",
    )
    by = Actor(account_id=7, person_id=parent.pk, name="张大禾")
    renew(loan_id=loan.pk, by=by, at=AT)
    Guardianship.objects.filter(pk=bond.pk).update(ended_at=AT)
    with pytest.raises(Refused, match="loan-unknown"):
        renew(loan_id=loan.pk, by=by, at=AT)
