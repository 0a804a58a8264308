"""Contests as everybody sees them, the vote, and the judge's own sheet."""

import pytest

from tests.county import MONDAY, account, reader
from yanzhen.culture.contests import preparing, publishing
from yanzhen.culture.contests.models import Ballot, Judge, ScoreSheet
from yanzhen.culture.contests.tests.makers import HOUR, contest, give, judge_all
from yanzhen.groundwork import clock
from yanzhen.people.models import Account


@pytest.fixture
def made(place, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return contest(place)


@pytest.fixture
def open_vote(made):
    preparing.set_vote(
        made.heat.pk, opens=MONDAY - HOUR, closes=MONDAY + HOUR, weight=20, by=made.by, at=MONDAY
    )
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    return made


def page_of(made, heat=None) -> str:
    return f"/contests/{made.contest.pk}/rounds/{(heat or made.heat).pk}/"


def seen(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_road_to_the_final_is_public_and_a_draft_programme_is_not(made, client):
    road = seen(client, f"/contests/{made.contest.pk}/")
    assert "东初赛" in road
    assert "全区决赛" in road
    assert "竞演" in seen(client, "/contests/")
    assert "龙灯" not in seen(client, page_of(made))
    assert client.get(f"{page_of(made)}programme/").status_code == 404


def test_the_programme_shows_who_is_on_when(open_vote, client):
    for address in (page_of(open_vote), f"{page_of(open_vote)}programme/"):
        page = seen(client, address)
        assert "龙灯" in page
        assert "开演后 8 分" in page


def test_sheets_are_seen_after_the_result_and_not_before(made, client):
    judge_all(made)
    assert ">9.4<" not in seen(client, page_of(made))
    publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    page = seen(client, page_of(made))
    assert "92.00" in page
    assert ">9.4<" in page
    assert "去掉" in page
    give(made.heat.judges.first(), made.heat.entries.first(), (70, 70, 70), made.by, "抄错一行")
    page = seen(client, page_of(made))
    assert "第 2 版" in page
    assert "抄错一行" in page


def test_the_page_of_another_contest_is_not_found(made, client):
    assert client.get(f"/contests/999/rounds/{made.heat.pk}/").status_code == 404
    assert client.get("/contests/999/").status_code == 404


def voter(place, client) -> None:
    card = reader(place)
    client.force_login(Account.objects.create(username="r", person=card.person))


def test_a_card_holder_votes_once(open_vote, place, client):
    voter(place, client)
    entry = open_vote.heat.entries.last()
    address = f"{page_of(open_vote)}vote/"
    assert 'type="radio"' in seen(client, address)
    page = client.post(address, {"entry": entry.pk}, follow=True).content.decode()
    assert "投好了" in page
    assert 'type="radio"' not in page
    page = client.post(address, {"entry": entry.pk}, follow=True).content.decode()
    assert "已经投过票" in page
    entry.refresh_from_db()
    assert (entry.votes, Ballot.objects.count()) == (1, 1)


def test_who_has_no_card_is_told_where_to_get_one(open_vote, place, client):
    client.force_login(account("nocard", place.danshan))
    address = f"{page_of(open_vote)}vote/"
    assert "免费办理" in seen(client, address)
    client.post(address, {"entry": open_vote.heat.entries.first().pk})
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("entry", ["", "²", "999999"])
def test_a_vote_for_nothing_is_asked_again(open_vote, place, client, entry):
    voter(place, client)
    page = client.post(f"{page_of(open_vote)}vote/", {"entry": entry}, follow=True)
    assert "请先选一个节目" in page.content.decode()


@pytest.fixture
def judge(open_vote, place, client) -> Judge:
    own = account("judge", place.danshan)
    named = open_vote.heat.judges.first()
    Judge.objects.filter(pk=named.pk).update(person=own.person)
    client.force_login(own)
    named.refresh_from_db()
    return named


def test_a_judge_hands_in_and_changes_with_a_reason(open_vote, judge, client):
    entry = open_vote.heat.entries.first()
    address = f"/judging/{judge.pk}/{entry.pk}/"
    assert "还有 2 个节目没有打分" in seen(client, "/judging/")
    lines = list(open_vote.contest.rubrics.get().lines.all())
    marks = {f"c{line.pk}": "8.5" for line in lines}
    wrong = client.post(address, marks | {f"c{lines[0].pk}": "11"})
    assert wrong.status_code == 409
    assert 'value="11"' in wrong.content.decode()
    assert "收到了" in client.post(address, marks, follow=True).content.decode()
    assert "请写一句原因" in client.post(address, marks).content.decode()
    client.post(address, marks | {"reason": "看错一项"})
    newest = ScoreSheet.objects.get(in_force=True)
    assert (newest.version, newest.on_paper, newest.lines.first().tenths) == (2, False, 85)


def test_a_judge_sees_no_sheet_but_the_own(open_vote, judge, client):
    entry = open_vote.heat.entries.first()
    other = open_vote.heat.judges.last()
    assert client.get(f"/judging/{other.pk}/{entry.pk}/").status_code == 404
    assert client.get(f"/judging/{judge.pk}/99999/").status_code == 404


def test_in_english(open_vote, client):
    assert "heat" in seen(client, f"/en{page_of(open_vote)}")
