import time

import pytest

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.marc.tests.makers import chinese, english
from yanzhen.library.cataloguing.models import CopySearch, FoundRecord, Target
from yanzhen.library.cataloguing.searching import KEPT, question_of, search
from yanzhen.library.cataloguing.tests.makers import response, target
from yanzhen.library.cataloguing.tests.servers import dripping, hanging, http, saying, speaking
from yanzhen.library.cataloguing.trying import SAMPLE_ISBN, try_target

ISBN = "978-7-02-000220-7"
BARE = chinese().replacing("330").replacing("606")


def ask(place, term=ISBN, field="isbn", at=MONDAY):
    return search(field, term, node=place.hub, by=county.staff(place.hub), at=at)


def test_all_targets_answer_at_once_and_the_bad_ones_cost_the_others_nothing(place):
    """Seven of them: two that answer, one that hangs, one that drips, and others worse."""
    speaks = {
        "甲": http(response(BARE)), "乙": http(response(chinese(), english(), hits=40)),
        "慢": hanging(), "滴": dripping(b"HTTP/1.1 200 OK\r\n" * 50), "乱": saying(b"\xff" * 99),
        "断": http(response(chinese())[:-200]), "空": http(response()),
    }  # fmt: skip
    began = time.monotonic()
    _with(speaks, lambda: ask(place))
    assert time.monotonic() - began < 2.5, "as long as the slowest may take, not the sum"
    asked = CopySearch.objects.get()
    told = {each["name"]: each for each in asked.answers}
    assert list(told) == list(speaks)
    assert {name: each["code"] for name, each in told.items()} == {
        "甲": "", "乙": "", "慢": "timeout", "滴": "timeout", "乱": "not-sru", "断": "broken-xml",
        "空": "",
    }  # fmt: skip
    assert (told["乙"]["hits"], told["乙"]["records"], told["空"]["hits"]) == (40, 2, 0)
    rows = asked.found.values_list("group", "rank", "target_name")
    assert list(rows) == [(0, 0, "乙"), (0, 1, "甲"), (1, 0, "乙")]
    assert FoundRecord.objects.get(group=0, rank=0).why["more"] == ["subjects", "abstract"]


def _with(speaks: dict, act) -> None:
    """Run `act` while a server each speaks for a target of that name; each may take a second."""
    if not speaks:
        act()
        return
    (name, speak), *others = speaks.items()
    with speaking(speak) as port:
        target(name, port=port, seconds=1, position=Target.objects.count())
        _with(dict(others), act)


def test_only_what_is_on_is_asked(place):
    heard = []
    with speaking(http(response()), heard) as port:
        target("开", port=port)
        target("关", port=port, active=False)
        ask(place)
    assert len(heard) == 1


def test_nothing_is_asked_without_a_question(place):
    heard = []
    with speaking(http(response()), heard) as port:
        target(port=port)
        for field, term, code in (
            ("title", " \x00\n ", "question-empty"),
            ("isbn", "红楼梦", "isbn-unreadable"),
        ):
            with pytest.raises(Refused) as refused:
                ask(place, term, field)
            assert refused.value.code == code
    assert heard == []


def test_without_a_target_it_says_who_can_help(place):
    with pytest.raises(Refused) as refused:
        ask(place)
    assert refused.value.code == "no-targets"
    assert "总馆" in refused.value.remedy


def test_an_isbn_is_asked_for_with_13_and_10_digits():
    assert question_of("isbn", ISBN).terms == ("9787020002207", "702000220X")
    assert question_of("isbn", "080442957X").terms == ("9780804429573", "080442957X")
    assert question_of("isbn", "9791090636071").terms == ("9791090636071",)
    assert question_of("title", "红楼\n梦\x00").terms == ("红楼 梦",)


def test_a_target_without_that_index_says_so(place):
    target(author_index="")
    (told,) = ask(place, "曹雪芹", "author").answers
    assert told["code"] == "no-index"


def test_somebody_of_another_branch_may_not(place):
    with pytest.raises(Refused):
        search("isbn", ISBN, node=place.hub, by=county.staff(place.zhonghe), at=MONDAY)


def test_yesterdays_searches_are_gone(place):
    with speaking(http(response(chinese()))) as port:
        target(port=port)
        old = ask(place)
        ask(place, at=MONDAY + KEPT * 2)
    assert not CopySearch.objects.filter(pk=old.pk).exists()
    assert FoundRecord.objects.count() == 1


def test_a_trial_tells_what_really_came(place):
    by = county.staff(place.hub)
    with speaking(http(response(chinese(), hits=12))) as port:
        made = target(port=port, active=False)
        tried = try_target(made.pk, "isbn", SAMPLE_ISBN, by=by, at=MONDAY).tried
    assert (tried["code"], tried["hits"], tried["records"]) == ("", 12, 1)
    assert (tried["title"], tried["flavour"]) == ("红楼梦", "cnmarc")
    made.refresh_from_db()
    assert made.tried == tried
    assert not made.active


def test_a_trial_that_fails_says_why(place):
    made = target(port=9)
    tried = try_target(made.pk, "isbn", SAMPLE_ISBN, by=county.staff(place.hub), at=MONDAY).tried
    assert (tried["code"], tried["hits"], "title" in tried) == ("nobody", None, False)


def test_only_the_main_house_tries(place):
    made = target()
    with pytest.raises(Refused):
        try_target(made.pk, "isbn", SAMPLE_ISBN, by=county.staff(place.zhonghe), at=MONDAY)
