"""Counting: what each scan is, what closing marks, and what comes too late."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.groundwork.text.clc import sort_key
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.losing import declare_lost
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.stocktaking import queries
from yanzhen.library.stocktaking.batches import decoded, record_batch
from yanzhen.library.stocktaking.counting import close_count, open_count, record_scan, reopen_count
from yanzhen.library.stocktaking.models import CountLine

AT = makers.MONDAY
MINUTE = dt.timedelta(minutes=1)


def shelved(place, number, *, at=None, **fields):
    return makers.copy(
        place, at=at or place.zhonghe, call_number=number, call_number_key=sort_key(number),
        **fields,
    )  # fmt: skip


@pytest.fixture
def by(place):
    return makers.staff(place.zhonghe, "culture_officer")


@pytest.fixture
def shelf(place):
    return [shelved(place, f"I247.5/{n}") for n in (1, 2, 3)]


@pytest.fixture
def count(place, shelf, by):
    return open_count(node=place.zhonghe, call_from="I", call_to="I", by=by, at=AT)


def scan(count, barcode, by, minutes=1):
    return record_scan(count_id=count.pk, barcode=barcode, by=by, at=AT + minutes * MINUTE).finding


def test_found_out_of_order_elsewhere_foreign_unknown(place, shelf, count, by):
    other = shelved(place, "K825/1")
    foreign = shelved(place, "I247.5/9", at=place.linjiang)
    scans = [shelf[0], shelf[2], shelf[1], other, foreign]
    found = [scan(count, copy.barcode, by, n) for n, copy in enumerate(scans)]
    assert found == ["found", "found", "out_of_order", "elsewhere", "foreign"]
    assert scan(count, "no-such-1", by) == "unknown"


def test_what_is_booked_elsewhere_is_unexpected_and_stays_so(place, shelf, count, by):
    card = makers.reader(place)
    on_loan, lost, road = shelf
    lend(barcode=on_loan.barcode, card_number=card.number, node=place.zhonghe, by=by, at=AT)
    declare_lost(copy_id=lost.pk, note="找不到", by=by, at=AT)
    take_back(barcode=road.barcode, node=place.linjiang, by=makers.staff(place.linjiang), at=AT)
    found = [scan(count, copy.barcode, by) for copy in shelf]
    assert found == ["on_loan", "lost", "in_transit"]
    for copy in shelf:
        copy.refresh_from_db()
    assert [copy.state for copy in shelf] == ["on_loan", "lost", "in_transit"]
    assert list(invariants.broken()) == []


def test_a_barcode_is_counted_once_in_a_count(place, shelf, count, by):
    colleague = makers.staff(place.zhonghe, name="李馆员")
    scan(count, shelf[0].barcode, by, 1)
    scan(count, shelf[0].barcode.lower(), colleague, 2)
    line = CountLine.objects.get()
    assert (line.by_name, line.at) == ("王馆员", AT + MINUTE)
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_closing_flags_what_was_not_seen_and_never_its_state(place, shelf, count, by):
    scan(count, shelf[0].barcode, by)
    assert close_count(count_id=count.pk, by=by, at=AT + 9 * MINUTE) == 2
    for copy in shelf:
        copy.refresh_from_db()
    assert [copy.missing for copy in shelf] == [False, True, True]
    assert {copy.state for copy in shelf} == {"available"}
    assert queries.totals_of(count) == {"found": 1, "missing": 2}


def test_a_closed_count_takes_no_scan_until_it_is_reopened(place, shelf, count, by):
    close_count(count_id=count.pk, by=by, at=AT + MINUTE)
    with pytest.raises(Refused, match="count-closed"):
        scan(count, shelf[0].barcode, by)
    with pytest.raises(Refused, match="count-closed"):
        close_count(count_id=count.pk, by=by, at=AT + MINUTE)
    reopen_count(count_id=count.pk, by=by, at=AT + 2 * MINUTE)
    assert scan(count, shelf[0].barcode, by, 3) == "found"
    shelf[0].refresh_from_db()
    assert not shelf[0].missing
    with pytest.raises(Refused, match="count-open"):
        reopen_count(count_id=count.pk, by=by, at=AT + 4 * MINUTE)


def test_a_scope_is_a_range_of_the_shelf(place, shelf, count, by):
    shelved(place, "K825/1")
    shelved(place, "I247.5/8", at=place.linjiang)
    assert list(queries.not_seen_by(count)) == shelf
    ranged = open_count(node=place.zhonghe, call_from="I247.5/2", call_to="I247.5/3", by=by, at=AT)
    assert list(queries.not_seen_by(ranged)) == shelf[1:]


@pytest.mark.parametrize(
    ("scope", "code"),
    [({"call_from": "K", "call_to": "I"}, "scope-backwards"), ({"shelf": "没有"}, "scope-empty")],
)
def test_a_scope_that_makes_no_sense_is_refused(place, shelf, by, scope, code):
    with pytest.raises(Refused, match=code):
        open_count(node=place.zhonghe, by=by, at=AT, **scope)


def test_another_branch_does_not_count_here(place, shelf, count):
    stranger = makers.staff(place.linjiang, "culture_officer")
    with pytest.raises(Refused, match="not-your-branch"):
        scan(count, shelf[0].barcode, stranger)
    with pytest.raises(Refused, match="not-your-branch"):
        open_count(node=place.zhonghe, by=stranger, at=AT)


@pytest.mark.parametrize("barcode", ["", "\u200b", "x" * 61])
def test_a_scan_is_a_barcode(count, by, barcode):
    with pytest.raises(Refused, match="scan-unreadable"):
        scan(count, barcode, by)


def test_a_handhelds_file_is_counted_or_told_line_by_line(place, shelf, count, by):
    text = f"{shelf[0].barcode}\r\n\r\n{shelf[0].barcode}\r\n书名\r\nYJNONE\r\n{'9' * 31}\n"
    batch = record_batch(count_id=count.pk, text=text, by=by, at=AT)
    assert batch.findings == {"found": 1, "unknown": 1}
    assert (batch.repeated, batch.unreadable) == ([3], [4, 6])
    again = record_batch(count_id=count.pk, text=text, by=by, at=AT)
    assert again.findings == batch.findings
    assert CountLine.objects.count() == 2


def test_a_file_in_any_usual_charset_is_read():
    assert decoded("﻿条码".encode()) == decoded("条码".encode("gbk")) == "条码"
    with pytest.raises(Refused, match="batch-unreadable"):
        decoded(b"\xff\xff\xff")


def test_too_long_a_file_leaves_nothing_half_done(count, by):
    with pytest.raises(Refused, match="batch-too-long"):
        record_batch(count_id=count.pk, text="A1\n" * 5001, by=by, at=AT)
    assert not CountLine.objects.exists()
