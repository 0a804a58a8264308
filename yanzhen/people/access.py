"""May this person? The one place where a missing permission becomes a sentence."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.models import Account
from yanzhen.people.roles import MANAGE_PEOPLE, Actor, unended_roles


def require(by: Actor, capability: str, node: Node | None = None) -> None:
    """Raise Refused `not-your-branch` or `no-permission` unless `by` may do this (there)."""
    if by.may(capability, node.path if node else None):
        return
    if node is not None and by.may(capability):
        raise Refused(
            "not-your-branch",
            _("这是%(branch)s的工作台，不归您管。") % {"branch": node.label},
            _("请回到您自己的工作台；如果您在这里帮忙，请总馆给您加上这里的岗位。"),
            status=403,
        )
    raise Refused(
        "no-permission",
        _("这件事不在您的岗位职责里。"),
        _("如果工作需要，请总馆馆长给您加上相应的岗位。"),
        status=403,
    )


def require_at_hub(by: Actor, capability: str) -> None:
    """For what is decided once for the whole county. Raises Refused."""
    require(by, capability, library_hub())


def may_at_hub(by: Actor, capability: str) -> bool:
    hub = library_hub()
    return hub is not None and by.may(capability, hub.path)


def library_hub() -> Node | None:
    return Node.objects.libraries().filter(parent=None).order_by("pk").first()


def require_over(by: Actor, account: Account, day: dt.date) -> None:
    """Raise Refused unless `by` manages people wherever this account holds a role, or will.

    Else a branch could take over the account of its own director. A role for the whole county
    is below whoever manages it all, or every hub.
    """
    for role in unended_roles(account, day).select_related("node__site"):
        if role.node is None and not _manages_the_county(by):
            raise Refused(
                "no-permission",
                _("这个帐号管着全区，不归您管。"),
                _("请总馆馆长办理。"),
                status=403,
            )
        require(by, MANAGE_PEOPLE, role.node)


def _manages_the_county(by: Actor) -> bool:
    hubs = Node.objects.filter(parent=None).values_list("path", flat=True)
    return by.may(MANAGE_PEOPLE, "") or (
        bool(hubs) and all(by.may(MANAGE_PEOPLE, path) for path in hubs)
    )
