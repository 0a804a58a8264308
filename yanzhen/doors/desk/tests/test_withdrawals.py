"""Withdrawal over HTTP: the branch makes a list, the main library decides."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tests import county as makers
from yanzhen.library.holdings.models import Copy
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList


def signed_in(*who):
    client = Client()
    client.force_login(makers.account(*who))
    return client


@pytest.fixture
def clerk(place):
    return signed_in("zhonghe", place.zhonghe)


@pytest.fixture
def chief(place):
    return signed_in("chief", place.hub, "director")


@pytest.fixture
def copies(place):
    return [makers.copy(place, at=place.zhonghe, damaged=True) for _ in range(2)]


@pytest.fixture
def made(clerk, copies):
    clerk.post(reverse("desk:withdrawals", args=["zhonghe"]), {"note": "清理"})
    return WithdrawalList.objects.get()


def post(client, made, name="withdrawal-step", code="zhonghe", **values):
    answer = client.post(reverse(f"desk:{name}", args=[code, made.pk]), values)
    return client.get(answer.url).content.decode() if answer.status_code == 302 else answer


def decide(chief, made, **values):
    return post(chief, made, "withdrawal-decision", "main-library", **values)


def test_a_list_by_scan_by_condition_and_submitted(clerk, copies, made):
    assert "列上了" in post(clerk, made, step="scan", barcode=copies[0].barcode, reason="damaged")
    assert "已经在清单" in post(clerk, made, step="scan", barcode=copies[0].barcode)
    assert "挑出 1 册" in post(clerk, made, step="choose", reason="damaged")
    assert "没有挑到" in post(clerk, made, step="choose", reason="unused", years="x")
    line = made.lines.get(copy=copies[1])
    assert "拿掉" in post(clerk, made, step="remove", line=line.pk)
    assert "已报总馆" in post(clerk, made, step="submit")
    assert Copy.objects.filter(withdrawal_proposed=True).get() == copies[0]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_barcodes_from_a_spreadsheet(clerk, copies, made, kind):
    rows = [
        ["题名", "馆藏条码"],
        ["甲", copies[0].barcode],
        ["乙", "NIX"],
        ["丙", copies[1].barcode],
    ]
    if kind == "xlsx":
        book, packed = Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(packed)
        content = packed.getvalue()
    else:
        content = "\r\n".join(map(",".join, rows)).encode("gb18030")
    file = SimpleUploadedFile(f"list.{kind}", content)
    page = post(clerk, made, step="file", file=file, reason="damaged")
    assert "列上了 2 册" in page
    assert "第 3 行" in page


def test_a_file_that_is_none_is_told(clerk, made):
    file = SimpleUploadedFile("a.csv", b"\xff\xff\xff")
    assert "看不懂文件的编码" in post(clerk, made, step="file", file=file)
    assert "空的" in post(clerk, made, step="file")


def test_the_main_library_decides_line_by_line(clerk, chief, copies, made):
    post(clerk, made, step="choose", reason="damaged")
    post(clerk, made, step="submit")
    waiting = chief.get(reverse("desk:withdrawals", args=["main-library"])).content.decode()
    assert made.number in waiting
    kept, gone = made.lines.order_by("pk")
    assert "写明原因" in decide(chief, made, step="refuse", line=kept.pk)
    assert "不批准 1 册" in decide(chief, made, step="refuse", line=kept.pk, note="保存本")
    assert "批准剔旧 1 册" in decide(chief, made, step="approve", line=[kept.pk, gone.pk])
    assert Copy.objects.filter(state="withdrawn").get() == gone.copy
    assert "写明原因" in decide(chief, made, step="undo", line=gone.pk)
    assert "剔旧已撤销" in decide(chief, made, step="undo", line=gone.pk, note="批错了")
    sheet = chief.get(reverse("desk:withdrawal-sheet", args=["main-library", made.pk]))
    assert "监销人" in sheet.content.decode()


def test_what_is_out_is_shown_and_stays(place, clerk, chief, copies, made):
    post(clerk, made, step="choose", reason="damaged")
    post(clerk, made, step="submit")
    Copy.objects.filter(pk=copies[0].pk).update(state="on_hold_shelf")
    picked = list(WithdrawalLine.objects.values_list("pk", flat=True))
    page = decide(chief, made, step="approve", line=picked)
    assert "还有 1 册留在清单上" in page
    assert copies[0].barcode in page


def test_nobody_else_sees_or_decides(place, clerk, copies, made):
    post(clerk, made, step="choose", reason="damaged")
    assert post(clerk, made, "withdrawal-decision", step="approve").status_code == 403
    stranger = signed_in("danshan", place.danshan)
    own = reverse("desk:withdrawal", args=["danshan", made.pk])
    assert stranger.get(own).status_code == 404
    assert post(stranger, made, code="danshan", step="submit").status_code == 404
    assert post(clerk, made, step="nix").status_code == 404
    assert WithdrawalList.objects.get().submitted_at is None
