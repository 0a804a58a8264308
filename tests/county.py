"""A small true county for tests: one hub, three town branches, a few shelves, a few readers.

Rows are made directly, so that a test of one package does not lean on another's use-cases.
"""

import datetime as dt
import itertools
from types import SimpleNamespace

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.circulation.models import LoanRule
from yanzhen.library.holdings import stock
from yanzhen.library.holdings.models import (
    Copy,
    FloatingGroup,
    FloatingMember,
    ItemKind,
    StockEvent,
)
from yanzhen.library.holds.models import HoldRule
from yanzhen.library.patrons.models import ReaderCard, ReaderCategory
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.network.models import Division, Node, OpeningHours, Site
from yanzhen.people.models import Account, Person, Role
from yanzhen.people.roles import Actor, Grant

TZ = dt.timezone(dt.timedelta(hours=8))
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=TZ)
LONG_AGO = dt.date(2020, 1, 1)
_serial = itertools.count(1)


def default_hold_rule() -> None:
    """The row a migration made; a test that empties the database takes it away."""
    HoldRule.objects.get_or_create(
        category=None, defaults={"max_holds": 5, "pickup_days": 7, "valid_from": LONG_AGO}
    )


def county() -> SimpleNamespace:
    """The network and its rules: `.hub`, `.zhonghe`, `.linjiang`, `.danshan`, `.adult`, `.book`."""
    district = Division.objects.create(code="512002", name="雁江区", kind="county")
    hub = _node("main-library", "雁江区图书馆", district, "library", None)
    towns = {
        slug: _node(
            slug,
            f"{name}分馆",
            Division.objects.create(code=code, name=name, kind="town", parent=district),
            "culture_station",
            hub,
        )
        for slug, name, code in (
            ("zhonghe", "中和镇", "512002106"),
            ("linjiang", "临江镇", "512002103"),
            ("danshan", "丹山镇", "512002107"),
        )
    }
    adult = ReaderCategory.objects.create(code="adult", name="成人", name_en="Adult")
    child = ReaderCategory.objects.create(code="child", name="少儿", name_en="Child")
    book = ItemKind.objects.create(code="book", name="图书", name_en="Book")
    rule = LoanRule.objects.create(
        loan_days=30, max_loans=10, max_renewals=1, lendable=True, valid_from=LONG_AGO,
        document="默认规则",
    )  # fmt: skip
    default_hold_rule()
    return SimpleNamespace(
        district=district, hub=hub, adult=adult, child=child, book=book, rule=rule, **towns
    )


def _node(code: str, name: str, division: Division, kind: str, parent: Node | None) -> Node:
    site = Site.objects.create(
        code=code, name=name, kind=kind, division=division, verification="demo"
    )
    node = Node.objects.create(
        code=code,
        name=name,
        short_name=name[:2],
        site=site,
        tree="library",
        level="branch" if parent else "hub",
        parent=parent,
        path=f"{parent.path}{code}." if parent else f"{code}.",
        status="open",
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(
            node=node, weekday=day, opens=dt.time(9), closes=dt.time(18), valid_from=LONG_AGO
        )
        for day in range(7)
    )
    return node


def person(name: str = "张小禾", *, born_on: dt.date | None = dt.date(1990, 5, 1)) -> Person:
    return Person.objects.create(name=name, name_folded=name, born_on=born_on, registered_at=MONDAY)


def reader(
    place, *, name: str = "张小禾", category=None, born_on=dt.date(1990, 5, 1)
) -> ReaderCard:
    """An active card of a new person."""
    return ReaderCard.objects.create(
        number=f"512002{next(_serial):08d}",
        person=person(name, born_on=born_on),
        category=category or place.adult,
        home_node=place.hub,
        status="active",
        issued_at=MONDAY,
    )


def bib(title: str = "红楼梦", **fields) -> BibRecord:
    return BibRecord.objects.create(
        **{
            "flavour": "cnmarc",
            "marc": "",
            "match_key": f"k{next(_serial)}",
            "title": title,
            "format": "book",
            "language": "zh",
            "created_at": MONDAY,
            "changed_at": MONDAY,
            **fields,
        }
    )


def copy(place, *, at: Node | None = None, title: BibRecord | None = None, **fields) -> Copy:
    """An available copy owned by, at home in, and standing in one branch (the hub by default),
    with the stock events that go with it."""
    node = at or place.hub
    made = Copy.objects.create(
        **{
            "barcode": f"YJ{next(_serial):08d}",
            "bib": title or bib(),
            "kind": place.book,
            "owning_node": node,
            "home_node": node,
            "current_node": node,
            "accessioned_on": LONG_AGO,
            **fields,
        }
    )
    StockEvent.objects.bulk_create(stock.opening_events([made], at=MONDAY, by_name="王馆员"))
    return made


def withdrawn(made: Copy) -> Copy:
    """The copy taken out of the stock by an approved list of its home."""
    proposal = WithdrawalList.objects.create(
        node=made.home_node, opened_at=MONDAY, opened_by="王馆员", submitted_at=MONDAY,
        submitted_by="王馆员",
    )  # fmt: skip
    WithdrawalLine.objects.create(
        list=proposal, copy=made, reason="outdated", added_at=MONDAY, added_by="王馆员",
        decision="approved", decided_at=MONDAY, decided_by="李馆长",
    )  # fmt: skip
    made.state = Copy.State.WITHDRAWN
    made.save(update_fields=["state"])
    by = Actor(account_id=2, person_id=2, name="李馆长")
    stock.record(made, stock.Kind.WITHDRAWN, by=by, at=MONDAY, document=proposal.number)
    return made


def floating_group(*nodes: Node, capacity: int = 50, **fields) -> FloatingGroup:
    """A group in force in which these branches keep what is handed in there."""
    group = FloatingGroup.objects.create(
        **{"name": f"浮动{next(_serial)}", "begins_on": LONG_AGO, **fields}
    )
    FloatingMember.objects.bulk_create(
        FloatingMember(group=group, node=node, capacity=capacity) for node in nodes
    )
    return group


def service_point(parent: Node, code: str, name: str) -> Node:
    """A village room without staff, below a branch."""
    village = Division.objects.create(
        code=f"{parent.site.division.code}{next(_serial):03d}"[:12],
        name=name,
        kind="village",
        parent=parent.site.division,
    )
    node = _node(code, name, village, "village_room", parent)
    node.level = "service_point"
    node.save()
    return node


def staff(node: Node, kind: str = "librarian", *, name: str = "王馆员") -> Actor:
    """A member of staff with one role at `node` and below; nothing is stored."""
    return Actor(account_id=1, person_id=1, name=name, grants=(Grant(kind, node.path, node.code),))


def account(username: str, node: Node, kind: str = "culture_officer") -> Account:
    """A stored staff account with the password `yanzhen-demo`."""
    made = Account(username=username, person=person(f"工作人员{username}"))
    made.set_password("yanzhen-demo")
    made.save()
    Role.objects.create(account=made, kind=kind, node=node, valid_from=LONG_AGO)
    return made
