"""A contest from its opening to the final, at the desk."""

import pytest

from tests.county import MONDAY, account
from yanzhen.culture.contests import publishing
from yanzhen.culture.contests.models import Contest, Judge, Result, Round
from yanzhen.culture.contests.tests.makers import contest, judge_all
from yanzhen.groundwork import clock

DESK = "/desk/main-library/contests/"


@pytest.fixture
def made(place, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return contest(place)


@pytest.fixture
def director(place, client):
    client.force_login(account("hub", place.hub, "director"))
    return client


def said(client, address: str, told: dict) -> str:
    return client.post(address, told, follow=True).content.decode()


def test_a_contest_is_opened_with_its_rubric(director, made):
    assert "开好了" in said(director, f"{DESK}opening/", {"name": "又一届", "year": "2027"})
    new = Contest.objects.get(year=2027)
    assert new.rounds.count() == 3
    rubric = f"{DESK}{new.pk}/rubric/"
    assert "权重加起来不是 100" in said(director, rubric, {"criterion0": "艺术", "most0": "10"})
    assert "第 1 版" in said(
        director, rubric, {"criterion0": "艺术", "most0": "10", "weight0": "100"}
    )


def test_a_heat_is_prepared_announced_and_scored_from_paper(director, made, place):
    page = f"{DESK}rounds/{made.west.pk}/"
    town = place.danshan.site.division.pk
    entry = {
        "town": town, "team": "丹山队", "leader": "演示", "members": "20", "name": "号子",
        "minutes": "7", "change_over": "3",
    }  # fmt: skip
    assert "《号子》排在第 1 个" in said(director, f"{page}entries/", entry)
    assert "要回避" in said(director, f"{page}judges/", {"name": "本镇人", "town": town})
    assert "没有这个帐号" in said(director, f"{page}judges/", {"name": "甲", "username": "nobody"})
    assert "请了评委评委甲" in said(director, f"{page}judges/", {"name": "评委甲"})
    vote = {"opens": "2026-11-23T08:00", "closes": "2026-11-23T09:00", "weight": "10"}
    assert "定好了" in said(director, f"{page}vote/", vote)
    assert "出场顺序抽好了" in said(director, f"{page}order/", {"seed": "1126-305"})
    assert "节目单公布了" in said(director, f"{page}announcement/", {})
    judge, only = Judge.objects.get(round=made.west), made.west.entries.get()
    sheet = f"{page}sheets/{judge.pk}/{only.pk}/"
    lines = made.contest.rubrics.get().lines.all()
    assert director.get(sheet).status_code == 200
    assert director.post(sheet, {}).status_code == 409
    assert "录好了" in said(director, sheet, {f"c{line.pk}": "9.5" for line in lines})
    votes = {f"v{only.pk}": "30", "counted_by": "甲", "second_by": "甲"}
    assert "要两个人点数" in said(director, f"{page}paper-votes/", votes)
    assert "记下来了" in said(director, f"{page}paper-votes/", votes | {"second_by": "乙"})
    assert "公布了" in said(director, f"{page}publication/", {})
    assert Result.objects.get().lines.get().total == 95_500
    assert "1 支队伍进了决赛" in said(director, f"{page}advancement/", {})
    assert made.final.entries.get().name == "号子"


def test_an_entry_moves_by_a_button_with_a_reason(director, made):
    page = f"{DESK}rounds/{made.heat.pk}/"
    last = made.heat.entries.last()
    assert "请写一句原因" in said(director, f"{page}moves/", {"up": last.pk})
    assert "现在是第 1 个" in said(director, f"{page}moves/", {"up": last.pk, "reason": "换装"})


def test_a_judge_withdraws_and_lots_are_drawn(director, made):
    judge_all(made, marks=((80, 80, 80), (80, 80, 80)))
    page = f"{DESK}rounds/{made.heat.pk}/"
    assert "要当众抽签" in director.get(page).content.decode()
    assert "签抽好了" in said(director, f"{page}lots/", {"seed": "7"})
    publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    judge = made.heat.judges.first()
    told = said(director, f"{page}judges/{judge.pk}/withdrawal/", {"reason": "亲属参赛"})
    assert "分数不再计入" in told
    assert made.heat.results.count() == 2


def test_the_runner_of_a_round_runs_that_round_only(made, place, director, client):
    page = f"{DESK}rounds/{made.west.pk}/runner/"
    assert director.post(page, {"runner": "99999"}).status_code == 404
    assert "来办" in said(director, page, {"runner": place.hub.pk})
    Round.objects.filter(pk=made.west.pk).update(node=place.danshan)
    client.force_login(account("danshan", place.danshan))
    listing = client.get("/desk/danshan/contests/").content.decode()
    assert f"rounds/{made.west.pk}/" in listing
    assert f"rounds/{made.heat.pk}/" not in listing
    assert client.get(f"/desk/danshan/contests/rounds/{made.west.pk}/").status_code == 200
    assert client.get(f"/desk/danshan/contests/rounds/{made.heat.pk}/").status_code == 403
    assert client.get(f"/desk/zhonghe/contests/rounds/{made.west.pk}/").status_code == 403


def test_nonsense_is_not_found(director, made):
    assert director.get("/desk/nowhere/contests/").status_code == 404
    assert director.get(f"{DESK}rounds/99999/").status_code == 404
    assert director.post(f"{DESK}opening/", {"year": "²"}).status_code == 404
    assert director.post(f"{DESK}99999/rubric/").status_code == 404
    page = f"{DESK}rounds/{made.heat.pk}/"
    assert director.post(f"{page}entries/", {"town": "x"}).status_code == 404
    assert director.post(f"{page}judges/99999/withdrawal/").status_code == 404
    assert director.get(f"{page}sheets/1/99999/").status_code == 404


def test_an_entry_is_withdrawn_with_a_reason(director, made):
    page = f"{DESK}rounds/{made.heat.pk}/"
    first, second, *_more = made.heat.entries.all()
    assert "退出一个节目" in director.get(page).content.decode()
    withdrawal = f"{page}entries/withdrawal/"
    assert "没有写原因" in said(director, withdrawal, {"entry": first.pk})
    assert "没有找到这个节目" in said(director, withdrawal, {"entry": "x", "reason": "演员受伤"})
    told = {"entry": first.pk, "reason": "演员受伤"}
    assert f"《{first.name}》退出了" in said(director, withdrawal, told)
    second.refresh_from_db()
    assert second.position == 1
