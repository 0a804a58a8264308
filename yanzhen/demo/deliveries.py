"""Books that move in numbers 演示: manifests, boxes in villages, a floating group, plans.

Made with the use-cases themselves, so the demo county can be in no state they do not allow.
"""

import datetime as dt

from yanzhen.demo.places import HUB
from yanzhen.library.holdings.models import Copy, FloatingGroup, FloatingMember
from yanzhen.library.rotation import (
    boxing,
    handing_over,
    packing,
    planning,
    proposing,
    queries,
    receiving,
)
from yanzhen.library.rotation.models import BookBox
from yanzhen.network.models import Node
from yanzhen.network.opening import calendar_of
from yanzhen.people.roles import Actor, Grant

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
BY = Actor(None, None, "演示", (Grant("director", "", ""),))
IN_A_BOX = 12
KEPT_BACK = "YJ13000001"  # the book of the first story


def make_deliveries(*, at: dt.datetime) -> None:
    """Set the county's crates and boxes going, as of this moment."""
    nodes = {node.code: node for node in Node.objects.libraries().serving()}
    _delivered(nodes, at)
    _manifests(nodes[HUB], at)
    _in_one_village(nodes, at)
    _from_village_to_village(nodes, at)
    group = FloatingGroup.objects.create(name="演示：丹山、中和互相浮动", begins_on=at.date() + DAY)
    FloatingMember.objects.bulk_create(
        FloatingMember(group=group, node=nodes[code], capacity=20_000)
        for code in ("danshan", "zhonghe")
    )
    proposing.propose(at_most=24, by=BY, at=at)


def _delivered(nodes: dict[str, Node], at: dt.datetime) -> None:
    """Twelve sent to 丹山 in two crates: eleven came, one is in dispute."""
    barcodes = _idle(nodes[HUB], 12)
    if len(barcodes) < 2:
        return
    day, came = at - 6 * DAY, _while_open(nodes["danshan"], at)
    manifest = packing.open_manifest(from_node=nodes[HUB], to_node=nodes["danshan"], by=BY, at=day)
    half = len(barcodes) // 2
    for number, barcode in enumerate(barcodes):
        if number == half:
            packing.add_crate(manifest_id=manifest.pk, by=BY, at=day)
        packing.pack(manifest_id=manifest.pk, barcode=barcode, by=BY, at=day,
                     note="演示：春耕实用书配送")  # fmt: skip
    handing_over.hand_over(manifest_id=manifest.pk, counted=len(barcodes), by=BY, at=day + HOUR)
    for barcode in barcodes[:-1]:
        receiving.receive(manifest_id=manifest.pk, barcode=barcode, by=BY, at=came)
    receiving.close(
        manifest_id=manifest.pk, confirmed=True, note="演示：开箱时少一本", by=BY, at=came
    )


def _manifests(hub: Node, at: dt.datetime) -> None:
    """One handed over, one still being packed."""
    for handed, way in zip((True, False), queries.directions_from(hub)[:2], strict=False):
        manifest = packing.open_manifest(from_node=hub, to_node=way.node, by=BY, at=at)
        listed = packing.gather(manifest_id=manifest.pk, by=BY, at=at)
        if handed:
            handing_over.hand_over(manifest_id=manifest.pk, counted=listed, by=BY, at=at)


def _in_one_village(nodes: dict[str, Node], at: dt.datetime) -> None:
    """A plan at its first stage: the box is on its way to a village of 中和."""
    box = _box(nodes["zhonghe"], "演示：中和少儿一号箱", at)
    if box:
        day = at.date()
        stages = [
            (_point_of(nodes, "zhonghe"), day, day + 60 * DAY),
            (nodes["linjiang"], day + 60 * DAY, day + 120 * DAY),
        ]
        plan = planning.make_plan(box=box, name="演示：半年轮换", stages=stages, by=BY, at=at)
        planning.carry_out(plan_id=plan.pk, by=BY, at=at)


def _from_village_to_village(nodes: dict[str, Node], at: dt.datetime) -> None:
    """A plan half way: two villages of 丹山 have had the box, the third gets it in four days."""
    begun = at - 56 * DAY
    box = _box(nodes["danshan"], "演示：丹山农技箱", begun)
    if not box:
        return
    first, day = begun.date(), at.date()
    stages = [
        (_point_of(nodes, "danshan"), first, first + 28 * DAY),
        (_point_of(nodes, "danshan", last=True), first + 28 * DAY, day + 4 * DAY),
        (nodes["zhonghe"], day + 4 * DAY, day + 32 * DAY),
    ]
    plan = planning.make_plan(box=box, name="演示：农技书巡回", stages=stages, by=BY, at=begun)
    for sent_at in (begun, begun + 28 * DAY):
        sent = planning.carry_out(plan_id=plan.pk, by=BY, at=sent_at)
        receiving.receive_whole(manifest_id=sent.manifest.pk, by=BY, at=sent_at + 3 * HOUR)


def _box(owner: Node, name: str, at: dt.datetime) -> BookBox | None:
    barcodes = _idle(owner, IN_A_BOX)
    if not barcodes:
        return None
    box = boxing.make_box(name=name, owner=owner, by=BY, at=at)
    for barcode in barcodes:
        boxing.put_in(box_id=box.pk, barcode=barcode, by=BY, at=at)
    return box


def _while_open(node: Node, at: dt.datetime) -> dt.datetime:
    """A moment of the last days before `at` at which somebody sits at that desk."""
    calendar = calendar_of(node.pk)
    days = (at.date() - n * DAY for n in range(1, 6))
    day = next(day for day in days if calendar.is_open_on(day))
    opens = calendar.spans_on(day)[0].opens
    return dt.datetime.combine(day, opens, at.tzinfo) + HOUR


def _idle(node: Node, number: int) -> list[str]:
    """Barcodes of what stands at home and never went anywhere: its past is free to be told."""
    copies = Copy.objects.filter(
        home_node=node, current_node=node, state=Copy.State.AVAILABLE, missing=False, loans=None,
        transits=None, box_spells=None, for_loan=True,
    ).exclude(barcode=KEPT_BACK)  # fmt: skip
    return list(copies.order_by("-pk").values_list("barcode", flat=True)[:number])


def _point_of(nodes: dict[str, Node], code: str, *, last: bool = False) -> Node:
    """A service point of a branch; the branch itself where it has none."""
    points = [
        node
        for node in nodes.values()
        if node.level == Node.Level.SERVICE_POINT and node.path.startswith(nodes[code].path)
    ]
    return points[-1 if last else 0] if points else nodes[code]
