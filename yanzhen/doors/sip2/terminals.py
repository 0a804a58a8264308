"""Machines come in, by account and password from an allowed address; and who looks after them."""

import datetime as dt
import secrets
from collections.abc import Callable

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.doors.sip2 import rules
from yanzhen.doors.sip2.models import Terminal
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import MACHINE, MANAGE_NETWORK, Actor, Grant

# Without letters and digits that are taken for each other when typed into a machine.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """A password for a machine: 15 letters and digits in three groups."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(5)) for _group in range(3))


def add_terminal(
    account: str, password: str, *, node: Node, by: Actor, at: dt.datetime, **settings
) -> Terminal:
    """Give a machine its account at a branch. Raises Refused."""
    require(by, MANAGE_NETWORK, node)
    with transaction.atomic():
        refuse_first(
            rules.an_account_belongs_to_one_machine(
                Terminal.objects.filter(account=account).exists()
            ),
            rules.addresses_must_be_readable(settings.get("addresses", "")),
        )
        terminal = Terminal.objects.create(
            account=account, password=make_password(password), node=node, **settings
        )
        _write("terminal.added", terminal, by, at)
    return terminal


def change_terminal(terminal_id: int, *, by: Actor, at: dt.datetime, **settings) -> Terminal:
    """Change where a machine stands, how it writes or what it may show. Raises Refused."""
    with transaction.atomic():
        terminal = _managed(terminal_id, by)
        require(by, MANAGE_NETWORK, settings.get("node", terminal.node))
        refuse_first(rules.addresses_must_be_readable(settings.get("addresses", "")))
        changed = [name for name, value in settings.items() if getattr(terminal, name) != value]
        if "learning" in changed and settings["learning"]:
            terminal.learned = {}
        for name in changed:
            setattr(terminal, name, settings[name])
        if changed:
            terminal.save()
            _write("terminal.changed", terminal, by, at, changed=sorted(changed))
    return terminal


def give_password(terminal_id: int, *, by: Actor, at: dt.datetime) -> tuple[Terminal, str]:
    """A new password, shown once; connections with the old one end. Raises Refused."""
    secret = new_secret()
    with transaction.atomic():
        terminal = _managed(terminal_id, by)
        terminal.password = make_password(secret)
        terminal.save(update_fields=["password"])
        _write("terminal.password_given", terminal, by, at)
    return terminal, secret


def set_active(terminal_id: int, *, active: bool, by: Actor, at: dt.datetime) -> Terminal:
    """Let a machine in, or keep it out: its connections end within seconds. Raises Refused."""
    with transaction.atomic():
        terminal = _managed(terminal_id, by)
        if terminal.active != active:
            terminal.active = active
            terminal.save(update_fields=["active"])
            _write("terminal.let_in" if active else "terminal.kept_out", terminal, by, at)
    return terminal


def _managed(terminal_id: int, by: Actor) -> Terminal:
    terminal = (
        Terminal.objects.select_for_update(of=("self",))
        .select_related("node__site")
        .filter(pk=terminal_id)
        .first()
    )
    if terminal is None:
        raise Refused(
            "terminal-unknown", _("没有这台机器。"), _("请回到列表再选一次。"), status=404
        )
    require(by, MANAGE_NETWORK, terminal.node)
    return terminal


def _write(action: str, terminal: Terminal, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"terminal:{terminal.account}",
        place=terminal.node.code, **detail,
    )  # fmt: skip


def come_in(
    account: str,
    password: str,
    address: str,
    at: dt.datetime,
    check: Callable[[str, str], bool] = check_password,
) -> Terminal | None:
    """The machine with this account, or None; as slow for a name nobody has."""
    terminal = Terminal.objects.select_related("node__site").filter(account=account).first()
    if terminal is None:
        make_password(password)
        return None
    right = check(password, terminal.password)
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
