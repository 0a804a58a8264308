import datetime as dt

import pytest

from yanzhen.people import rules

DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)


def test_a_locked_account_waits():
    assert rules.a_locked_account_waits(None, NOON) is None
    assert rules.a_locked_account_waits(NOON, NOON) is None
    refused = rules.a_locked_account_waits(NOON + dt.timedelta(minutes=5), NOON)
    assert refused.status == 429
    assert "12:05" in refused.remedy


@pytest.mark.parametrize("name", ["", "   ", "😀😀", "123", "——"])
def test_a_name_is_written_in_letters(name):
    assert rules.a_name_is_written_in_letters(name).code == "name-missing"


@pytest.mark.parametrize("name", ["禾", "阿依古丽·买买提", "O’Neill", "张😀"])
def test_any_script_is_a_name(name):
    assert rules.a_name_is_written_in_letters(name) is None


def test_a_name_of_ten_thousand_characters_is_too_long():
    assert rules.a_name_is_written_in_letters("张" * 10_000).code == "name-too-long"


@pytest.mark.parametrize("born_on", [dt.date(2026, 11, 24), dt.date(1890, 1, 1), dt.date(1, 1, 1)])
def test_a_birth_date_is_possible(born_on):
    assert rules.a_birth_date_is_possible(born_on, DAY).code == "birth-date-impossible"
    assert rules.a_birth_date_is_possible(DAY, DAY) is None
    assert rules.a_birth_date_is_possible(None, DAY) is None


def test_a_birth_date_is_known():
    assert rules.a_birth_date_is_known(None).code == "birth-date-missing"
    assert rules.a_birth_date_is_known(DAY) is None


@pytest.mark.parametrize("phone", ["1234", "没有", "138-0000", "1" * 21, "++12345", "１２３４５"])
def test_a_phone_number_has_digits(phone):
    assert rules.a_phone_number_has_digits(phone).code == "phone-unreadable"
    assert rules.a_phone_number_has_digits("") is None
    assert rules.a_phone_number_has_digits("13800000000") is None


def test_a_child_under_14_needs_a_guardians_consent():
    day_before, birthday = dt.date(2012, 11, 24), dt.date(2012, 11, 23)
    ask = rules.a_child_under_14_needs_a_guardians_consent
    assert ask(day_before, False, DAY).code == "guardian-consent-missing"
    assert ask(day_before, True, DAY) is None
    assert ask(birthday, False, DAY) is None


def test_a_guardian_is_of_age():
    assert rules.a_guardian_is_of_age(dt.date(2008, 11, 24), DAY).code == "guardian-under-age"
    assert rules.a_guardian_is_of_age(dt.date(2008, 11, 23), DAY) is None
    assert rules.a_guardian_is_of_age(None, DAY) is None


def test_consent_by_telephone_names_the_number():
    ask = rules.consent_by_telephone_names_the_number
    assert ask("phone", "").code == "guardian-phone-missing"
    assert ask("phone", "13800000000") is None
    assert ask("in_person", "") is None


def test_a_person_is_registered_once():
    assert "张小禾" in rules.a_person_is_registered_once("张小禾").message
    assert rules.a_person_is_registered_once("") is None


def test_reading_a_childs_file_has_a_reason():
    ask = rules.reading_a_childs_file_has_a_reason
    assert ask(dt.date(2016, 1, 1), "", DAY).code == "reason-missing"
    assert ask(dt.date(2016, 1, 1), "counter", DAY) is None
    assert ask(dt.date(1990, 1, 1), "", DAY) is None
    assert ask(None, "", DAY) is None


@pytest.mark.parametrize("username", ["", "51200200000017", "_x", "a" * 61])
def test_a_user_name_begins_with_a_letter(username):
    assert rules.a_user_name_begins_with_a_letter(username).code == "user-name-unfit"
    assert rules.a_user_name_begins_with_a_letter("zhonghe") is None
    assert rules.a_user_name_begins_with_a_letter("小禾") is None


def test_a_sign_in_name_has_one_account():
    assert rules.a_sign_in_name_has_one_account("reader", True).code == "sign-in-name-taken"
    assert rules.a_sign_in_name_has_one_account("reader", False) is None
