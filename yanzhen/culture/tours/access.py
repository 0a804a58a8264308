"""Who may do what with the menu, with orders and with runs."""

from django.utils.translation import gettext as _

from yanzhen.culture.tours.models import MenuOrder, TourRun
from yanzhen.culture.tours.numbers import fits, id_of
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.models import Role
from yanzhen.people.roles import BOOK_FOR_OTHERS, PLAN_ACTIVITIES, Actor, Grant

# Who ordered without an account. What they cancel gives the van and the troupe back, so this hand
# may release claims anywhere; it is only ever used behind the order's own code.
REQUESTER = Actor(None, None, "点单单位", grants=(Grant(Role.Kind.CULTURE_CADRE, "", ""),))
VISITOR = Actor(None, None, "点单单位")


def at_headquarters(by: Actor) -> bool:
    """Whether `by` plans for the whole county: at a hub of either tree."""
    hubs = Node.objects.filter(level=Node.Level.HUB).values_list("path", flat=True)
    return any(by.may(PLAN_ACTIVITIES, path) for path in hubs)


def may_plan(by: Actor, node: Node) -> bool:
    return by.may(PLAN_ACTIVITIES, node.path) or at_headquarters(by)


def require_planning(by: Actor, node: Node) -> None:
    """The menu, the orders and the runs of a node are its own, or headquarters'. Raises Refused."""
    if not at_headquarters(by):
        require(by, PLAN_ACTIVITIES, node)


def require_ordering(by: Actor, channel: str) -> None:
    """On the web anybody orders; for somebody else only staff who do so. Raises Refused."""
    if channel != MenuOrder.Channel.WEB:
        require(by, BOOK_FOR_OTHERS)


def with_code(number: str, code: str) -> MenuOrder:
    """The order behind a number and its code. Raises Refused, not saying which of them is wrong."""
    order_id = id_of(number)
    if order_id is None or not fits(order_id, code):
        raise order_unknown()
    orders = MenuOrder.objects.select_related("item__node", "requester__town")
    order = orders.filter(pk=order_id).first()
    if order is None:
        raise order_unknown()
    return order


def order_unknown() -> Refused:
    return Refused(
        "order-unknown",
        _("没有找到这一单。"),
        _("请核对六位单号和查询码；找不到了就打电话，报单位名字也能查。"),
        status=404,
    )


def locked_run(run_id: int) -> TourRun:
    """The run, kept to this transaction. Raises Refused."""
    # Of what may be missing in a join nothing is locked: only the run itself.
    run = TourRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise Refused("run-unknown", _("没有找到这一趟。"), _("请刷新页面，再选一次。"), status=404)
    return run


def locked_order(order_id: int) -> MenuOrder:
    """The order, kept to this transaction. Raises Refused."""
    order = MenuOrder.objects.select_for_update(no_key=True).filter(pk=order_id).first()
    if order is None:
        raise order_unknown()
    return order
