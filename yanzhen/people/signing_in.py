"""Signing in by user name or any other sign-in name, with a lock after repeated failures (L19)."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.models import Account, SignInCount
from yanzhen.people.models import SignInName as Name
from yanzhen.people.names import sign_in_form
from yanzhen.people.rules import (
    LOCK,
    LONG_LOCK,
    MOST_ATTEMPTS,
    MOST_ATTEMPTS_IN_ALL,
    a_locked_account_waits,
)


class SignInName(BaseBackend):
    """Lets Django's sessions load an account; the checking is done by `sign_in`."""

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.select_related("person").filter(pk=user_id, is_active=True).first()


def account_named(name: str) -> Account | None:
    """The account with this user name or sign-in name (e.g. a card number), or None."""
    name = sign_in_form(name)
    found = Account.objects.select_related("person").filter(username=name).first()
    if found is None:
        row = Name.objects.select_related("account__person").filter(name=name).first()
        found = row.account if row else None
    return found


def sign_in(*, name: str, password: str, at: dt.datetime, address: str = "") -> Account:
    """Return the account if the password is right; `address` is where the attempt comes from.

    Raises Refused `wrong-password` or `account-locked`, both the same for names that nobody
    has, so that nobody can find out which names exist.
    """
    account = account_named(name)
    tally = _tally(account, name, address)
    _count_attempt(tally, at)
    if account is None:
        make_password(password)  # as slow as a real check
        raise _wrong()
    if not (account.check_password(password) and account.is_active):
        raise _wrong()
    _forget(tally)
    Account.objects.filter(pk=account.pk).update(last_login=at)
    return account


def check_password(account: Account, password: str, at: dt.datetime) -> None:
    """Ask a signed-in person for the password once more; raises Refused like `sign_in`."""
    tally = _tally(account)
    _count_attempt(tally, at)
    if not account.check_password(password):
        raise Refused(
            "wrong-password",
            _("现在的密码不对。"),
            _("请再试一次；忘记密码请带读者证到任一分馆，或打电话给我们。"),
            status=401,
        )
    _forget(tally)


def forget_attempts(account: Account) -> None:
    """Start counting anew from every address: a desk has set a new password."""
    everywhere = _tally(account)[-1].key
    mine = Q(key=everywhere) | Q(key__startswith=f"{everywhere}@")
    SignInCount.objects.filter(mine).delete()


@dataclass(frozen=True)
class _Limit:
    """How many attempts a key has, and how long it rests after the last one."""

    key: str
    most: int
    rest: dt.timedelta


def _tally(account: Account | None, name: str = "", address: str = "") -> tuple[_Limit, _Limit]:
    """What an attempt counts towards: this address alone, then every address together."""
    who = f"account:{account.pk}" if account else f"name:{_digest(sign_in_form(name))}"
    return (
        _Limit(f"{who}@{_digest(address)}", MOST_ATTEMPTS, LOCK),
        _Limit(who, MOST_ATTEMPTS_IN_ALL, LONG_LOCK),
    )


def _digest(text: str) -> str:
    """Short enough for two in a key; neither names nor addresses are kept in the clear."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _forget(tally: tuple[_Limit, ...]) -> None:
    SignInCount.objects.filter(key__in=[limit.key for limit in tally]).delete()


def _count_attempt(tally: tuple[_Limit, ...], at: dt.datetime) -> None:
    """Count before looking at the password: many at once get no more guesses than one by one.

    The address comes first: once it has to wait, it no longer uses up what everybody shares.
    Raises Refused `account-locked` when the attempts are used up.
    """
    for limit in tally:
        refuse_first(a_locked_account_waits(_locked_until(limit, at), at))


def _locked_until(limit: _Limit, at: dt.datetime) -> dt.datetime | None:
    """Count one attempt; when there is none left, until when to wait."""
    rows = SignInCount.objects.filter(key=limit.key)
    with transaction.atomic():
        rows.filter(last_at__lte=at - limit.rest).delete()
        if _take_one(limit, at):
            return None
        _forget_old(at)
        SignInCount.objects.get_or_create(key=limit.key, defaults={"last_at": at})
        if _take_one(limit, at):
            return None
        last_at = rows.values_list("last_at", flat=True).first()
    return (last_at or at) + limit.rest


def _forget_old(at: dt.datetime, most: int = 200) -> None:
    """Keep the table small even if somebody tries a thousand names."""
    old = SignInCount.objects.filter(last_at__lte=at - LONG_LOCK)
    old = old.select_for_update(skip_locked=True)
    SignInCount.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:most])).delete()


def _take_one(limit: _Limit, at: dt.datetime) -> bool:
    left = SignInCount.objects.filter(key=limit.key, attempts__lt=limit.most)
    if not left.update(attempts=F("attempts") + 1, last_at=at):
        return False
    if SignInCount.objects.filter(key=limit.key, attempts=limit.most).exists():
        audit.write(by=audit.System(), at=at, action="sign_in.locked", subject=limit.key)
    return True


def _wrong() -> Refused:
    return Refused(
        "wrong-password",
        _("用户名（或读者证号）和密码对不上。"),
        _("请再试一次；忘记密码请带读者证到任一分馆，或打电话给我们。"),
        status=401,
    )
