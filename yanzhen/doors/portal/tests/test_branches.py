"""The network's pages say what a visitor needs, in words, and never break on odd input."""

import csv
import datetime as dt
import io
import json
import re

import pytest
from django.utils import translation

from tests import schema_org
from tests.county import MONDAY, staff
from yanzhen.groundwork import clock
from yanzhen.network.closing import announce_closure
from yanzhen.network.models import (
    AccessFeature,
    CentralTown,
    Closure,
    Cluster,
    ClusterMembership,
    Division,
    DivisionAlias,
    Holiday,
    Node,
    ResidentCount,
)

TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _at_ten(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def text_of(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    page = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_network_lists_hubs_and_towns_by_cluster(client, place):
    cluster = Cluster.objects.create(name="丹山片区", verification="demo")
    for node in (place.danshan, place.zhonghe):
        ClusterMembership.objects.create(
            cluster=cluster, division=node.site.division, valid_from=TODAY
        )
    CentralTown.objects.create(
        division=place.danshan.site.division, valid_from=TODAY, document="演示", verification="demo"
    )
    page = text_of(client, "/branches/")

    assert page.index("雁江区图书馆") < page.index("丹山片区 演示") < page.index("丹山镇")
    assert page.index("中和镇") < page.index("未划入片区的镇街") < page.index("临江镇")
    assert page.count("中心镇 · 演示") == 1
    assert "应有 2 个，已开放 1 个。还缺：丹山镇" in page
    assert "现在开放 9:00–18:00" in page


def test_more_towns_cost_no_more_queries(client, place, django_assert_max_num_queries):
    for code in range(512002200, 512002230):
        Division.objects.create(
            code=str(code), name=f"{code}镇", kind="town", parent=place.district
        )
    with django_assert_max_num_queries(12):
        client.get("/branches/")


@pytest.mark.parametrize("typed", ["中和", "zhonghe", "ZH", "512002106"])
def test_a_town_is_found_without_a_script(client, place, typed):
    page = text_of(client, f"/branches/?q={typed}")
    assert "中和镇" in page
    assert "丹山镇" not in page.replace("例如 中和、丹山镇", "")


def test_an_old_name_says_what_became_of_it(client, place):
    alias = DivisionAlias.objects.create(
        name="碑记镇", code="512002115", note="已在 2019–2022 年间撤销，去向待核实"
    )
    assert "“碑记镇”已在 2019–2022 年间撤销，去向待核实" in text_of(client, "/branches/?q=碑记镇")

    alias.merged_into = place.danshan.site.division
    alias.save()
    page = text_of(client, "/branches/?q=碑记镇")
    assert "“碑记镇”已经并入丹山镇。" in page
    assert "找到 1 个镇街" in page


@pytest.mark.parametrize("typed", ["没有的镇", "'\"); DROP TABLE", "🦢", "a" * 10_000, "a%00b"])
def test_what_is_not_found_is_said_with_a_next_step(client, place, typed):
    page = text_of(client, f"/branches/?q={typed}")
    assert "没有找到" in page
    assert "看全部镇街" in page


def test_an_empty_network_is_a_page_too(client, db):
    assert "这里还没有镇街和馆" in text_of(client, "/branches/")


def test_the_table_for_a_spreadsheet(client, place):
    response = client.get("/branches/?format=csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["镇街"] for row in rows] == ["临江镇", "中和镇", "丹山镇"]
    assert rows[1] | {"今天": "现在开放，9:00–18:00", "文化馆": "还没有", "说明": "演示"} == rows[1]
    assert rows[1]["每周"].endswith("星期日 9:00–18:00")


def test_a_branch_says_whether_it_is_open(client, place):
    page = text_of(client, "/branches/zhonghe/")
    assert "现在开放 18:00 关门" in page
    assert "星期一 今天 9:00–18:00" in page


def test_a_closure_is_told_with_its_notice(client, place):
    Closure.objects.create(
        node=place.zhonghe,
        first_day=TODAY,
        last_day=TODAY + dt.timedelta(1),
        notice="检修电路",
        announced_at=MONDAY,
    )
    page = text_of(client, "/branches/zhonghe/")

    assert "11月23日至11月24日 闭馆 检修电路" in page
    assert "今天休息 星期三 9:00 开门" in page
    assert "今天 休息 检修电路" in page


def test_a_holiday_is_named_and_stays_open(client, place):
    Holiday.objects.create(day=TODAY, name="国庆节", kind="off", verification="demo")
    assert "今天 9:00–18:00 国庆节 · 放假" in text_of(client, "/branches/zhonghe/")


def test_what_nobody_has_looked_at_is_said_plainly(client, place):
    AccessFeature.objects.create(
        site=place.zhonghe.site, kind="ramp", state="broken", checked_on=TODAY
    )
    page = text_of(client, "/branches/zhonghe/")

    assert "坡道 2026年11月23日 查看 有，正在维修" in page
    assert "还没核实 无台阶入口、电梯、" in page


def test_residents_are_shown_with_their_source(client, place):
    ResidentCount.objects.create(
        division=place.zhonghe.site.division,
        year=2020,
        residents=27310,
        verification="demo",
        source="演示数字",
    )
    assert "27310 人（2020 年） 演示 演示数字" in text_of(client, "/branches/zhonghe/")


def test_a_branch_describes_itself_to_programs(client, place):
    Node.objects.filter(code="zhonghe").update(name="</script><b>中和&")
    page = client.get("/branches/zhonghe/").content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = json.loads(block)
    assert list(schema_org.complaints(told)) == []

    assert told["@type"] == "Library"
    assert told["name"] == "</script><b>中和&"
    assert told["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Monday",
        "opens": "09:00",
        "closes": "18:00",
    }


@pytest.mark.parametrize("code", ["nowhere", "x" * 300])
def test_an_unknown_branch_is_said_in_plain_words(client, place, code):
    response = client.get(f"/branches/{code}/")
    assert response.status_code == 404
    assert "没有这个馆" in response.content.decode()


def test_a_branch_that_is_being_built_says_so(client, place):
    Node.objects.filter(code="zhonghe").update(status="building")
    page = text_of(client, "/branches/zhonghe/")
    assert "建设中 这里还没有对外开放" in page


def test_english_pages_use_english_names(client, place):
    Node.objects.filter(code="zhonghe").update(name_en="Zhonghe Town Branch")
    with translation.override("zh-hans"):  # the language of a request outlives it in a test
        assert "Zhonghe Town Branch" in text_of(client, "/en/branches/zhonghe/")


def test_the_table_follows_the_clock_and_every_change(client, place, monkeypatch):
    assert "已经关门" not in text_of(client, "/branches/")
    monkeypatch.setattr(clock, "now", lambda: MONDAY.replace(hour=18))
    assert "已经关门" in text_of(client, "/branches/")

    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    assert "今天休息" not in text_of(client, "/branches/")
    announce_closure(
        place.zhonghe,
        first_day=TODAY,
        last_day=TODAY,
        notice="检修",
        by=staff(place.hub, "director"),
        at=MONDAY,
    )
    assert "今天休息" in text_of(client, "/branches/")
    assert "Closed today" in text_of(client, "/en/branches/")
