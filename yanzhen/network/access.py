"""Who may change the network."""

from typing import Protocol

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node

MANAGE = "manage_network"


class Actor(Protocol):
    """Whoever acts, as the packages above know them."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    def may(self, capability: str, path: str | None = None) -> bool: ...


def require_manager(by: Actor, node: Node) -> None:
    """Raise Refused unless `by` may change this node."""
    if not by.may(MANAGE, node.path):
        raise Refused(
            "no-permission",
            _("“%(node)s”的开放时间不归您管。") % {"node": node.label},
            _("请把要改的时间告诉总馆馆长，由总馆来改。"),
            status=403,
        )
