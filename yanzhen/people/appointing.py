"""Giving somebody a duty at a node and ending it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.models import Account, Role
from yanzhen.people.roles import MANAGE_PEOPLE, Actor


def give_role(
    account: Account,
    kind: str,
    node: Node | None,
    *,
    by: Actor,
    at: dt.datetime,
    valid_to: dt.date | None = None,
) -> Role:
    """Give a role from today on (None: for the whole county). Raises Refused."""
    with transaction.atomic():
        _require_managing(by, node)
        held = Role.objects.filter(account=account, kind=kind, node=node, valid_to=None)
        if held.exists():
            raise Refused(
                "role-held", _("这个岗位已经给过了。"), _("要改期限，请先结束现在的岗位再重新给。")
            )
        role = Role.objects.create(
            account=account,
            kind=Role.Kind(kind),
            node=node,
            valid_from=local_day(at),
            valid_to=valid_to,
        )
        _write(role, "role.given", by, at)
    return role


def end_role(role: Role, *, by: Actor, at: dt.datetime) -> None:
    """End a role at once: yesterday becomes its last day. Ending it twice changes nothing."""
    with transaction.atomic():
        _require_managing(by, role.node)
        yesterday = local_day(at) - dt.timedelta(days=1)
        open_role = Role.objects.filter(pk=role.pk).exclude(valid_to__lte=yesterday)
        if open_role.update(valid_to=yesterday):
            _write(role, "role.ended", by, at)


def _require_managing(by: Actor, node: Node | None) -> None:
    """A role for the whole county is given only by somebody who answers for the whole county."""
    if node is None and not by.may(MANAGE_PEOPLE, ""):
        raise Refused(
            "no-permission",
            _("全区的岗位只能由管全区的人来给。"),
            _("请选一个分馆，或请总馆馆长办理。"),
            status=403,
        )
    require(by, MANAGE_PEOPLE, node)


def _write(role: Role, action: str, by: Actor, at: dt.datetime) -> None:
    audit.write(
        by=by,
        at=at,
        action=action,
        subject=f"account:{role.account_id}",
        place=role.node.code if role.node else "",
        kind=role.kind,
    )
