"""Accounts: making one, its names, its password."""

import datetime as dt
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people import rules
from yanzhen.people.access import require, require_over
from yanzhen.people.models import Account, Person, SignInName
from yanzhen.people.names import sign_in_form
from yanzhen.people.roles import REGISTER_READERS, Actor
from yanzhen.people.signing_in import account_named, check_password, forget_attempts


def make_account(
    person: Person, username: str, password: str, *, by: Actor, at: dt.datetime
) -> Account:
    """Give a person a sign-in. Raises Refused if the name is taken or the password weak."""
    username = sign_in_form(username)
    with transaction.atomic():
        require(by, REGISTER_READERS)
        refuse_first(
            rules.a_user_name_begins_with_a_letter(username),
            rules.a_sign_in_name_has_one_account(username, account_named(username) is not None),
        )
        account = Account(username=username, person=person)
        _require_good_password(password, account)
        account.set_password(password)
        account.save()
        audit.write(by=by, at=at, action="account.made", subject=f"person:{person.pk}")
    return account


def add_sign_in_name(account: Account, name: str) -> SignInName:
    """Let an account sign in under another name too, e.g. a card number. Raises Refused."""
    name = sign_in_form(name)
    known = account_named(name)
    refuse_first(rules.a_sign_in_name_has_one_account(name, known not in (None, account)))
    return SignInName.objects.get_or_create(name=name, defaults={"account": account})[0]


def drop_sign_in_name(name: str) -> None:
    """A name that stopped being valid, such as the number of a replaced card."""
    SignInName.objects.filter(name=sign_in_form(name)).delete()


def change_password(account: Account, *, old: str, new: str, by: Actor, at: dt.datetime) -> Account:
    """Change one's own password, knowing the old one. Raises Refused."""
    check_password(account, old, at)
    with transaction.atomic():
        _require_good_password(new, account)
        account.set_password(new)
        account.save(update_fields=["password"])
        audit.write(by=by, at=at, action="password.changed", subject=f"account:{account.pk}")
    return account


def reset_password(person: Person, *, by: Actor, at: dt.datetime) -> tuple[Account, str]:
    """Set a new random password for somebody at the desk; makes the account if there is none.

    Returns the account and the password, which is shown once. The password of staff is reset
    only by whoever manages people wherever they work, else a desk could take over the director's
    account. A sign-in that was locked is open again.
    """
    password = "-".join(f"{secrets.randbelow(10_000):04d}" for _part in range(3))
    with transaction.atomic():
        require(by, REGISTER_READERS)
        account = Account.objects.filter(person=person).first()
        if account is None:
            account = Account(username=f"reader-{person.pk}", person=person)
        else:
            require_over(by, account, local_day(at))
        account.set_password(password)
        account.save()
        forget_attempts(account)
        audit.write(by=by, at=at, action="password.reset", subject=f"person:{person.pk}")
    return account, password


def _require_good_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Refused(
            "password-weak",
            _("这个新密码太容易被猜到。"),
            " ".join([*weak.messages, _("可以用一句自己记得住的话。")]),
            status=422,
        ) from None
