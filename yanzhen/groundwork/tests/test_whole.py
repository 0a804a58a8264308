"""Chains of several errands stand or fall together, and the connection survives it."""

import pytest
from django.db import IntegrityError

from yanzhen.groundwork import chain
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


def test_what_turns_out_wrong_at_the_end_undoes_all_and_the_next_ones_are_kept():
    with pytest.raises(IntegrityError):
        chain.run_all([[named("act-1")], [of_nobody()], [named("act-2")]])
    assert names() == []
    done = chain.run_all([[named("act-3")], [named("act-4")]])
    assert all(each and each["named"] for each in done)
    assert names() == ["act-3", "act-4"]
