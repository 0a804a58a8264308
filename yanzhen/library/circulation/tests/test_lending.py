import datetime as dt

import pytest
from django.db import IntegrityError

from tests import county as makers
from yanzhen.groundwork import generations
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan, LoanRule
from yanzhen.library.circulation.ruling import GENERATION
from yanzhen.library.holdings.models import BarcodeAlias, Copy
from yanzhen.library.patrons.models import Block
from yanzhen.network.models import Closure
from yanzhen.network.opening import CALENDARS

AT = makers.MONDAY


def lend_at(node, copy, card, *, at=AT, by=None):
    return lend(
        barcode=copy.barcode, card_number=card.number, node=node, by=by or makers.staff(node), at=at
    )


def refusal(*args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        lend_at(*args, **kwargs)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


def test_a_copy_is_lent_at_any_node(place):
    copy, card = makers.copy(place, at=place.danshan), makers.reader(place)
    done = lend_at(place.zhonghe, copy, card)
    loan, copy = Loan.objects.get(pk=done.loan_id), Copy.objects.get(pk=copy.pk)
    assert (loan.person_id, loan.card_id) == (card.person_id, card.pk)
    assert (copy.state, copy.current_node, copy.home_node) == (
        "on_loan",
        place.zhonghe,
        place.danshan,
    )
    assert loan.due_on == dt.date(2026, 12, 23)
    assert (loan.category_code, loan.age_band) == ("adult", "35-59")
    assert AuditEntry.objects.filter(action="copy.lent", subject=f"copy:{copy.pk}").count() == 1
    assert Fact.objects.get(kind="LoanMade").body["bib_id"] == copy.bib_id


def test_a_due_date_is_never_a_closed_day(place):
    Closure.objects.create(
        node=place.zhonghe,
        first_day=dt.date(2026, 12, 20),
        last_day=dt.date(2026, 12, 25),
        notice="盘点",
        announced_at=AT,
    )
    generations.bump(CALENDARS)
    done = lend_at(place.zhonghe, makers.copy(place), makers.reader(place))
    assert done.due_on == dt.date(2026, 12, 26)


def test_a_rule_dated_tomorrow_does_not_act_today(place):
    LoanRule.objects.create(
        kind=place.book,
        loan_days=60,
        max_loans=10,
        max_renewals=1,
        valid_from=AT.date() + dt.timedelta(days=1),
    )
    generations.bump(GENERATION)
    copies = [makers.copy(place) for _ in range(2)]
    card = makers.reader(place)
    today = lend_at(place.hub, copies[0], card)
    tomorrow = lend_at(place.hub, copies[1], card, at=AT + dt.timedelta(days=1))
    assert today.due_on == dt.date(2026, 12, 23)
    assert tomorrow.due_on == dt.date(2027, 1, 23)


def test_the_nearest_rule_governs(place):
    for node, days in ((place.hub, 20), (place.zhonghe, 10)):
        LoanRule.objects.create(
            node=node, loan_days=days, max_loans=10, max_renewals=1, valid_from=makers.LONG_AGO
        )
    generations.bump(GENERATION)
    at_branch = lend_at(place.zhonghe, makers.copy(place), makers.reader(place))
    elsewhere = lend_at(place.danshan, makers.copy(place), makers.reader(place, name="李四"))
    assert (at_branch.ruling.loan_days, elsewhere.ruling.loan_days) == (10, 20)


def test_a_copy_must_be_known(place):
    card = makers.reader(place)
    with pytest.raises(Refused, match="copy-unknown"):
        lend(
            barcode="NO-SUCH",
            card_number=card.number,
            node=place.hub,
            by=makers.staff(place.hub),
            at=AT,
        )


def test_a_card_must_be_known(place):
    with pytest.raises(Refused, match="card-unknown"):
        lend(
            barcode=makers.copy(place).barcode,
            card_number="51200299999999",
            node=place.hub,
            by=makers.staff(place.hub),
            at=AT,
        )


def test_a_copy_on_loan_is_not_lent_again(place):
    copy, card = makers.copy(place), makers.reader(place)
    lend_at(place.hub, copy, card)
    assert refusal(place.zhonghe, copy, makers.reader(place, name="李四")) == "copy-on-loan"
    assert refusal(place.hub, copy, card) == "copy-on-loan-to-same-reader"
    assert Loan.objects.count() == 1


def test_a_copy_has_at_most_one_open_loan(place):
    """The database holds it without the function too."""
    lend_at(place.hub, makers.copy(place), makers.reader(place))
    loan = Loan.objects.get()
    loan.pk = None
    with pytest.raises(IntegrityError):
        loan.save(force_insert=True)


def test_a_blocked_reader_does_not_borrow(place):
    card = makers.reader(place)
    Block.objects.create(person=card.person, reason="staff", placed_at=AT, placed_by="馆长")
    assert refusal(place.hub, makers.copy(place), card) == "reader-blocked"


@pytest.mark.parametrize("status", ["lost", "replaced", "cancelled"])
def test_a_card_must_be_active(place, status):
    card = makers.reader(place)
    card.status = status
    card.save()
    assert refusal(place.hub, makers.copy(place), card).startswith("card-")


def test_a_reader_keeps_within_the_limit(place):
    place.rule.max_loans = 2
    place.rule.save()
    generations.bump(GENERATION)
    card = makers.reader(place)
    for _ in range(2):
        lend_at(place.hub, makers.copy(place), card)
    assert refusal(place.hub, makers.copy(place), card) == "loan-limit-reached"


def test_an_adult_only_copy_is_not_lent_to_a_child(place):
    copy = makers.copy(place, adult_only=True)
    child = makers.reader(place, category=place.child, born_on=dt.date(2016, 1, 1))
    assert refusal(place.hub, copy, child) == "copy-adult-only"
    lend_at(place.hub, copy, makers.reader(place, name="大人"))


def test_a_reading_room_copy_stays_in_the_house(place):
    copy = makers.copy(place, for_loan=False)
    assert refusal(place.hub, copy, makers.reader(place)) == "copy-not-for-loan"


def test_a_branch_user_does_not_lend_at_another_branch(place):
    clerk = makers.staff(place.zhonghe, "culture_officer")
    code = refusal(place.linjiang, makers.copy(place), makers.reader(place), by=clerk)
    assert code == "not-your-branch"


def test_a_shared_old_barcode_means_the_copy_of_its_own_branch(place):
    copies = {node: makers.copy(place, at=node) for node in (place.zhonghe, place.danshan)}
    for node, copy in copies.items():
        BarcodeAlias.objects.create(node=node, barcode="00017", copy=copy)
    card = makers.reader(place)
    lend(
        barcode="00017",
        card_number=card.number,
        node=place.danshan,
        by=makers.staff(place.danshan),
        at=AT,
    )
    assert Loan.objects.get().copy == copies[place.danshan]


def test_lending_costs_the_same_however_many_loans(place, django_assert_max_num_queries):
    place.rule.max_loans = 500
    place.rule.save()
    card = makers.reader(place)
    title = makers.bib()
    for _ in range(30):
        lend_at(place.hub, makers.copy(place, title=title), card)
    copy = makers.copy(place, title=title)
    with django_assert_max_num_queries(9):
        lend_at(place.hub, copy, card)


def test_a_childs_card_without_a_birth_date_is_a_childs_card(place):
    copy = makers.copy(place, adult_only=True)
    child = makers.reader(place, category=place.child, born_on=None)
    assert refusal(place.hub, copy, child) == "copy-adult-only"
    lend_at(place.hub, copy, makers.reader(place, name="大人", born_on=None))
