import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.accounts import add_sign_in_name, reset_password
from yanzhen.people.models import SignInCount
from yanzhen.people.rules import LOCK, LONG_LOCK, MOST_ATTEMPTS, MOST_ATTEMPTS_IN_ALL
from yanzhen.people.signing_in import sign_in

RIGHT = "yanzhen-demo"


@pytest.fixture
def account(place):
    return makers.account("zhonghe", place.zhonghe)


def attempt(name="zhonghe", password="wrong", at=MONDAY, address="10.0.0.1"):
    """The code of the refusal, or "in"."""
    try:
        sign_in(name=name, password=password, at=at, address=address)
    except Refused as refused:
        return refused.code
    return "in"


def test_the_right_password_opens(account):
    assert sign_in(name="zhonghe", password=RIGHT, at=MONDAY) == account
    account.refresh_from_db()
    assert account.last_login == MONDAY


@pytest.mark.parametrize("typed", ["ZhongHe", " zhonghe ", "ｚｈｏｎｇｈｅ", "5120 0200 0000 17"])
def test_a_name_is_forgiven_case_width_and_spaces(account, typed):
    add_sign_in_name(account, "51200200000017")
    assert attempt(typed, RIGHT) == "in"


@pytest.mark.parametrize("name", ["zhonghe", "nobody", "", "😀", "x" * 10_000, "a\x00b", "'; DROP"])
def test_ten_wrong_passwords_lock_any_name_alike(account, name):
    codes = [attempt(name) for _time in range(10)]
    assert codes == ["wrong-password"] * MOST_ATTEMPTS + ["account-locked"] * (10 - MOST_ATTEMPTS)


def test_a_locked_account_waits_even_with_the_right_password(account):
    for _time in range(MOST_ATTEMPTS):
        attempt()
    assert attempt(password=RIGHT) == "account-locked"
    assert attempt(password=RIGHT, at=MONDAY + LOCK - dt.timedelta(seconds=1)) == "account-locked"
    assert attempt(password=RIGHT, at=MONDAY + LOCK) == "in"


def test_waiting_in_front_of_a_lock_does_not_prolong_it(account):
    for _time in range(MOST_ATTEMPTS):
        attempt()
    attempt(at=MONDAY + LOCK / 2)
    assert attempt(password=RIGHT, at=MONDAY + LOCK) == "in"


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(account):
    for _time in range(10):
        attempt(address="203.0.113.9")
    assert attempt(address="203.0.113.9") == "account-locked"
    assert attempt(password=RIGHT) == "in"
    assert attempt(address="203.0.113.9", password=RIGHT) == "account-locked", "still waits"


@pytest.mark.parametrize("name", ["zhonghe", "nobody"])
def test_many_guessers_together_lock_a_name_for_an_hour(account, name):
    codes = [
        attempt(name, address=f"203.0.113.{number // 5}")
        for number in range(MOST_ATTEMPTS_IN_ALL + 3)
    ]
    assert codes == ["wrong-password"] * MOST_ATTEMPTS_IN_ALL + ["account-locked"] * 3
    assert attempt(password=RIGHT, at=MONDAY + LONG_LOCK) == "in"


def test_an_address_that_waits_uses_up_nobody_elses_attempts(account):
    for _time in range(2 * MOST_ATTEMPTS_IN_ALL):
        attempt(address="203.0.113.9")
    assert attempt(password=RIGHT) == "in"


def test_a_new_password_from_a_desk_opens_every_lock(account, place):
    for number in range(2 * MOST_ATTEMPTS_IN_ALL):
        attempt(address=f"203.0.113.{number // 10}")
    assert attempt() == "account-locked"
    director = makers.staff(place.hub, "director")
    _account, password = reset_password(account.person, by=director, at=MONDAY)
    assert attempt(password=password) == "in"
    assert not SignInCount.objects.exists()


def test_no_address_is_kept_in_the_clear(account):
    attempt(address="203.0.113.9")
    assert "203.0.113.9" not in str(list(SignInCount.objects.values()))


def test_the_right_password_starts_the_count_anew(account):
    for _round in range(3):
        for _time in range(MOST_ATTEMPTS - 1):
            assert attempt() == "wrong-password"
        assert attempt(password=RIGHT) == "in"


def test_user_name_and_card_number_share_one_count(account):
    add_sign_in_name(account, "51200200000017")
    for name in ("zhonghe", "51200200000017") * (MOST_ATTEMPTS // 2):
        attempt(name)
    assert attempt() == "account-locked"


def test_a_lock_is_written_down_once(account):
    for _time in range(10):
        attempt()
    assert AuditEntry.objects.filter(action="sign_in.locked").count() == 1


def test_old_counts_are_forgotten(account):
    for name in ("a", "b", "c"):
        attempt(name)
    assert SignInCount.objects.count() == 6, "from one address and from everywhere"
    attempt("d", at=MONDAY + LONG_LOCK)
    assert SignInCount.objects.count() == 2


def test_an_inactive_account_is_like_no_account(account):
    type(account).objects.update(is_active=False)
    assert attempt(password=RIGHT) == "wrong-password"


def test_attempts_that_overlap_are_all_counted(account, monkeypatch):
    """While one password is being checked others arrive: each was counted before its check."""
    codes = []

    def slow(self, password):
        codes.append(attempt())
        return False

    monkeypatch.setattr(type(account), "check_password", slow)
    codes.append(attempt())
    assert codes == ["account-locked"] + ["wrong-password"] * MOST_ATTEMPTS


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory has one writer")
@pytest.mark.usefixtures("emptied_afterwards")
def test_the_lock_holds_when_many_try_at_once():
    place = makers.county()
    makers.account("zhonghe", place.zhonghe)

    def one(_number):
        try:
            return attempt()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(one, range(24)))
    assert codes.count("wrong-password") == MOST_ATTEMPTS
    assert codes.count("account-locked") == 24 - MOST_ATTEMPTS
