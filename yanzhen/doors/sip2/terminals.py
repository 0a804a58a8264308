"""Machines come in: by account and password, from an allowed address."""

import datetime as dt

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from yanzhen.doors.sip2.models import Terminal
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import MACHINE, MANAGE_NETWORK, Actor, Grant


def add_terminal(
    account: str, password: str, *, node: Node, by: Actor, at: dt.datetime, **settings
) -> Terminal:
    """Give a machine its account at a branch. Raises Refused."""
    require(by, MANAGE_NETWORK, node)
    with transaction.atomic():
        terminal = Terminal.objects.create(
            account=account, password=make_password(password), node=node, **settings
        )
        audit.write(
            by=by, at=at, action="terminal.added", subject=f"terminal:{account}", place=node.code
        )
    return terminal


def come_in(account: str, password: str, address: str, at: dt.datetime) -> Terminal | None:
    """The machine with this account, or None; as slow for a name nobody has."""
    terminal = Terminal.objects.select_related("node__site").filter(account=account).first()
    if terminal is None:
        make_password(password)
        return None
    right = check_password(password, terminal.password)
    if not (right and terminal.active and terminal.admits(address)):
        return None
    Terminal.objects.filter(pk=terminal.pk).update(last_seen_at=at)
    return terminal


def actor_of(terminal: Terminal) -> Actor:
    """A machine lends, takes back and renews at its own branch, and does nothing else."""
    node = terminal.node
    return Actor(None, None, terminal.name, (Grant(MACHINE, node.path, node.code),))


def note_learned(terminal: Terminal, fits: list[str], telling: bool) -> None:
    """Count which wires fit a frame. Only a frame with Chinese in it tells charsets apart."""
    with transaction.atomic():
        row = Terminal.objects.select_for_update().get(pk=terminal.pk)
        counts = row.learned.get("fits", {})
        row.learned = {
            "frames": row.learned.get("frames", 0) + 1,
            "telling": row.learned.get("telling", 0) + telling,
            "fits": {**counts, **{fit: counts.get(fit, 0) + 1 for fit in fits if telling}},
        }
        row.save(update_fields=["learned"])


def is_refused_pin(trouble: Refused) -> bool:
    return trouble.code in {"wrong-password", "account-locked"}
