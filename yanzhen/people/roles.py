"""What each kind of role may do, and the Actor that carries the answer through the domain."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from yanzhen.people.models import Account, Role

CIRCULATE = "circulate"
RENEW = "renew"
REGISTER_READERS = "register_readers"
SEE_READERS = "see_readers"
BLOCK_READERS = "block_readers"
CATALOGUE = "catalogue"
SEE_STOCK = "see_stock"
COUNT_STOCK = "count_stock"
MOVE_STOCK = "move_stock"
WITHDRAW_STOCK = "withdraw_stock"
WISH = "wish"
PURCHASE = "purchase"
SET_RULES = "set_rules"
MANAGE_NETWORK = "manage_network"
SEE_FIGURES = "see_figures"
MANAGE_PEOPLE = "manage_people"
PLAN_ACTIVITIES = "plan_activities"
MANAGE_RESOURCES = "manage_resources"
BOOK_FOR_OTHERS = "book_for_others"
CHECK_IN = "check_in"

_DESK = {
    CIRCULATE, RENEW, REGISTER_READERS, SEE_READERS, SEE_STOCK, COUNT_STOCK, WISH, SEE_FIGURES,
}  # fmt: skip
_CULTURE = {PLAN_ACTIVITIES, MANAGE_RESOURCES, BOOK_FOR_OTHERS, CHECK_IN, SEE_FIGURES}
_HEADQUARTERS = _DESK | {BLOCK_READERS, CATALOGUE, MOVE_STOCK, PURCHASE}

CAPABILITIES: dict[str, frozenset[str]] = {
    Role.Kind.DIRECTOR: frozenset(
        _HEADQUARTERS | _CULTURE | {WITHDRAW_STOCK, SET_RULES, MANAGE_NETWORK, MANAGE_PEOPLE}
    ),
    Role.Kind.LIBRARIAN: frozenset(_HEADQUARTERS),
    Role.Kind.CULTURE_CADRE: frozenset(_CULTURE | {SEE_READERS}),
    Role.Kind.CULTURE_OFFICER: frozenset(_DESK | _CULTURE),
    Role.Kind.OPERATOR: frozenset({SEE_READERS, REGISTER_READERS, RENEW, BOOK_FOR_OTHERS}),
    Role.Kind.DEPARTMENT: frozenset({SEE_FIGURES}),
    Role.Kind.INSPECTOR: frozenset({SEE_FIGURES}),
    Role.Kind.AGENCY: frozenset(),
}
# No role of a person: what a self-service machine does at its own branch.
MACHINE = "machine"
_MACHINE_MAY = frozenset({CIRCULATE, RENEW})


def _held_by(kind: str) -> frozenset[str]:
    return _MACHINE_MAY if kind == MACHINE else CAPABILITIES[kind]


@dataclass(frozen=True)
class Grant:
    """A role at a node: it covers every node whose path begins with `path` ("" is everywhere)."""

    kind: str
    path: str
    node_code: str


@dataclass(frozen=True)
class Actor:
    """Who acts. Values only: asking it costs no query."""

    account_id: int | None
    person_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()

    def may(self, capability: str, path: str | None = None) -> bool:
        """True if some role carries `capability` at the node with this path (None: anywhere)."""
        return any(
            capability in _held_by(grant.kind) and (path is None or path.startswith(grant.path))
            for grant in self.grants
        )

    @property
    def is_staff(self) -> bool:
        return bool(self.grants)


@dataclass(frozen=True)
class Unnamed:
    """A reader, or the guardian, acting on the reader's own loans and holds. The row itself says
    whose it is while it does; nothing else may remember it (L07)."""

    name: str
    account_id: None = None


def in_own_affairs(by: Actor, person_id: int | None) -> Actor | Unnamed:
    """Who is written down for an act on this person's loans or holds: staff by name, the reader
    and the guardian without."""
    if by.person_id is not None and by.person_id == person_id:
        return Unnamed("读者本人")
    return by if by.is_staff or by.account_id is None else Unnamed("监护人")


NOBODY = Actor(account_id=None, person_id=None, name="")


def live_roles(account: Account, on: dt.date):
    """The roles of an account in force on a day, their nodes loaded."""
    return unended_roles(account, on).filter(valid_from__lte=on)


def unended_roles(account: Account, on: dt.date):
    """The roles of an account in force on a day, and those that begin later."""
    return account.roles.filter(Q(valid_to=None) | Q(valid_to__gte=on))


def actor_of(account: Account, *, on: dt.date) -> Actor:
    """The Actor for an account on a day; one query."""
    rows = live_roles(account, on).values_list(
        "kind", "node__path", "node__code", "account__person__name"
    )
    grants = tuple(Grant(kind, path or "", code or "") for kind, path, code, _name in rows)
    name = rows[0][3] if grants else account.person.name
    return Actor(account.pk, account.person_id, name, grants)
