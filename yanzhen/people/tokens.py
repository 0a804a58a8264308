"""API tokens: a long secret shown once; only its digest is kept."""

import datetime as dt
import hashlib
import secrets

from django.db import connection, transaction

from yanzhen.groundwork import audit, generations, statements
from yanzhen.groundwork.clock import local_day
from yanzhen.network.opening import CALENDARS
from yanzhen.people.access import require, require_over
from yanzhen.people.models import Account, ApiToken
from yanzhen.people.roles import MANAGE_PEOPLE, Actor, Grant

PREFIX = "yz_"


def make_token(account: Account, label: str, *, by: Actor, at: dt.datetime) -> str:
    """Make a token for an account and return its text, which nobody can read again.

    Raises Refused unless it is one's own account or one manages people wherever it works.
    """
    text = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        _require_own(account, by, at)
        ApiToken.objects.create(account=account, label=label[:60], digest=_digest(text), made_at=at)
        audit.write(
            by=by, at=at, action="token.made", subject=f"account:{account.pk}", label=label[:60]
        )
    return text


# Written out: a machine signs in with every request, and for the ORM to put this together takes
# longer than the database needs to answer it.
_SPEAKS_FOR = f"""
SELECT a.id, a.person_id, p.name,
       COALESCE((SELECT number FROM groundwork_generation WHERE name = '{CALENDARS}'), 0),
       r.kind, n.path, n.code
FROM people_apitoken t
JOIN people_account a ON a.id = t.account_id AND a.is_active
JOIN people_person p ON p.id = a.person_id
LEFT JOIN people_role r ON r.account_id = a.id
     AND r.valid_from <= %s AND (r.valid_to IS NULL OR r.valid_to >= %s)
LEFT JOIN network_node n ON n.id = r.node_id
WHERE t.digest = %s AND t.revoked_at IS NULL
"""  # noqa: S608 - a name of our own


def actor_for_token(text: str, on: dt.date) -> Actor | None:
    """Who a token speaks for on a day; None for an unknown or revoked one. One query, which also
    notes the generation of the network: nearly every call of a machine names a branch."""
    day = connection.ops.adapt_datefield_value(on)
    rows = statements.rows(_SPEAKS_FOR, [day, day, _digest(text)])
    if not rows:
        return None
    account_id, person_id, name, network, *_role = rows[0]
    generations.note(CALENDARS, network)
    grants = tuple(Grant(kind, path or "", code or "") for *_, kind, path, code in rows if kind)
    return Actor(account_id, person_id, name, grants)


def revoke_token(token: ApiToken, *, by: Actor, at: dt.datetime) -> None:
    """From now on the token opens nothing; revoking twice changes nothing."""
    with transaction.atomic():
        _require_own(token.account, by, at)
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
            audit.write(
                by=by,
                at=at,
                action="token.revoked",
                subject=f"account:{token.account_id}",
                label=token.label,
            )


def _require_own(account: Account, by: Actor, at: dt.datetime) -> None:
    if by.account_id != account.pk:
        require(by, MANAGE_PEOPLE)
        require_over(by, account, local_day(at))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
