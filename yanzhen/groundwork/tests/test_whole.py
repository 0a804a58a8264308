"""Chains of several errands stand or fall together, and the connection survives it."""

import pytest
from django.db import IntegrityError

from yanzhen.groundwork import chain
from yanzhen.groundwork.abreast import ALONE, Write, abreast
from yanzhen.groundwork.models import Generation

pytestmark = pytest.mark.usefixtures("emptied_afterwards")

NOBODY = 999_999


def named(name: str) -> chain.Step:
    return chain.Step(
        "named",
        "INSERT INTO groundwork_generation (name, number) SELECT %s, 1 WHERE {given}",
        (name,),
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

    steps = [named("act-1"), named("act-2"), of_nobody()]
    assert abreast([writing(step) for step in steps]) == [ALONE] * 3
    assert names() == []
    assert abreast([writing(step) for step in steps[:2]]) == ["well"] * 2
    assert names() == ["act-1", "act-2"]
