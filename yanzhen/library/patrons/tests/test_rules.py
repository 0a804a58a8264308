import datetime as dt

import pytest

from yanzhen.library.patrons import rules

TODAY = dt.date(2026, 11, 23)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "expires_on", "code"),
    [
        ("lost", None, "card-lost"), ("replaced", None, "card-replaced"),
        ("cancelled", None, "card-cancelled"), ("active", YESTERDAY, "card-expired"),
        ("lost", YESTERDAY, "card-lost"),
    ],
)  # fmt: skip
def test_a_card_must_be_active(status, expires_on, code):
    refused = rules.a_card_must_be_active(status, expires_on, TODAY, None)
    assert refused.code == code
    assert refused.remedy
    assert rules.a_card_must_be_active("active", None, TODAY, None) is None
    assert rules.a_card_must_be_active("active", TODAY, TODAY, None) is None


def test_a_replaced_card_names_the_new_one():
    refused = rules.a_card_must_be_active("replaced", None, TODAY, "51200200000018")
    assert "51200200000018" in refused.remedy


@pytest.mark.parametrize("reason", ["lost_item", "address", "staff"])
def test_a_blocked_reader_does_not_borrow(reason):
    refused = rules.a_blocked_reader_does_not_borrow(reason, "光盘没有赔付")
    assert refused.code == "reader-blocked"
    assert "光盘没有赔付" in refused.message
    assert "（）" not in rules.a_blocked_reader_does_not_borrow(reason, "").message


@pytest.mark.parametrize("reason", [None, ""])
def test_a_reader_without_a_block_borrows(reason):
    assert rules.a_blocked_reader_does_not_borrow(reason, None) is None


def test_a_person_has_one_active_card():
    assert "51200200000017" in rules.a_person_has_one_active_card("51200200000017").message
    assert rules.a_person_has_one_active_card(None) is None


@pytest.mark.parametrize(
    "number",
    ["", "5120020000001", "512002000000177", "51202200000017", "5120020000001A", "５" * 14],
)
def test_a_card_number_is_the_county_and_eight_digits(number):
    ask = rules.a_card_number_is_the_county_and_eight_digits
    assert ask(number, "512002").code == "card-number-unfit"
    assert ask("51200200000017", "512002") is None


def test_a_card_number_is_given_once():
    assert rules.a_card_number_is_given_once("51200200000017", True).code == "card-number-taken"
    assert rules.a_card_number_is_given_once("51200200000017", False) is None


def test_only_an_active_card_is_reported_lost():
    for status in ("lost", "replaced", "cancelled"):
        assert rules.only_an_active_card_is_reported_lost(status).code == "card-not-active"
    assert rules.only_an_active_card_is_reported_lost("active") is None


def test_only_a_lost_card_is_found_again():
    for status in ("active", "replaced", "cancelled"):
        assert rules.only_a_lost_card_is_found_again(status).code == "card-not-lost"
    assert rules.only_a_lost_card_is_found_again("lost") is None


def test_only_the_current_card_is_replaced():
    for status in ("replaced", "cancelled"):
        assert rules.only_the_current_card_is_replaced(status).code == "card-not-current"
    for status in ("active", "lost"):
        assert rules.only_the_current_card_is_replaced(status) is None


def test_a_card_with_open_loans_is_not_cancelled():
    assert "3" in rules.a_card_with_open_loans_is_not_cancelled(3).message
    assert rules.a_card_with_open_loans_is_not_cancelled(0) is None


def test_a_block_by_staff_says_why():
    assert rules.a_block_by_staff_says_why("staff", "").code == "block-note-missing"
    assert rules.a_block_by_staff_says_why("staff", "光盘没有赔付") is None
    assert rules.a_block_by_staff_says_why("address", "") is None


def test_a_reason_blocks_a_reader_once():
    assert rules.a_reason_blocks_a_reader_once(True).code == "block-standing"
    assert rules.a_reason_blocks_a_reader_once(False) is None
