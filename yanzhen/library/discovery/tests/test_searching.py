"""Everything a reader may type finds what they mean, and nothing typed breaks the page."""

import pytest

from tests import county
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.documents import Row
from yanzhen.library.discovery.indexing import adding, rebuild
from yanzhen.library.discovery.searching import LAST_PAGE, PAGE, Query, search
from yanzhen.library.holdings.models import Copy

DREAMS = {"红楼梦"}


def found(index, q="", **wanted):
    results = search(Query(q=q, **wanted), index)
    titles = dict(BibRecord.objects.values_list("id", "title"))
    assert results.total >= len(results.bib_ids)
    return [titles[bib_id] for bib_id in results.bib_ids]


@pytest.mark.parametrize(
    "q",
    [
        "红楼梦", "hlm", "hongloumeng", "hong lou meng", "紅樓夢", "HongLouMeng", "ＨＬＭ",
        "《红楼梦》", " 红楼梦 ", "红楼", "楼梦", "红楼梦 曹雪芹", "曹雪芹", "caoxueqin", "雪芹",
        "978-7-02-000220-7", "9787020002207", "7-02-000220-X", "ISBN 978-7-02-000220-7",
        "I242.4", "I242", "i242.4/12", "Ｉ２４２．４", "红楼梦 人民文学出版社", "章回小说", "hongl",
    ],
)  # fmt: skip
def test_each_way_of_asking_finds_the_dream_of_the_red_chamber(index, q):
    assert "红楼梦" in found(index, q)


@pytest.mark.parametrize("q", ["红楼梦", "hlm", "hongloumeng", "hong lou meng", "紅樓夢"])
def test_the_title_that_is_exactly_this_comes_first(index, q):
    assert found(index, q)[:2] == ["红楼梦", "红楼梦"]


def test_a_title_that_is_exactly_the_typed_words_comes_before_longer_ones(index):
    with adding(index.root) as add:
        for number in range(PAGE + 5):
            add(Row(2_000 + number, "古代 文学", subtitle="古代文学", shelves=("b1",)))
        add(Row(3_000, "文学古代"))
        add(Row(3_001, "古代文学"))
    results = search(Query(q="文学古代"), index)
    assert results.bib_ids[0] == 3_000
    assert results.total >= PAGE + 5


def test_of_two_that_fit_as_well_the_one_on_the_shelf_comes_first(index, place, titles):
    assert search(Query(q="红楼梦"), index).bib_ids[0] == titles.dream.pk
    county.copy(place, at=place.hub, title=titles.other_dream)
    Copy.objects.filter(bib=titles.dream).update(state="on_loan")
    rebuild(index.root)
    assert search(Query(q="红楼梦"), index).bib_ids[0] == titles.other_dream.pk


@pytest.mark.parametrize("q", ["单田芳", "shantianfang", "dantianfang", "stf"])
def test_a_name_is_found_by_either_reading(index, q):
    assert found(index, q) == ["单田芳评书"]


def test_an_isbn_finds_only_its_title(index, titles):
    assert search(Query(q="9787020002207"), index).bib_ids == [titles.dream.pk]


def test_a_latin_word_is_found_whole_by_its_beginning_and_with_its_apostrophe(index):
    for q in ("charlotte's web", "Charlottes", "charlo", "WHITE"):
        assert found(index, q) == ["Charlotte's Web"]


def test_a_single_character_is_found_inside_a_title(index):
    assert set(found(index, "橘")) == {"柑橘栽培技术"}


def test_one_isbn_subject_and_class_are_looked_for_too(index):
    assert found(index, "果树") == ["柑橘栽培技术"]
    assert found(index, "S66") == ["柑橘栽培技术"]


@pytest.mark.parametrize(
    "q",
    [
        "'\"); DROP TABLE", "😀", "😀红楼梦", "红" * 10_000, "a" * 10_000, "红楼梦 " * 3_000,
        "\x00\x01红", "\ud800", "\ud83d红楼", "a AND (b OR", "title:红楼", "NOT", "*", "红*",
        "[1 TO", "\\",
        "+-&&||!(){}[]^\"~*?:\\/",
        "a~5", "(((((", "。。。", "\u202e红", "नेपाल", "I242.4)(", "978-", "I2" + "." * 500,
    ],
)  # fmt: skip
def test_any_input_gets_a_normal_answer(index, q):
    results = search(Query(q=q), index)
    assert results.total == len(results.bib_ids) or results.total > PAGE


@pytest.mark.parametrize("q", ["", "   ", "\t\n", "\x00"])
def test_an_empty_query_shows_everything_newest_first(index, q):
    assert found(index, q)[0] == "红楼梦"
    assert search(Query(q=q), index).total == 10


def test_signs_alone_find_nothing(index):
    assert search(Query(q="😀。"), index).total == 0


def test_an_overlong_query_is_cut_and_says_so(index):
    results = search(Query(q="红楼梦" + " " * 50 + "的" * 10_000), index)
    assert results.asked.cut
    assert len(results.asked.text) == 200
    assert not search(Query(q="红楼梦" + " " * 300), index).asked.cut


def test_all_words_must_match(index):
    assert found(index, "鲁迅 呐喊") == ["呐喊"]
    assert not search(Query(q="鲁迅 呐喊"), index).is_partial


def test_when_no_title_has_all_words_those_with_most_are_shown_and_it_says_so(index):
    results = search(Query(q="鲁迅 呐喊 柑橘"), index)
    assert results.is_partial
    assert results.matched == 2
    assert found(index, "鲁迅 呐喊 柑橘") == ["呐喊"]


@pytest.mark.parametrize("q", ["鲁迅 量子力学 电磁学 热力学", "量子力学 热力学"])
def test_titles_with_less_than_half_of_the_words_are_no_answer(index, q):
    for results in (search(Query(q=q), index), search(Query(q=q, language="zh"), index)):
        assert (results.total, results.bib_ids, results.is_partial) == (0, [], False)


def test_results_are_narrowed_by_each_filter(index):
    assert found(index, branch="zhonghe") == ["红楼梦"]
    assert found(index, available=True, sort="title") == ["柑橘栽培技术", "红楼梦"]
    assert found(index, branch="linjiang", available=True) == []
    assert found(index, branch="linjiang") == ["红楼梦"]
    assert found(index, year="1979", sort="title") == ["呐喊", "彷徨"]
    assert set(found(index, year="2010-2019")) == {"红楼梦", "红楼梦魇", "柑橘栽培技术"}
    assert found(index, language="en") == ["Charlotte's Web"]
    assert found(index, clc="S") == ["柑橘栽培技术"]
    assert len(found(index, clc="I242")) == 3
    assert found(index, format="map") == []


def test_a_filter_never_adds_a_title(index):
    everything = set(found(index, "楼"))
    assert set(found(index, "楼", branch="zhonghe")) <= everything


def test_facets_count_the_results(index):
    facets = search(Query(), index).facets
    assert facets.available == 2
    assert facets.branch == {"zhonghe": 1, "linjiang": 1, "danshan": 1}
    assert facets.language == {"zh": 9, "en": 1}
    assert facets.format == {"book": 10}
    assert facets.clc == {"I": 9, "S": 1}
    assert facets.decades == {2010: 3, 2000: 1, 1990: 2, 1980: 1, 1970: 2, 1950: 1}
    assert list(facets.year) == sorted(facets.year, reverse=True)


def test_a_title_is_counted_in_each_of_its_branches_however_many(index):
    codes = [f"b{number}" for number in range(7)]
    with adding(index.root) as add:
        add(Row(1_001, "石头记", branches=tuple(codes), shelves=("b6",), copies=7))
        add(Row(1_002, "石头记", branches=("b6", "b0"), copies=2))
    facets = search(Query(q="石头记"), index).facets
    assert facets.branch == {"b0": 2, "b6": 2, **dict.fromkeys(codes[1:6], 1)}
    assert list(facets.branch)[:2] == ["b0", "b6"]
    assert search(Query(q="石头记", branch="b6"), index).bib_ids == [1_001, 1_002]


def test_available_of_one_branch_counts_only_its_shelf(index):
    assert search(Query(branch="linjiang"), index).facets.available == 0
    assert search(Query(branch="zhonghe"), index).facets.available == 1


def test_titles_sort_by_pinyin_authors_too_and_newest_by_year(index):
    assert found(index, sort="title")[:5] == [
        "Charlotte's Web", "单田芳评书", "柑橘栽培技术", "红楼梦", "红楼梦",
    ]  # fmt: skip
    assert found(index, sort="title")[-1] == "三国演义"
    assert found(index, sort="author")[0] == "红楼梦"
    assert found(index, sort="newest")[0] == "红楼梦"
    assert found(index, sort="newest")[-1] == "Charlotte's Web"


def test_a_page_beyond_the_end_is_empty_and_keeps_the_total(index):
    for page in (2, LAST_PAGE + 1, 9_999_999):
        results = search(Query(page=page), index)
        assert results.bib_ids == []
        assert results.total == 10


def test_parameters_that_cannot_be_read_count_as_not_given():
    odd = {"page": "-3", "year": "abc", "sort": "x", "available": "yes", "clc": "\ud800"}
    assert Query.read(odd) == Query()
    good = {"page": "2", "year": "2010-2019", "sort": "title", "available": "1"}
    assert Query.read(good) == Query(page=2, year="2010-2019", sort="title", available=True)
