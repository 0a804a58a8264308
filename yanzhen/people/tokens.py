"""API tokens: a long secret shown once; only its digest is kept."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.people.access import require
from yanzhen.people.models import Account, ApiToken
from yanzhen.people.roles import MANAGE_PEOPLE, Actor, actor_of

PREFIX = "yz_"


def make_token(account: Account, label: str, *, by: Actor, at: dt.datetime) -> str:
    """Make a token for an account and return its text, which nobody can read again."""
    text = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        _require_own(account, by)
        ApiToken.objects.create(
            account=account, label=label[:60], digest=_digest(text), made_at=at
        )
        audit.write(
            by=by, at=at, action="token.made", subject=f"account:{account.pk}", label=label[:60]
        )
    return text


def actor_for_token(text: str, on: dt.date) -> Actor | None:
    """Who a token speaks for on a day; None for an unknown or revoked one."""
    token = (
        ApiToken.objects.select_related("account__person")
        .filter(digest=_digest(text), revoked_at=None, account__is_active=True)
        .first()
    )
    return actor_of(token.account, on=on) if token else None


def revoke_token(token: ApiToken, *, by: Actor, at: dt.datetime) -> None:
    """From now on the token opens nothing; revoking twice changes nothing."""
    with transaction.atomic():
        _require_own(token.account, by)
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
            audit.write(
                by=by, at=at, action="token.revoked", subject=f"account:{token.account_id}",
                label=token.label,
            )


def _require_own(account: Account, by: Actor) -> None:
    if by.account_id != account.pk:
        require(by, MANAGE_PEOPLE)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
