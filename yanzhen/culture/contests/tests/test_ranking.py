"""The ranking as a pure function: dropping, ties; the order of the marks makes no difference."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yanzhen.culture.contests.ranking import (
    ARTISTIC,
    LOT,
    TOP_MARKS,
    Criterion,
    Setting,
    Sheet,
    digest_of,
    drawn_order,
    dropped,
    judge_total,
    rank,
    thousandths,
)

CRITERIA = (Criterion(1, 10, 60, decides_ties=True), Criterion(2, 20, 40))
SETTING = Setting(CRITERIA, drops_extremes=True)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sheets(entry: int, marks: list[tuple[int, int]]) -> list[Sheet]:
    return [Sheet(judge, entry, {1: a, 2: b}) for judge, (a, b) in enumerate(marks, 1)]


def ranked(*given, setting=SETTING, votes=None, lots=None):
    entries = sorted({each.entry_id for each in given})
    return rank(entries, given, setting, votes=votes or {}, lots=lots or {})


def test_a_total_is_weighed_to_a_hundred():
    assert judge_total(CRITERIA, {1: 100, 2: 200}) == 100
    assert judge_total(CRITERIA, {1: 85, 2: 150}) == 51 + 30


def test_the_worked_example_of_the_explanation():
    """docs/explanation/contest-scores.md."""
    totals = {1: 92, 2: 88, 3: 95, 4: 70, 5: 90}
    assert dropped({judge: Fraction(x) for judge, x in totals.items()}) == {3, 4}
    plain = Setting(
        (Criterion(1, 100, 100, decides_ties=True),), drops_extremes=True, vote_weight=10
    )
    given = [Sheet(judge, 7, {1: 10 * x}) for judge, x in totals.items()]
    given += [Sheet(judge, 8, {1: 890}) for judge in totals]
    places = rank([7, 8], given, plain, votes={7: 60, 8: 120}, lots={}).places
    assert [(p.entry_id, thousandths(p.judged), thousandths(p.total)) for p in places] == [
        (8, 89_000, 90_100), (7, 90_000, 86_000),
    ]  # fmt: skip


def test_extremes_are_dropped_from_five_judges_on():
    four = {judge: Fraction(judge) for judge in range(1, 5)}
    assert dropped(four) == frozenset()
    assert dropped(four | {5: Fraction(9)}) == {1, 5}


def test_five_equal_totals_lose_two_and_no_more():
    assert len(dropped({judge: Fraction(80) for judge in range(1, 6)})) == 2


def test_ties_are_parted_by_the_artistic_criterion_first():
    # 60 x 1 + 40 x .5 = 80 both: the second has more for art.
    one, two = sheets(1, [(80, 160)] * 3), sheets(2, [(90, 130)] * 3)
    found = ranked(*one, *two)
    assert [p.entry_id for p in found.places] == [2, 1]
    assert {p.tie_rule for p in found.places} == {ARTISTIC}


def test_then_by_top_marks():
    one = sheets(1, [(90, 100), (90, 100), (90, 100)])
    two = sheets(2, [(100, 100), (90, 100), (80, 100)])
    found = ranked(*one, *two)
    assert [p.entry_id for p in found.places] == [2, 1]
    assert {p.tie_rule for p in found.places} == {TOP_MARKS}


def test_then_by_lot_and_only_equals_wait_for_one():
    given = [each for entry in (1, 2) for each in sheets(entry, [(90, 100)] * 3)]
    given += sheets(3, [(50, 50)] * 3)
    assert ranked(*given).undecided == {1, 2}
    found = ranked(*given, lots={1: 2, 2: 1, 3: 3})
    assert [p.entry_id for p in found.places] == [2, 1, 3]
    assert [p.tie_rule for p in found.places] == [LOT, LOT, ""]
    assert not found.undecided


MARK = st.tuples(st.integers(0, 100), st.integers(0, 200))


@st.composite
def rounds(draw):
    entries, judges = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    given = [
        each
        for entry in range(1, entries + 1)
        for each in sheets(entry, draw(st.lists(MARK, min_size=judges, max_size=judges)))
    ]
    votes = {entry: draw(st.integers(0, 9)) for entry in range(1, entries + 1)}
    return given, votes, Setting(CRITERIA, draw(st.booleans()), draw(st.integers(0, 20)))


@unhurried
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_makes_no_difference(made, random):
    given, votes, setting = made
    entries = sorted({each.entry_id for each in given})
    lots = {entry: entry for entry in entries}
    found = rank(entries, given, setting, votes=votes, lots=lots)
    shuffled, mixed = random.sample(given, len(given)), random.sample(entries, len(entries))
    again = rank(mixed, shuffled, setting, votes=votes, lots=lots)
    assert again == found
    assert digest_of(shuffled, setting, again) == digest_of(given, setting, found)


@unhurried
@given(rounds())
def test_ranks_are_one_to_n_and_nobody_stands_above_a_higher_total(made):
    given, votes, setting = made
    places = ranked(*given, setting=setting, votes=votes).places
    assert [p.rank for p in places] == list(range(1, len(places) + 1))
    assert [p.total for p in places] == sorted((p.total for p in places), reverse=True)
    assert all(0 <= p.total <= 100 and 0 <= p.judged <= 100 for p in places)


@unhurried
@given(st.dictionaries(st.integers(1, 9), st.integers(0, 100).map(Fraction), min_size=5))
def test_what_is_dropped_is_one_highest_and_one_lowest(totals):
    gone = dropped(totals)
    kept = sorted(total for judge, total in totals.items() if judge not in gone)
    assert kept == sorted(totals.values())[1:-1]


def test_a_draw_is_the_same_for_everybody():
    keys = ["甲", "乙", "丙", "丁"]
    assert drawn_order(keys, "1126-305") == drawn_order(reversed(keys), "1126-305")
    assert len({tuple(drawn_order(keys, str(seed))) for seed in range(30)}) > 5
