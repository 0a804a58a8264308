"""What waits at the desks at the end: journeys, exceptions, lost copies."""

import datetime as dt
from collections.abc import Iterator

from yanzhen.demo.happenings import Volume
from yanzhen.demo.loans import DAY, Life
from yanzhen.demo.places import HUB
from yanzhen.library.circulation.models import ReturnException
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node

STRAYS = {"zhonghe": "baohe", "linjiang": "laojun"}  # handed in here, at home there
LOST = 3
State, Kind = Copy.State, ReturnException.Kind


def settle_desks(life: Life) -> list[ReturnException]:
    """Give every desk something to receive or to send; return the exceptions to be stored."""
    nodes = {node.code: node for node in life.houses.nodes}
    unused = _never_lent(life)
    exceptions = [_stray(life, next(unused[home]), nodes[found]) for found, home in STRAYS.items()]
    _lose(unused[HUB])
    busy = {node_id for t in life.transits if not t.ended_at for node_id in _ends(t)}
    for node in life.houses.nodes:
        idle = node.pk not in busy or node.code in STRAYS
        volume = next(unused[node.code], None) if idle and node.code != HUB else None
        if volume:  # a house of a dozen copies may have lent them all
            _deliver(life, volume, nodes[HUB])
    return [*exceptions, *_riddles(life, nodes)]


def _never_lent(life: Life) -> dict[str, Iterator[Volume]]:
    """House -> its copies that nobody has taken out yet, the newest first."""
    codes = {node.pk: node.code for node in life.houses.nodes}
    found: dict[str, list[Volume]] = {code: [] for code in codes.values()}
    for volume in sorted(life.volumes, key=lambda volume: volume.copy.accessioned_on, reverse=True):
        copy = volume.copy
        if not volume.lent and copy.for_loan and copy.state == State.AVAILABLE:
            found[codes[copy.home_node_id]].append(volume)
    return {code: iter(volumes) for code, volumes in found.items()}


def _last_moment(life: Life, node: Node, ago: int) -> dt.datetime:
    """A moment of the last open day before today."""
    houses = life.houses
    day = houses.day_before(node, houses.at.date() - ago * DAY)
    return houses.moment(node, day, life.rng)


def _stray(life: Life, volume: Volume, found_at: Node) -> ReturnException:
    """Handed in without a loan: taken in all the same, noted, and sent home (never refused)."""
    at = _last_moment(life, found_at, 1)
    volume.copy.revision += 1
    life.send(volume, found_at, volume.copy.home_node, at, Transit.Reason.HOME)
    return ReturnException(
        barcode=volume.copy.barcode, copy=volume.copy, kind=Kind.NOT_ON_LOAN, node=found_at,
        at=at, by_name=found_at.site.keeper,
    )  # fmt: skip


def _deliver(life: Life, volume: Volume, hub: Node) -> None:
    """A new book, catalogued at the main library, on its way to its branch 配送."""
    at = _last_moment(life, hub, 1)
    volume.copy.accessioned_on, volume.copy.revision = at.date(), 1
    life.send(volume, hub, volume.copy.home_node, at, Transit.Reason.DELIVERY)


def _lose(volumes: Iterator[Volume]) -> None:
    for _each in range(LOST):
        copy = next(volumes).copy
        copy.state, copy.revision = State.LOST, 1


def _riddles(life: Life, nodes: dict[str, Node]) -> Iterator[ReturnException]:
    """Barcodes nobody knows: two wait for an answer, one has it."""
    told = (
        ("zhonghe", "LZ00123456", 1, ""), (HUB, "9787020002207", 2, ""),
        ("danshan", "AY00004711", 12, "演示：外区图书，已退给读者"),
    )  # fmt: skip
    for code, barcode, ago, outcome in told:
        node = nodes[code]
        at = _last_moment(life, node, ago)
        yield ReturnException(
            barcode=barcode,
            kind=Kind.UNKNOWN,
            node=node,
            at=at,
            by_name=node.site.keeper,
            settled_at=at + dt.timedelta(minutes=9) if outcome else None,
            settled_by=node.site.keeper if outcome else "",
            outcome=outcome,
        )


def _ends(transit: Transit) -> tuple[int, int]:
    return transit.from_node_id, transit.to_node_id
