"""Signing in by user name or any other sign-in name, with a lock after repeated failures (L19)."""

import datetime as dt
import hashlib

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.models import Account, SignInCount
from yanzhen.people.models import SignInName as Name
from yanzhen.people.names import sign_in_form
from yanzhen.people.rules import LOCK, MOST_ATTEMPTS, a_locked_account_waits


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


def sign_in(*, name: str, password: str, at: dt.datetime) -> Account:
    """Return the account if the password is right.

    Raises Refused `wrong-password` or `account-locked`, both the same for names that nobody
    has, so that nobody can find out which names exist.
    """
    account = account_named(name)
    key = _key(account, name)
    _count_attempt(key, at)
    if account is None:
        make_password(password)  # as slow as a real check
        raise _wrong()
    if not (account.check_password(password) and account.is_active):
        raise _wrong()
    forget_attempts(account)
    Account.objects.filter(pk=account.pk).update(last_login=at)
    return account


def check_password(account: Account, password: str, at: dt.datetime) -> None:
    """Ask a signed-in person for the password once more; raises Refused like `sign_in`."""
    _count_attempt(_key(account, ""), at)
    if not account.check_password(password):
        raise Refused(
            "wrong-password",
            _("现在的密码不对。"),
            _("请再试一次；忘记密码请带读者证到任一分馆，或打电话给我们。"),
            status=401,
        )
    forget_attempts(account)


def forget_attempts(account: Account) -> None:
    """Start counting anew: after a right password, or when a desk has set a new one."""
    SignInCount.objects.filter(key=_key(account, "")).delete()


def _key(account: Account | None, name: str) -> str:
    if account is not None:
        return f"account:{account.pk}"
    return "name:" + hashlib.sha256(sign_in_form(name).encode()).hexdigest()


def _count_attempt(key: str, at: dt.datetime) -> None:
    """Count before looking at the password: many at once get no more guesses than one by one.

    Raises Refused `account-locked` when the attempts are used up.
    """
    with transaction.atomic():
        SignInCount.objects.filter(key=key, last_at__lte=at - LOCK).delete()
        if _take_one(key, at):
            return
        _forget_old(at)
        SignInCount.objects.get_or_create(key=key, defaults={"last_at": at})
        if _take_one(key, at):
            return
        last_at = SignInCount.objects.filter(key=key).values_list("last_at", flat=True).first()
    refuse_first(a_locked_account_waits((last_at or at) + LOCK, at))


def _forget_old(at: dt.datetime, limit: int = 200) -> None:
    """Keep the table small even if somebody tries a thousand names."""
    old = SignInCount.objects.filter(last_at__lte=at - LOCK).select_for_update(skip_locked=True)
    SignInCount.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).delete()


def _take_one(key: str, at: dt.datetime) -> bool:
    left = SignInCount.objects.filter(key=key, attempts__lt=MOST_ATTEMPTS)
    if not left.update(attempts=F("attempts") + 1, last_at=at):
        return False
    if SignInCount.objects.filter(key=key, attempts=MOST_ATTEMPTS).exists():
        audit.write(by=audit.System(), at=at, action="sign_in.locked", subject=key)
    return True


def _wrong() -> Refused:
    return Refused(
        "wrong-password",
        _("用户名（或读者证号）和密码对不上。"),
        _("请再试一次；忘记密码请带读者证到任一分馆，或打电话给我们。"),
        status=401,
    )
