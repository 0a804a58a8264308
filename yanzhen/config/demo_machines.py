"""Two self-service machines for the demo county, one in each of two charsets."""

import datetime as dt

from yanzhen.demo.accounts import PASSWORD
from yanzhen.demo.places import HUB
from yanzhen.doors.sip2.models import OfflineDeed, Terminal
from yanzhen.doors.sip2.terminals import add_terminal
from yanzhen.library.circulation.models import Loan
from yanzhen.network.models import Node
from yanzhen.people.models import Role
from yanzhen.people.roles import Actor, Grant

MACHINES = (("sip-hub", HUB, "gb18030", "总馆自助机（演示）"),
            ("sip-zhonghe", "zhonghe", "utf-8", "中和自助机（演示）"))  # fmt: skip


def make_machines(at: dt.datetime) -> None:
    """Give the main library and 中和 a machine each."""
    by = Actor(None, None, "演示", (Grant(Role.Kind.DIRECTOR, "", ""),))
    for account, code, charset, name in MACHINES:
        node = Node.objects.get(code=code)
        add_terminal(account, PASSWORD, node=node, by=by, at=at, charset=charset, name=name)
    _conflict(at)


def _conflict(at: dt.datetime) -> None:
    """A return the machine in 中和 took while it was cut off, of a copy that is on loan again."""
    machine = Terminal.objects.get(account="sip-zhonghe")
    loan = Loan.objects.open().filter(lent_node=machine.node).order_by("-lent_at").first()
    if loan:
        OfflineDeed.objects.create(
            terminal=machine, key="demo", code="09", barcode=loan.copy.barcode,
            done_at=loan.lent_at - dt.timedelta(hours=1), received_at=at,
            trouble="还书之后这本书又借出了，没有改动现在的借阅。",
        )  # fmt: skip


def machines_text() -> str:
    """The demo machines in lines for a terminal; empty where they were never loaded."""
    names = [account for account, *_rest in MACHINES]
    rows = Terminal.objects.filter(account__in=names).order_by("account")
    lines = [f"  {row.account:<20} {row.name}，SIP2，{row.charset}" for row in rows]
    return "".join(f"\n{line}" for line in lines)
