"""What keeping a stock leaves lying about 演示: lists of withdrawal, a count, something to settle.

Made with the use-cases themselves; 中和 has one of each, so that its desk shows them all.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from yanzhen.demo.places import HUB
from yanzhen.groundwork.text.clc import sort_key
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.overtaking import note_overtaken
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings import disputing, flagging
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import arriving_at
from yanzhen.library.rotation.queries import listed
from yanzhen.library.stocktaking import counting
from yanzhen.library.stocktaking.queries import expected_by
from yanzhen.library.withdrawal import deciding, proposing
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor, Grant

DAY = dt.timedelta(days=1)
KEPT_BACK = "YJ13000001"  # the book of the first story
APPROVED, WAITING, STILL_OPEN = 6, 8, 3
DIRECTOR = Actor(None, None, "演示馆长", (Grant("director", "", ""),))
Reason = WithdrawalLine.Reason


def make_upkeep(at: dt.datetime) -> None:
    """Care for the stock as of the moment `at`; wants stock, loans, deliveries and holds."""
    nodes = {node.code: node for node in Node.objects.libraries().serving()}
    hub, zhonghe, danshan = nodes[HUB], nodes["zhonghe"], nodes["danshan"]
    _withdrawals(hub, zhonghe, danshan, at)
    _count(zhonghe, at)
    _to_settle(hub, zhonghe, at)


def _withdrawals(hub: Node, zhonghe: Node, danshan: Node, at: dt.datetime) -> None:
    """One approved, one waiting for the main library, one still being made."""
    gone = _list(hub, APPROVED, "演示：总馆旧书清理", at - 2 * DAY)
    if gone:
        lines = list(gone.lines.values_list("pk", flat=True))
        deciding.approve(list_id=gone.pk, line_ids=lines, by=DIRECTOR, at=at - DAY)
    _list(zhonghe, WAITING, "演示：中和架上清理", at - DAY)
    _list(danshan, STILL_OPEN, "演示：丹山，还在挑", at, submitted=False)


def _list(
    node: Node, number: int, note: str, at: dt.datetime, *, submitted: bool = True
) -> WithdrawalList | None:
    """None for a house of a dozen copies that are all in use."""
    by, copies = _desk(node), list(_untouched(node, number))
    if not copies:
        return None
    made = proposing.open_list(node=node, note=note, by=by, at=at)
    reasons = (Reason.OUTDATED, Reason.UNUSED, Reason.DAMAGED, Reason.DUPLICATE)
    for serial, copy in enumerate(copies):
        proposing.add_scanned(
            list_id=made.pk, barcode=copy.barcode, reason=reasons[serial % len(reasons)], by=by,
            at=at,
        )  # fmt: skip
    return proposing.submit(list_id=made.pk, by=by, at=at) if submitted else made


def _untouched(node: Node, number: int, **more) -> Iterator[Copy]:
    """Copies nobody borrows, sends or waits for, the oldest first."""
    idle = Copy.objects.filter(
        home_node=node, current_node=node, state=Copy.State.AVAILABLE, loans=None,
        transits=None, holds=None, wishes=None, targeted_by=None, missing=False,
        withdrawal_lines=None, **more,
    )  # fmt: skip
    yield from idle.exclude(barcode=KEPT_BACK).order_by("accessioned_on", "pk")[:number]


def _count(node: Node, at: dt.datetime) -> None:
    """A count of the literature, two thirds done this morning, with a stray and a riddle."""
    by, began = _desk(node), at - DAY / 8
    here = Copy.objects.filter(home_node=node, current_node=node, state=Copy.State.AVAILABLE)
    if not here.filter(call_number_key__startswith=sort_key("I")).exists():
        return
    count = counting.open_count(node=node, call_from="I", call_to="I", by=by, at=began)
    shelf = expected_by(count).order_by("call_number_key", "barcode")
    barcodes = list(shelf.values_list("barcode", flat=True))
    stray = Copy.objects.exclude(home_node=node).filter(state=Copy.State.LOST).first()
    seen = [*barcodes[: len(barcodes) * 2 // 3], "LZ00987654", *([stray.barcode] if stray else [])]
    for number, barcode in enumerate(seen):
        when = began + dt.timedelta(seconds=4 * number)
        counting.record_scan(count_id=count.pk, barcode=barcode, by=by, at=when)


def _to_settle(hub: Node, zhonghe: Node, at: dt.datetime) -> None:
    """A lost copy and a withdrawn one handed in, a machine's return that came too late, a journey
    in dispute, a torn book to be mended."""
    for state in (Copy.State.LOST, Copy.State.WITHDRAWN):
        copy = Copy.objects.filter(state=state).order_by("-pk").first()
        if copy:
            take_back(barcode=copy.barcode, node=zhonghe, by=_desk(zhonghe), at=at - DAY / 6)
    _too_late(zhonghe, at - DAY / 7)
    loose = arriving_at(zhonghe).filter(~listed(), copy__in_dispute=False)
    for journey in loose.exclude(copy__barcode=KEPT_BACK).order_by("sent_at")[:1]:
        disputing.dispute(copy_id=journey.copy_id, by=_desk(zhonghe), at=at - DAY / 12)
    for copy in _untouched(zhonghe, 1, damaged=False):
        told = {"copy_id": copy.pk, "note": "书脊开裂，散页", "by": _desk(zhonghe)}
        flagging.send_to_repair(at=at - DAY / 10, **told)


def _too_late(node: Node, at: dt.datetime) -> None:
    """A return a machine took while it was cut off; meanwhile the book had been lent again."""
    loan = Loan.objects.open().filter(lent_node=node).select_related("copy").order_by("pk").last()
    if loan:
        note_overtaken(
            barcode=loan.copy.barcode, copy=loan.copy, card_number="",
            note="演示：断网时还的，之后又借出了，没有改动现在的借阅。书如果在馆里，请在借还页扫一次。",
            node=node, by=replace(_desk(node), name="中和自助机（演示）"), at=at,
        )  # fmt: skip


def _desk(node: Node) -> Actor:
    """The keeper of the house, at its desk."""
    grant = Grant("culture_officer", node.path, node.code)
    return Actor(None, None, node.site.keeper or "演示馆员", (grant,))
