"""Deciding which way of call numbers holds where."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.call_numbers import rules
from yanzhen.library.call_numbers.models import CallNumberScheme, SchemeUse
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def add_scheme(name: str, kind: str, *, by: Actor, at: dt.datetime) -> CallNumberScheme:
    """A new scheme, used nowhere yet. Raises Refused."""
    name = name.strip()[:60]
    with transaction.atomic():
        require_cataloguing(by)
        taken = CallNumberScheme.objects.filter(name=name).exists()
        refuse_first(rules.a_scheme_has_a_name(name), rules.a_scheme_is_named_once(name, taken))
        scheme = CallNumberScheme.objects.create(name=name, kind=CallNumberScheme.Kind(kind))
        audit.write(by=by, at=at, action="scheme.added", subject=f"scheme:{scheme.pk}", name=name)
    return scheme


def use_scheme(
    scheme: CallNumberScheme | None,
    *,
    node: Node | None,
    shelf: str = "",
    by: Actor,
    at: dt.datetime,
) -> None:
    """Let a scheme hold at a place; None lets the place follow the one above. Raises Refused."""
    shelf = shelf.strip()[:60]
    with transaction.atomic():
        require_cataloguing(by)
        refuse_first(rules.a_shelf_stands_in_a_branch(shelf, node is not None))
        SchemeUse.objects.filter(node=node, shelf=shelf).delete()
        if scheme is not None:
            SchemeUse.objects.create(scheme=scheme, node=node, shelf=shelf)
        audit.write(
            by=by, at=at, action="scheme.used", subject=f"scheme:{scheme.pk if scheme else 0}",
            place=node.code if node else "", shelf=shelf,
        )  # fmt: skip
