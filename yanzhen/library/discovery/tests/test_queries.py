"""Rows of titles with where they stand, and the reads of one title's page."""

from tests import county
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.queries import (
    editions_of,
    holdings_of,
    new_titles,
    record_page,
    rows,
    titles_near,
)


def test_rows_keep_their_order_and_leave_out_what_is_gone(titles):
    last, first = titles.all[-1].pk, titles.dream.pk
    assert [row["id"] for row in rows([last, 10**9, first])] == [last, first]
    BibRecord.objects.filter(pk=last).update(deleted_at=county.MONDAY)
    assert [row["id"] for row in rows([last, first])] == [first]
    assert rows([]) == []


def test_more_rows_than_a_page_come_all(titles):
    ids = [county.bib(f"演示{number}").pk for number in range(45)]
    assert [row["id"] for row in rows(ids)] == ids


def test_a_row_tells_what_is_on_which_shelf(titles, place):
    county.copy(place, at=place.danshan, title=titles.dream)
    county.copy(place, at=place.danshan, title=titles.dream)
    county.copy(place, at=place.hub, title=titles.dream, for_loan=False)
    county.copy(place, at=place.hub, title=titles.dream, missing=True)
    county.copy(place, at=place.hub, title=titles.dream, state="lost")
    county.copy(place, at=place.hub, title=titles.dream, state="withdrawn")
    (row,) = rows([titles.dream.pk])
    assert row["shelves"] == [("danshan", 2), ("zhonghe", 1)]
    assert (row["copies"], row["reading"], row["call_number"]) == (6, 1, "I242.4/12")


def test_holdings_group_copies_of_the_same_branch_number_and_state(titles, place):
    county.copy(place, at=place.zhonghe, title=titles.dream, call_number="I242.4/12")
    county.copy(place, at=place.zhonghe, title=titles.dream, in_dispute=True)
    told = [(h.node.code, h.state, h.count) for h in holdings_of(titles.dream.pk)]
    assert sorted(told) == [
        ("linjiang", "on_loan", 1), ("zhonghe", "available", 2), ("zhonghe", "missing", 1),
    ]  # fmt: skip


def test_editions_share_title_and_first_author(titles):
    county.bib("红楼梦", author="王扶林")
    assert [row["id"] for row in editions_of(titles.dream)] == [titles.other_dream.pk]


def test_the_record_page_reads_the_marc(titles):
    page = record_page(titles.dream.pk)
    assert page.derived.subjects == ["章回小说"]
    assert page.marc.first("200", "a") == "红楼梦"
    assert record_page(10**9) is None


def test_new_titles_and_titles_on_a_shelf_nearby(titles, place):
    assert [row["id"] for row in new_titles(2)] == [titles.all[-1].pk, titles.all[-2].pk]
    assert [row["title"] for row in titles_near(place.danshan)] == ["柑橘栽培技术"]
    assert titles_near(place.linjiang) == []
