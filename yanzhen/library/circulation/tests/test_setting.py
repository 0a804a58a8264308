"""Setting rules: versions, effective dates, drafts; and resolution that is total."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from yanzhen.groundwork import generations
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import drafting, invariants, ruling
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan, LoanRule
from yanzhen.library.circulation.ruling import choose
from yanzhen.library.circulation.setting import Wanted, end_rule, set_rule, withdraw_rule

AT = makers.MONDAY
TODAY = AT.date()
DAY = dt.timedelta(days=1)
FULL = {"loan_days": 20, "max_loans": 5, "max_renewals": 0, "lendable": True}


@pytest.fixture
def director(place):
    return makers.staff(place.hub, "director", name="李馆长")


@pytest.fixture(autouse=True)
def _invariants_hold(db):
    yield
    assert [each for check in invariants.INVARIANTS for each in check()] == []


def set_(director, wanted, valid_from=TODAY + DAY, document="馆务会"):
    return set_rule(wanted, valid_from=valid_from, document=document, by=director, at=AT)


def code(act, *args, **kwargs):
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


def lend_one(place, node=None, at=AT, **copy):
    node = node or place.hub
    return lend(
        barcode=makers.copy(place, **copy).barcode, card_number=makers.reader(place).number,
        node=node, by=makers.staff(node), at=at,
    )  # fmt: skip


def test_a_rule_dated_tomorrow_does_not_act_today(place, director):
    set_(director, Wanted(values=FULL))
    assert lend_one(place, node=place.zhonghe).ruling.loan_days == 30
    assert lend_one(place, node=place.danshan, at=AT + DAY).ruling.loan_days == 20
    old = LoanRule.objects.get(pk=place.rule.pk)
    assert (old.valid_to, old.loan_days) == (TODAY, 30)
    assert AuditEntry.objects.filter(action="rule.set").count() == 1


def test_an_old_loan_keeps_its_rule(place, director):
    loan = lend_one(place).loan_id
    set_(director, Wanted(values=FULL), TODAY + DAY)
    kept = Loan.objects.get(pk=loan)
    assert (kept.loan_days, kept.max_renewals, kept.rule_id) == (30, 1, place.rule.pk)


def test_a_branch_does_not_set_rules(place):
    for kind in ("culture_officer", "director"):
        by = makers.staff(place.zhonghe, kind)
        assert code(set_, by, Wanted(values=FULL)) in {"no-permission", "not-your-branch"}
    assert code(set_, makers.staff(place.hub), Wanted(values=FULL)) == "no-permission"


def test_a_row_sets_one_value_and_inherits_the_rest(place, director):
    set_(director, Wanted(kind=place.book, values={"loan_days": 15}), TODAY)
    ruled = lend_one(place).ruling
    assert (ruled.loan_days, ruled.max_loans, ruled.max_renewals) == (15, 10, 1)
    assert ruled.sources["loan_days"].kind == "book"
    assert ruled.sources["max_loans"].id == place.rule.pk


@pytest.mark.parametrize(
    ("wanted", "valid_from", "document", "expected"),
    [
        ({"loan_days": 10}, TODAY, "馆务会", "default-rule-incomplete"),
        (FULL, TODAY - DAY, "馆务会", "rule-in-the-past"),
        (FULL, TODAY, "  ", "rule-document-missing"),
        (FULL, TODAY, "字" * 121, "rule-document-missing"),
        ({}, TODAY, "馆务会", "rule-empty"),
        ({**FULL, "loan_days": 0}, TODAY, "馆务会", "rule-out-of-bounds"),
        ({**FULL, "max_loans": 9999}, TODAY, "馆务会", "rule-out-of-bounds"),
        ({**FULL, "max_renewals": -1}, TODAY, "馆务会", "rule-out-of-bounds"),
    ],
)
def test_what_cannot_be_a_rule(place, director, wanted, valid_from, document, expected):
    assert code(set_, director, Wanted(values=wanted), valid_from, document) == expected


def test_two_rules_with_the_same_keys_do_not_overlap(place, director):
    set_(director, Wanted(values=FULL), TODAY + 9 * DAY)
    assert code(set_, director, Wanted(values=FULL), TODAY + 3 * DAY) == "rules-overlap"
    assert code(set_, director, Wanted(values=FULL), TODAY + 9 * DAY) == "rules-overlap"
    with pytest.raises(IntegrityError), transaction.atomic():
        LoanRule.objects.create(**FULL, valid_from=TODAY)


def test_the_default_rule_sets_every_value(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        LoanRule.objects.filter(pk=place.rule.pk).update(max_loans=None)


def test_the_default_rule_stays(place, director):
    ended = code(end_rule, place.rule.pk, last_day=TODAY, by=director, at=AT)
    assert ended == "default-rule-stays"


def test_a_version_not_yet_in_force_is_withdrawn(place, director):
    new = set_(director, Wanted(values=FULL))
    withdraw_rule(new.pk, by=director, at=AT)
    assert LoanRule.objects.get(pk=place.rule.pk).valid_to is None
    assert lend_one(place, at=AT + DAY).ruling.loan_days == 30
    assert code(withdraw_rule, new.pk, by=director, at=AT) == "rule-in-force"
    assert code(withdraw_rule, place.rule.pk, by=director, at=AT) == "rule-in-force"
    assert code(withdraw_rule, 10**9, by=director, at=AT) == "rule-unknown"


def test_an_ended_row_is_inherited_again(place, director):
    row = set_(director, Wanted(node=place.zhonghe, values={"loan_days": 7}), TODAY)
    assert lend_one(place, node=place.zhonghe).ruling.loan_days == 7
    end_rule(row.pk, last_day=TODAY, by=director, at=AT)
    assert lend_one(place, node=place.zhonghe, at=AT + DAY).ruling.loan_days == 30
    assert code(end_rule, row.pk, last_day=TODAY, by=director, at=AT) == "rule-ended"


def test_a_draft_is_published_whole_or_not_at_all(place, director):
    row = set_(director, Wanted(kind=place.book, values={"loan_days": 7}), TODAY)
    draft = drafting.begin_draft("少借几本", by=director, at=AT)
    drafting.put_row(draft.pk, Wanted(values=FULL), by=director, at=AT)
    drafting.put_row(draft.pk, Wanted(kind=place.book), ends=True, by=director, at=AT)
    told = {"document": "馆务会", "by": director, "at": AT}
    assert code(drafting.publish_draft, draft.pk, valid_from=TODAY, **told) == "rules-overlap"
    assert LoanRule.objects.get(pk=place.rule.pk).valid_to is None
    drafting.publish_draft(draft.pk, valid_from=TODAY + DAY, **told)
    assert LoanRule.objects.get(pk=row.pk).valid_to == TODAY
    assert lend_one(place, at=AT + DAY).ruling.loan_days == 20
    again = code(drafting.publish_draft, draft.pk, valid_from=TODAY + 2 * DAY, **told)
    assert again == "draft-closed"


def test_a_dropped_draft_changes_nothing(place, director):
    draft = drafting.begin_draft("再想想", by=director, at=AT)
    nothing = {"valid_from": TODAY, "document": "馆务会", "by": director, "at": AT}
    assert code(drafting.publish_draft, draft.pk, **nothing) == "draft-empty"
    row = drafting.put_row(draft.pk, Wanted(values=FULL), by=director, at=AT)
    drafting.put_row(draft.pk, Wanted(values=FULL | {"max_loans": 6}), by=director, at=AT)
    assert draft.rows.get().max_loans == 6
    drafting.drop_draft(draft.pk, by=director, at=AT)
    assert code(drafting.take_row_out, draft.pk, row.pk, by=director, at=AT) == "draft-closed"
    assert LoanRule.objects.count() == 1
    assert code(drafting.begin_draft, " ", by=director, at=AT) == "draft-name-missing"


@pytest.mark.parametrize("limit", ["max_loans_kind", "max_loans_owned"])
def test_limits_of_a_kind_and_of_an_owner(place, director, limit):
    set_(director, Wanted(values={**FULL, limit: 1}), TODAY)
    card = makers.reader(place)

    def lend_to(copy):
        return lend(
            barcode=copy.barcode, card_number=card.number, node=place.hub,
            by=makers.staff(place.hub), at=AT,
        )  # fmt: skip

    other = place.book.__class__.objects.create(code="audio", name="有声", name_en="Audio")
    lend_to(makers.copy(place))
    assert code(lend_to, makers.copy(place)) == (
        "kind-limit-reached" if limit == "max_loans_kind" else "owner-limit-reached"
    )
    lend_to(makers.copy(place, kind=other, at=place.danshan))


def test_a_missing_default_is_said(place, director):
    with pytest.raises(LookupError):
        choose([], category="adult", kind="book", path="", day=TODAY)
    assert len(ruling.in_force(generations.current(ruling.GENERATION))) == 1
