import pytest
from django.db import transaction

from yanzhen.groundwork import generations
from yanzhen.groundwork.generations import Kept


@pytest.mark.django_db
def test_every_bump_starts_a_new_generation():
    numbers = [generations.current("rules")]
    for _ in range(3):
        generations.bump("rules")
        numbers.append(generations.current("rules"))
    assert numbers[0] == 0
    assert numbers == sorted(set(numbers))
    assert generations.current("calendars") == 0


@pytest.mark.django_db
def test_a_number_never_comes_twice_even_after_a_rollback():
    with transaction.atomic():
        generations.bump("rules")
        undone = generations.current("rules")
        transaction.set_rollback(True)
    generations.bump("rules")
    assert generations.current("rules") > undone


def test_what_is_kept_is_made_once_a_generation():
    made = []
    kept = Kept(lambda key: made.append(key) or key.upper())
    assert [kept.get("a", 1), kept.get("a", 1), kept.get("b", 1)] == ["A", "A", "B"]
    assert kept.get("a", 2) == "A"
    assert made == ["a", "b", "a"]


def test_a_value_made_slowly_never_gets_into_a_newer_generation():
    world = {"rule": "old"}

    def make(key):
        seen = world[key]
        if seen == "old":  # while this is being made, the rule changes and somebody asks anew
            world[key] = "new"
            kept.get("other", 2)
        return seen

    world["other"] = "there"
    kept = Kept(make)
    assert kept.get("rule", 1) == "old"
    assert kept.get("rule", 2) == "new"


@pytest.mark.django_db
def test_what_was_read_along_is_not_asked_for_again_in_one_call(django_assert_num_queries):
    generations.note("rules", 41)  # outside of a call nothing is remembered
    assert generations.current("rules") == 0
    with generations.read_once():
        generations.note("rules", 41)
        with django_assert_num_queries(0):
            assert generations.current("rules") == 41
        generations.bump("rules")
        bumped = generations.current("rules")
        assert bumped > 41
    assert generations.current("rules") == bumped
