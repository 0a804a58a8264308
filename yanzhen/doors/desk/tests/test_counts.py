"""Counting over HTTP, with htmx and without."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import county as makers
from yanzhen.library.holdings.models import Copy
from yanzhen.library.stocktaking.models import Count, CountLine


@pytest.fixture
def clerk(place, client):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    return client


@pytest.fixture
def copies(place):
    return [makers.copy(place, at=place.zhonghe) for _ in range(2)]


@pytest.fixture
def count(place, clerk, copies):
    clerk.post(reverse("desk:counts", args=["zhonghe"]), {"kind": "book"})
    return Count.objects.get()


def post(client, name, count, htmx=False, **values):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(f"desk:{name}", args=["zhonghe", count.pk]), values, headers=headers)


def test_the_area_leads_to_counts_and_a_count_is_opened(clerk, count):
    areas = clerk.get(reverse("desk:areas", args=["zhonghe"])).content.decode()
    assert reverse("desk:counts", args=["zhonghe"]) in areas
    assert "还开着" in clerk.get(reverse("desk:counts", args=["zhonghe"])).content.decode()


def test_scan_close_and_reopen_without_scripts(clerk, copies, count):
    page = clerk.get(post(clerk, "count-scan", count, code=copies[0].barcode).url)
    assert "在架" in page.content.decode()
    page = clerk.get(post(clerk, "count-close", count).url).content.decode()
    assert "清点结束，缺 1 本" in page
    assert 'name="code"' not in page
    assert Copy.objects.filter(missing=True).count() == 1
    post(clerk, "count-reopen", count)
    post(clerk, "count-scan", count, code=copies[1].barcode)
    assert not Copy.objects.filter(missing=True).exists()


def test_htmx_gets_the_board_alone(clerk, count):
    text = post(clerk, "count-scan", count, htmx=True, code="NOPE1").content.decode()
    assert text.lstrip().startswith('<div id="board"')
    assert "不认识这个条码" in text


def test_a_file_in_gbk_is_counted(clerk, copies, count):
    content = f"条码\r\n{copies[0].barcode}\r\n".encode("gbk")
    answer = post(clerk, "count-batch", count, file=SimpleUploadedFile("a.txt", content))
    page = clerk.get(answer.url).content.decode()
    assert "记下了 1 个条码" in page
    assert "不是条码的行：1。" in page


@pytest.mark.parametrize("code", ["", "\x00", "x" * 10_000, "条码"])
def test_a_bad_scan_is_answered_in_words(clerk, count, code):
    assert post(clerk, "count-scan", count, htmx=True, code=code).status_code == 200


def test_another_branch_sees_and_changes_nothing(place, client, count, copies):
    client.force_login(makers.account("linjiang", place.linjiang))
    for name in ("count-scan", "count-close"):
        assert post(client, name, count, code=copies[0].barcode).status_code == 403
    own = reverse("desk:count", args=["linjiang", count.pk])
    assert client.get(own).status_code == 404
    assert not CountLine.objects.exists()


def test_a_page_of_nonsense_is_a_page(clerk, count):
    address = reverse("desk:count", args=["zhonghe", count.pk])
    assert clerk.get(f"{address}?page=x&finding=nix").status_code == 200
