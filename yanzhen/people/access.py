"""May this person? The one place where a missing permission becomes a sentence."""

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


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
