"""Signing in by user name or any other sign-in name, with a lock after repeated failures (L19)."""

import datetime as dt

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.models import Account
from yanzhen.people.models import SignInName as Name
from yanzhen.people.rules import LOCK, MOST_FAILURES, a_locked_account_waits


class SignInName(BaseBackend):
    """Lets Django's sessions load an account; the checking is done by `sign_in`."""

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.select_related("person").filter(pk=user_id, is_active=True).first()


def account_named(name: str) -> Account | None:
    """The account with this user name or sign-in name (e.g. a card number), or None."""
    name = name.strip()
    found = Account.objects.select_related("person").filter(username=name).first()
    if found is None:
        row = Name.objects.select_related("account__person").filter(name=name).first()
        found = row.account if row else None
    return found


def sign_in(*, name: str, password: str, at: dt.datetime) -> Account:
    """Return the account if the password is right.

    Raises Refused `wrong-password` (the same for unknown names, so that nobody can find out
    which names exist) or `account-locked`.
    """
    account = account_named(name)
    if account is None:
        make_password(password)  # as slow as a real check: an unknown name must not be told apart
        raise _wrong()
    refuse_first(a_locked_account_waits(account.locked_until, at))
    if not (account.is_active and account.check_password(password)):
        _count_failure(account, at)
        raise _wrong()
    Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None, last_login=at)
    return account


def _count_failure(account: Account, at: dt.datetime) -> None:
    account.failures += 1
    if account.failures >= MOST_FAILURES:
        account.failures, account.locked_until = 0, at + LOCK
        audit.write(
            by=audit.System(), at=at, action="account.locked", subject=f"account:{account.pk}"
        )
    account.save(update_fields=["failures", "locked_until"])


def _wrong() -> Refused:
    return Refused(
        "wrong-password",
        _("用户名（或读者证号）和密码对不上。"),
        _("请再试一次；忘记密码请带读者证到任一分馆，或打电话给我们。"),
        status=401,
    )
