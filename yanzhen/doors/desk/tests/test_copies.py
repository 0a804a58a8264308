"""The search of the holdings and the page of one copy."""

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.text.clc import sort_key
from yanzhen.library.circulation.lending import lend
from yanzhen.library.holdings.models import Copy


@pytest.fixture
def clerk(place, client):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    return client


@pytest.fixture
def copy(place):
    return makers.copy(
        place, at=place.zhonghe, call_number="I247.5/3", call_number_key=sort_key("I247.5/3"),
        title=makers.bib("活着"), damaged=True,
    )  # fmt: skip


def search(client, **asked):
    return client.get(reverse("desk:copies", args=["zhonghe"]), asked)


def page(client, copy, **asked):
    return client.get(reverse("desk:copy", args=["zhonghe", copy.pk]), asked)


def change(client, copy, **posted):
    answer = client.post(reverse("desk:change-copy", args=["zhonghe", copy.pk]), posted)
    return client.get(answer.url).content.decode() if answer.status_code == 302 else answer


@pytest.mark.parametrize(
    "asked",
    [{"q": "活"}, {"q": "I247"}, {"branch": "zhonghe"}, {"state": "available", "flag": "damaged"}],
)
def test_a_copy_is_found(clerk, copy, asked):
    assert "活着" in search(clerk, **asked).content.decode()


@pytest.mark.parametrize("asked", [{"q": "死"}, {"branch": "danshan"}, {"flag": "missing"}])
def test_what_does_not_fit_is_not_found(clerk, copy, asked):
    assert "没有这样的书" in search(clerk, **asked).content.decode()


@pytest.mark.parametrize("text", ["\x00", "%", "x" * 900, "'", "\\"])
def test_a_strange_search_is_a_page(clerk, copy, text):
    assert search(clerk, q=text, state="nix", flag="nix", page="x").status_code == 200


def test_a_page_of_results_is_cut_in_the_database(place, clerk, django_assert_max_num_queries):
    title = makers.bib("活着")
    for _ in range(55):
        makers.copy(place, at=place.zhonghe, title=title)
    with django_assert_max_num_queries(15):
        shown = search(clerk, q="活着", page=2).content.decode()
    assert shown.count('data-label="条码"') == 5


def test_a_whole_barcode_leads_to_the_copy(clerk, copy):
    answer = search(clerk, q=copy.barcode.lower())
    assert answer.url == reverse("desk:copy", args=["zhonghe", copy.pk])


def test_readers_are_named_only_when_asked_for_and_it_is_written_down(place, clerk, copy):
    card = makers.reader(place, name="欧阳春")
    by = makers.staff(place.zhonghe)
    lend(barcode=copy.barcode, card_number=card.number, node=place.zhonghe, by=by,
         at=makers.MONDAY)  # fmt: skip
    assert "欧阳春" not in page(clerk, copy).content.decode()
    assert not AuditEntry.objects.filter(action="copy.readers_seen").exists()
    assert "欧阳春" in page(clerk, copy, readers=1).content.decode()
    assert AuditEntry.objects.filter(action="copy.readers_seen").count() == 1


def test_a_reader_of_another_branch_is_not_named(place, clerk, copy):
    card = makers.reader(place, name="欧阳春")
    by = makers.staff(place.linjiang)
    lend(barcode=copy.barcode, card_number=card.number, node=place.linjiang, by=by,
         at=makers.MONDAY)  # fmt: skip
    assert "欧阳春" not in page(clerk, copy, readers=1).content.decode()


def test_a_sisters_stock_is_read_only(place, clerk):
    copy = makers.copy(place, at=place.danshan)
    assert "只能看" in page(clerk, copy).content.decode()
    assert "不归您管" in change(clerk, copy, step="damaged", note="破")
    assert "不归您管" in change(clerk, copy, step="lost", note="丢")
    assert Copy.objects.filter(damaged=False, state="available").count() == 1


def test_steps_from_the_page(place, clerk, copy):
    assert "请写一句" in change(clerk, copy, step="missing", note="")
    kept = change(clerk, copy, step="alias", barcode="旧的一张", branch="zhonghe")
    assert 'value="旧的一张"' in kept
    assert "架上没有" in change(clerk, copy, step="missing", note="找过两遍")
    assert "修好了" in change(clerk, copy, step="mended")
    assert "旧条码记下了" in change(clerk, copy, step="alias", barcode="OLD7", branch="zhonghe")
    assert "已报告遗失" in change(clerk, copy, step="lost", note="找不到")
    assert "报失的书找到了" in change(clerk, copy, step="here")
    copy.refresh_from_db()
    assert copy.state == "available"
    assert change(clerk, copy, step="nix").status_code == 404


def test_a_branch_transfers_nothing_and_the_main_library_does(place, client, clerk, copy):
    told = {"step": "transfer", "to": "danshan", "document": "8号"}
    page = change(clerk, copy, **told)
    assert "不在您的岗位" in page
    client.force_login(makers.account("chief", place.hub, "director"))
    assert "已过户" in change(client, copy, **told)


def test_the_label_and_copies_that_are_not_there(clerk, copy):
    label = clerk.get(reverse("desk:copy-label", args=["zhonghe", copy.pk])).content.decode()
    assert "<svg" in label
    assert copy.barcode in label
    assert clerk.get(reverse("desk:copy", args=["zhonghe", 999_999])).status_code == 404
