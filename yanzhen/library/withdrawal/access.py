"""Who may propose and who may decide."""

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import COUNT_STOCK, WITHDRAW_STOCK, Actor


def require_proposing(by: Actor, node: Node) -> None:
    """Whoever counts a branch's stock proposes for it; raises Refused."""
    require(by, COUNT_STOCK, node)


def require_deciding(by: Actor, node: Node) -> None:
    """The main library decides; raises Refused."""
    require(by, WITHDRAW_STOCK, node)


def locked_list(list_id: int) -> WithdrawalList:
    """The list, kept to this transaction. Raises Refused."""
    WithdrawalList.objects.select_for_update().filter(pk=list_id).first()
    found = WithdrawalList.objects.select_related("node").filter(pk=list_id).first()
    if found is None:
        raise Refused(
            "list-unknown", _("没有找到这份清单。"), _("请回到剔旧页再选一次。"), status=404
        )
    return found


def known_line(line_id: int) -> WithdrawalLine:
    line = WithdrawalLine.objects.select_related("list__node").filter(pk=line_id).first()
    if line is None:
        raise Refused("line-unknown", _("清单上没有这一册。"), _("请刷新页面再看看。"), status=404)
    return line
