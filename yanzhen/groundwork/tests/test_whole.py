"""Chains of several errands stand or fall together, and the connection survives it."""

import pytest
from django.db import IntegrityError

from yanzhen.groundwork import chain
from yanzhen.groundwork.abreast import ALONE, Ask, Write, abreast
from yanzhen.groundwork.models import Generation

pytestmark = pytest.mark.usefixtures("emptied_afterwards")

NOBODY = 999_999


def named(name: str) -> chain.Step:
    return chain.Step(
        "named",
        "INSERT INTO groundwork_generation (name, number) SELECT %s, 1 WHERE {given}",
        (name,),
    )


def raised(seen: int) -> chain.Step:
    return chain.Step(
        "raised",
        "UPDATE groundwork_generation SET number = number + 1 "
        "WHERE name = 'act-1' AND number = %s AND {given}",
        (seen,),
        guard=True,
    )


def of_nobody() -> chain.Step:
    """A row of a person there is not: found out when everything is to be kept."""
    return chain.Step(
        "choice",
        "INSERT INTO circulation_historychoice (person_id, days, chosen_at) "
        "SELECT %s, 0, '2026-11-28' WHERE {given}",
        (NOBODY,),
    )


def names() -> list[str]:
    return sorted(Generation.objects.filter(name__startswith="act-").values_list("name", flat=True))


def run_all(*chains: list[chain.Step]) -> list:
    told = []
    chain.run_all(chains, lambda _number, done: told.append(done))
    return told


def test_what_turns_out_wrong_at_the_end_undoes_all_and_the_next_ones_are_kept():
    with pytest.raises(IntegrityError):
        run_all([named("act-1")], [of_nobody()], [named("act-2")])
    assert names() == []
    done = run_all([named("act-3")], [named("act-4")])
    assert all(each and each["named"] for each in done)
    assert names() == ["act-3", "act-4"]


def test_errands_that_were_told_too_early_begin_again():
    """They hear of their writes before these are kept."""

    def writing(step: chain.Step):
        yield Write([step])
        return "well"

    wanted = [f"act-{number}" for number in range(9)]  # so many that the first are told early
    steps = [named(name) for name in wanted]
    assert abreast([writing(step) for step in (*steps, of_nobody())]) == [ALONE] * 10
    assert names() == []
    assert abreast([writing(step) for step in steps]) == ["well"] * 9
    assert names() == wanted


def test_whoever_is_overtaken_in_a_turn_reads_again_after_it():
    Generation.objects.create(name="act-1", number=1)

    def raising():
        for times in range(1, 9):
            rows = yield Ask("SELECT number FROM groundwork_generation WHERE name = 'act-1'", [])
            if (yield Write([raised(rows[0][0])])):
                return times
        return None

    assert abreast([raising() for _errand in range(6)]) == [1, 2, 3, 4, 5, 6]
    assert Generation.objects.get(name="act-1").number == 7
