"""Errands alone and abreast: the same results, one commit, and nobody's trouble is another's."""

import pytest
from django.db import IntegrityError

from yanzhen.groundwork import chain
from yanzhen.groundwork.abreast import ALONE, Ask, Write, abreast, alone
from yanzhen.groundwork.models import Generation
from yanzhen.groundwork.refusals import Refused

pytestmark = pytest.mark.django_db

_NUMBER = "SELECT number FROM groundwork_generation WHERE name = %s"


def added(name: str) -> chain.Step:
    return chain.Step(
        "added",
        "INSERT INTO groundwork_generation (name, number) SELECT %s, 1 WHERE {given}",
        (name,),
    )


def raised(name: str, seen: int) -> chain.Step:
    return chain.Step(
        "raised",
        "UPDATE groundwork_generation SET number = number + 1 "
        "WHERE name = %s AND number = %s AND {given}",
        (name, seen),
        guard=True,
    )


def adding(name: str):
    """Asks whether it is there, adds it, and tells the old number."""
    rows = yield Ask(_NUMBER, [name])
    done = yield Write([added(name)])
    return name, len(rows), bool(done)


def raising(name: str):
    """Reads a number and raises it; whoever was overtaken reads again. Tells how often it read."""
    for times in range(1, 5):
        rows = yield Ask(_NUMBER, [name])
        if (yield Write([raised(name, rows[0][0])])):
            return times
    return None


def number(name: str) -> int:
    return Generation.objects.get(name=name).number


def names() -> set[str]:
    return set(Generation.objects.filter(name__startswith="act-").values_list("name", flat=True))


def test_alone_and_abreast_say_the_same():
    assert alone(adding("act-1")) == ("act-1", 0, True)
    assert abreast([adding("act-2"), adding("act-3")]) == [
        ("act-2", 0, True), ("act-3", 0, True),
    ]  # fmt: skip
    assert names() == {"act-1", "act-2", "act-3"}
    assert abreast([]) == []


def test_what_the_database_raises_is_raised_where_it_was_asked():
    Generation.objects.create(name="act-1")

    def errand():
        try:
            yield Write([added("act-1")])
        except IntegrityError:
            return "there already"

    assert alone(errand()) == "there already"


def test_whoever_is_overtaken_reads_again_and_keeps_nobody_back():
    Generation.objects.bulk_create([Generation(name="act-1"), Generation(name="act-2")])
    assert abreast([raising("act-1"), raising("act-1"), raising("act-2")]) == [1, 2, 1]
    assert (number("act-1"), number("act-2")) == (3, 2)


def test_a_write_that_fails_undoes_them_all_and_sends_them_alone():
    Generation.objects.create(name="act-1", number=7)
    asked_only = raising("act-1")
    said = abreast([adding("act-2"), adding("act-1"), asked_only])
    assert said == [ALONE, ALONE, ALONE]
    assert names() == {"act-1"}
    assert number("act-1") == 7


def test_what_is_refused_is_only_its_own():
    refused = Refused("no", "不行。", "请再试。")

    def errand():
        yield Ask(_NUMBER, ["act-1"])
        raise refused

    assert abreast([adding("act-1"), errand(), adding("act-2")]) == [
        ("act-1", 0, True), refused, ("act-2", 0, True),
    ]  # fmt: skip


def test_nobody_goes_on_abreast_past_the_word_alone():
    past = []

    def errand():
        yield Ask(_NUMBER, ["act-1"])
        yield ALONE
        past.append(True)
        return "done"

    assert abreast([errand(), adding("act-1")]) == [ALONE, ("act-1", 0, True)]
    assert past == []
    assert alone(errand()) == "done"
    assert past == [True]
