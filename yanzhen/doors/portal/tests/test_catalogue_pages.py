"""The catalogue's pages: found by every way of asking, never a 500, always a next step."""

import csv
import json
import re
import shutil
from io import StringIO

import pytest

from tests import county, schema_org
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery import indexing
from yanzhen.library.discovery.indexing import rebuild
from yanzhen.library.discovery.tests.makers import shelved_titles


@pytest.fixture
def titles(place, settings):
    found = shelved_titles(place)
    rebuild(settings.SEARCH_INDEX)
    return found


def page(client, address="/catalogue/", **wanted):
    response = client.get(address, wanted)
    assert response.status_code == 200, response.content[:500]
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("q", ["红楼梦", "hlm", "hongloumeng", "紅樓夢", "I242.4", "9787020002207"])
def test_a_title_is_found_and_leads_to_its_page(client, titles, q):
    html = page(client, q=q)
    assert f'href="/catalogue/{titles.dream.pk}/"' in html
    assert "在架 1 本" in html
    assert '<svg class="cover"' in html


def test_the_count_is_a_sentence(client, titles):
    assert "“人民文学出版社”找到 4 种，其中 1 种现在在架。" in page(client, q="人民文学出版社")
    assert "共 10 种，其中 2 种现在在架。" in page(client)
    assert "共 2 种，都在架上。" in page(client, available="1")


@pytest.mark.parametrize(
    "q",
    ["'\"); DROP TABLE", "😀", "红" * 10_000, "\x00", "<script>alert(1)</script>", "a AND (", "%"],
)
def test_any_input_gets_a_page(client, titles, q):
    html = page(client, q=q)
    assert "<script>alert" not in html
    assert BibRecord.objects.count() == 10


def test_bytes_that_are_no_text_get_a_page(client, titles):
    for raw in ("%ff%fe", "%ed%a0%80", "%00", "%f0%9f"):
        assert client.get(f"/catalogue/?q={raw}&branch={raw}&clc={raw}").status_code == 200


def test_an_overlong_query_says_that_it_was_cut(client, titles):
    assert "只按前 200 个字找" in page(client, q="红楼梦" + " 的" * 5_000)
    assert "只按前 200 个字找" not in page(client, q="红楼梦")


def test_most_words_are_shown_with_a_notice(client, titles):
    html = page(client, q="鲁迅 呐喊 柑橘")
    assert "没有一种书同时含有全部 3 个词；下面这些含有其中 2 个" in html


def test_nothing_found_offers_what_was_meant_the_telephone_and_new_titles(client, titles, settings):
    html = page(client, q="红搂梦")
    assert "没有找到“红搂梦”。" in html
    assert "您要找的是不是：" in html
    assert "<b>红楼梦</b>" in html
    assert settings.YANZHEN_PHONE in html
    assert "最近新到的书" in html


def test_filters_narrow_and_each_can_be_taken_off(client, titles):
    html = page(client, q="红楼梦", branch="zhonghe", available="1", year="1990-1999")
    assert f'href="/catalogue/{titles.dream.pk}/"' in html
    assert f'href="/catalogue/{titles.other_dream.pk}/"' not in html
    chips = html[html.index('class="chips"') : html.index("全部去掉")]
    assert re.findall(r"<span>([^<]+)</span>", chips) == ["现在在架", "中和", "1990–1999 年"]
    assert "?q=%E7%BA%A2%E6%A5%BC%E6%A2%A6&amp;branch=zhonghe&amp;year=1990-1999" in chips


def test_a_filter_that_finds_nothing_offers_to_go_without(client, titles):
    html = page(client, q="红楼梦", branch="danshan")
    assert "去掉筛选，在全部馆藏里找" in html


def test_pages_follow_each_other_and_beyond_the_end_it_says_so(client, titles, place, settings):
    for number in range(35):
        county.bib(f"演示丛书第{number}册", author="演示作者")
    rebuild(settings.SEARCH_INDEX)
    first, second = page(client, q="演示丛书"), page(client, q="演示丛书", page="2")
    link = r'<h2 lang="zh"><a href="/catalogue/(\d+)/"'
    ids = [set(re.findall(link, each)) for each in (first, second)]
    assert [len(some) for some in ids] == [20, 15]
    assert not ids[0] & ids[1]
    assert 'aria-current="page">2<' in second
    assert "没有第 3 页，一共 2 页。" in page(client, q="演示丛书", page="3")
    assert "没有第 9999999 页" in page(client, page="9999999")


def test_the_page_takes_few_queries(client, titles, django_assert_max_num_queries):
    page(client)
    with django_assert_max_num_queries(4):
        page(client, q="人民文学出版社")


def test_results_leave_as_a_spreadsheet(client, titles):
    for wanted in ({"export": "csv"}, {"format": "csv"}):
        response = client.get("/catalogue/", {"q": "红楼梦", "sort": "title", **wanted})
        table = list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))
        assert response["Content-Type"].startswith("text/csv")
        assert table[0][:2] == ["编号", "题名"]
        assert {row[1] for row in table[1:]} == {"红楼梦", "红楼梦魇"}


def test_a_title_that_looks_like_a_formula_stays_a_title(client, titles, settings):
    county.bib("=1+1", author="@演示")
    rebuild(settings.SEARCH_INDEX)
    table = client.get("/catalogue/", {"export": "csv"}).getvalue().decode()
    assert ",'=1+1,," in table


def test_a_wiped_index_heals_with_the_next_search(client, titles, settings):
    shutil.rmtree(settings.SEARCH_INDEX)
    assert f'href="/catalogue/{titles.dream.pk}/"' in page(client, q="hlm")


def test_while_a_large_index_is_built_the_page_says_so(client, titles, settings, monkeypatch):
    shutil.rmtree(settings.SEARCH_INDEX)
    monkeypatch.setattr(indexing, "AT_ONCE", 3)
    monkeypatch.setattr(indexing, "_rebuild_in_background", lambda root: None)
    response = client.get("/catalogue/", {"q": "hlm"})
    assert response.status_code == 503
    assert "目录正在整理" in response.content.decode()


def test_suggestions_lead_to_the_title_the_editions_or_the_author(client, titles):
    offers = client.get("/catalogue/suggestions", {"q": "hong"}).json()
    assert [offer["text"] for offer in offers] == ["红楼梦", "红楼梦魇"]
    assert offers[0]["hint"] == "曹雪芹 · 2 个版本"
    assert offers[1]["url"] == f"/catalogue/{titles.all[2].pk}/"
    author = client.get("/catalogue/suggestions", {"q": "鲁"}).json()[0]
    assert author["hint"] == "作者，2 种"
    assert "呐喊" in page(client, author["url"])
    assert client.get("/catalogue/suggestions").json() == []
    assert client.get("/catalogue/suggestions?q=%ed%a0%80").json() == []


def test_the_record_tells_what_it_is_and_where_it_can_be_had(client, titles):
    html = page(client, f"/catalogue/{titles.dream.pk}/")
    for told in ("人民文学出版社", "9787020002207", "I242.4 文学", "章回小说", "借出了"):
        assert told in html
    assert "其他版本" in html
    assert f'href="/catalogue/{titles.other_dream.pk}/"' in html
    assert html.index("中和镇分馆") < html.index("临江镇分馆")


def test_the_readers_own_town_comes_first_among_the_shelves(client, titles, place):
    for node in (place.hub, place.danshan):
        county.copy(place, at=node, title=titles.dream, call_number="I242.4/12")
    usual = page(client, f"/catalogue/{titles.dream.pk}/")
    near = page(client, f"/catalogue/{titles.dream.pk}/", near="512002107")
    assert usual.index("雁江区图书馆</a>") < usual.index("丹山镇分馆</a>")
    assert near.index("丹山镇分馆</a>") < near.index("雁江区图书馆</a>")


def test_the_record_is_a_book_for_search_engines(client, titles):
    html = page(client, f"/catalogue/{titles.dream.pk}/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    book = json.loads(found.group(1))
    assert list(schema_org.complaints(book)) == []
    assert book["@type"] == "Book"
    assert book["isbn"] == "9787020002207"
    assert [author["name"] for author in book["author"]] == ["曹雪芹", "高鹗"]


def test_the_record_itself_can_be_read(client, titles):
    html = page(client, f"/catalogue/{titles.dream.pk}/", view="marc")
    assert "<code>$a</code> 红楼梦" in html
    assert "CNMARC" in html


@pytest.mark.parametrize("bib_id", [0, 10**6, 10**30])
def test_a_title_that_is_not_there_gets_a_sentence(client, titles, bib_id):
    response = client.get(f"/catalogue/{bib_id}/")
    assert response.status_code == 404
    assert "没有这本书的页面" in response.content.decode()


def test_a_withdrawn_title_is_gone_from_its_page_and_from_lists(client, titles):
    BibRecord.objects.filter(pk=titles.dream.pk).update(deleted_at=county.MONDAY)
    assert client.get(f"/catalogue/{titles.dream.pk}/").status_code == 404
    assert f'href="/catalogue/{titles.dream.pk}/"' not in page(client, q="红楼梦")


def test_hostile_text_in_a_record_is_shown_as_text(client, titles, settings):
    bad = county.bib("<script>alert(1)</script>", author="</script><b>演示")
    rebuild(settings.SEARCH_INDEX)
    for html in (page(client, f"/catalogue/{bad.pk}/"), page(client, q="alert")):
        assert "<script>alert" not in html
        assert "</script><b>" not in html
