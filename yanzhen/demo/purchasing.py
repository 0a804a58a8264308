"""A year of purchasing in the demo county: funds, suppliers, orders in every state, wishes."""

import datetime as dt

from yanzhen.demo.places import HUB
from yanzhen.groundwork.clock import local_day
from yanzhen.library.acquisitions import (
    claiming,
    funding,
    gathering,
    ordering,
    paying,
    phasing,
    receiving,
    wishing,
)
from yanzhen.library.acquisitions.described import Title, of_bib
from yanzhen.library.acquisitions.models import Fund, Order, Supplier
from yanzhen.library.acquisitions.receiving import Came
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.network.models import Node
from yanzhen.people.models import Account
from yanzhen.people.roles import Actor, actor_of

COMING = Title("柑橘修剪手册（演示）", "演示编写组", "演示出版社", 2026)
GONE = Title("沱江老照片（演示）", "演示编写组", "演示出版社", 2019)
DRAFTED = Title("村晚节目一百例（演示）", "演示编写组", "演示出版社", 2026)
WISHED = Title("老年人防诈骗图解（演示）", "演示编写组", "演示出版社", 2026)
SUGGESTED = Title("乡村养蜂入门（演示）", "演示编写组", "演示出版社", 2024)
DECLINED = Title("某网络小说全集（演示）", "演示作者", "", 2023)
PHASES = (
    ("上半年（演示）", (6, 30), 30_000, "演示：每个分馆添 50 册新书"),
    ("下半年（演示）", (12, 31), 30_000, "演示：每个分馆再添 50 册，少儿书占三成"),
)


class Buying:
    """Headquarters and two towns at work; every step goes through the use-cases."""

    def __init__(self, at: dt.datetime):
        self.at = at
        self.by = self._actor("librarian")
        self.hub = Node.objects.get(code=HUB)
        self.towns = {code: Node.objects.get(code=code) for code in ("zhonghe", "danshan")}

    def _actor(self, username: str) -> Actor:
        return actor_of(Account.objects.get(username=username), on=local_day(self.at))

    def ago(self, days: int) -> dict:
        return {"by": self.by, "at": self.at - dt.timedelta(days=days)}

    def live(self) -> None:
        books, gift = self._funds()
        shop, other = self._suppliers()
        self._received(books, shop)
        self._awaited(books, other)
        self._wishes(gift, shop)

    def _funds(self) -> tuple[Fund, Fund]:
        made: list[Fund] = []
        for name, source, purpose, yuan in (
            ("购书经费（演示）", "district", "总馆和分馆新书", 60_000),
            ("捐赠购书款（演示）", "society", "乡镇分馆实用技术书", 5_000),
        ):
            fund = funding.open_fund(
                name=name, source=source, year=self.at.year, purpose=purpose, **self.ago(90)
            )
            funding.appropriate(
                fund.pk, fen=yuan * 100, voucher=f"演示拨-{len(made) + 1}", **self.ago(90)
            )
            made.append(fund)
        for name, until, yuan, target in PHASES:
            phasing.plan_phase(
                fund=made[0], name=name, until_day=dt.date(self.at.year, *until), fen=yuan * 100,
                target=target, **self.ago(90),
            )  # fmt: skip
        return made[0], made[1]

    def _suppliers(self) -> tuple[Supplier, Supplier]:
        shop = funding.add_supplier(name="演示馆配书店", contact="演示联系人", **self.ago(89))
        other = funding.add_supplier(name="演示新华书店", **self.ago(89))
        today = local_day(self.at)
        funding.add_contract(
            supplier=shop, number="演示馆配合同-1", discount=7500,
            valid_from=today - dt.timedelta(days=120), valid_to=today + dt.timedelta(days=245),
            **self.ago(89),
        )  # fmt: skip
        return shop, other

    def _order(self, supplier: Supplier, days: int) -> Order:
        return ordering.open_order(
            supplier=supplier, contract=supplier.contracts.first(),
            due_on=local_day(self.at) - dt.timedelta(days=days - 30), **self.ago(days),
        )  # fmt: skip

    def _line(self, order: Order, title: Title, fund: Fund, fen: int, days: int, **shares: int):
        nodes = {"hub": self.hub, **self.towns}
        return ordering.add_line(
            order.pk, title, fund=fund, list_fen=fen,
            shares={nodes[name].pk: count for name, count in shares.items()},
            extra=[self.hub.pk], **self.ago(days),
        )  # fmt: skip

    def _received(self, fund: Fund, supplier: Supplier) -> None:
        """Ordered, come and paid: more copies of a title the main library has."""
        more = of_bib(BibRecord.objects.order_by("pk")[0])
        order = self._order(supplier, 80)
        line = self._line(order, more, fund, 4800, 80, hub=2)
        ordering.place(order.pk, **self.ago(79))
        receiving.receive(
            line.pk, {line.allocations.get().pk: Came(2)},
            barcodes=["YJ99000001", "YJ99000002"], kind=ItemKind.objects.get(code="book"),
            call_number=Copy.objects.filter(bib=line.bib_id)[0].call_number,
            at_node=self.hub, **self.ago(50),
        )  # fmt: skip
        paying.book_invoice(
            order.pk, {line.pk: (2, 2 * line.unit_fen)}, number="演示发票-1", voucher="演示记-12",
            day=local_day(self.at) - dt.timedelta(days=48), **self.ago(48),
        )  # fmt: skip

    def _awaited(self, fund: Fund, supplier: Supplier) -> None:
        """Late, partly come and claimed; one title is out of print; and one order cancelled."""
        order = self._order(supplier, 70)
        late = self._line(order, COMING, fund, 3600, 70, hub=1, zhonghe=1, danshan=1)
        part = self._line(order, of_bib(BibRecord.objects.order_by("pk")[1]), fund, 4200, 70, hub=2)
        gone = self._line(order, GONE, fund, 12800, 70, hub=1)
        ordering.place(order.pk, **self.ago(69))
        receiving.receive(
            part.pk, {part.allocations.get(node=self.hub).pk: Came(1)}, barcodes=["YJ99000003"],
            kind=ItemKind.objects.get(code="book"),
            call_number=Copy.objects.filter(bib=part.bib_id)[0].call_number,
            at_node=self.hub, **self.ago(12),
        )  # fmt: skip
        claiming.claim(late.pk, note="演示：书商说下周发货", **self.ago(5))
        receiving.give_up(gone.pk, reason="out_of_print", **self.ago(5))
        dropped = self._order(supplier, 30)
        ordering.cancel(dropped.pk, reason="演示：改从馆配书店订", **self.ago(29))

    def _wishes(self, fund: Fund, supplier: Supplier) -> None:
        """Some gathered into a draft, some waiting, one declined, one of a reader."""
        made = [self._wish(DRAFTED, code) for code in self.towns]
        order = self._order(supplier, 6)
        gathering.gather([w.pk for w in made], order_id=order.pk, fund=fund, **self.ago(6))
        for code in self.towns:
            self._wish(WISHED, code)
        self._suggest("reader", SUGGESTED)
        declined = self._suggest("elder", DECLINED)
        wishing.decline(declined.pk, answer="演示：馆里有电子版，请到前台问", **self.ago(2))

    def _wish(self, title: Title, code: str):
        by = self._actor(code)
        at = self.at - dt.timedelta(days=8)
        return wishing.wish(title, node=self.towns[code], by=by, at=at)

    def _suggest(self, username: str, title: Title):
        account = Account.objects.get(username=username)
        return wishing.suggest(
            title, person=account.person, node=self.hub, by=self._actor(username),
            at=self.at - dt.timedelta(days=4),
        )  # fmt: skip
