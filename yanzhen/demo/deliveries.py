"""Books that move in numbers 演示: manifests, a box in a village, a floating group, a plan.

Made with the use-cases themselves, so the demo county can be in no state they do not allow.
"""

import datetime as dt

from yanzhen.demo.places import HUB
from yanzhen.library.holdings.models import Copy, FloatingGroup, FloatingMember
from yanzhen.library.rotation import boxing, handing_over, packing, planning, queries
from yanzhen.library.rotation.models import BoxCopy
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor, Grant

DAY = dt.timedelta(days=1)
BY = Actor(None, None, "演示", (Grant("director", "", ""),))
IN_A_BOX = 12
KEPT_BACK = "YJ13000001"  # the book of the first story


def make_deliveries(*, at: dt.datetime) -> None:
    """Set the county's crates and boxes going, as of this moment."""
    nodes = {node.code: node for node in Node.objects.libraries().serving()}
    _manifests(nodes[HUB], at)
    box = _box(nodes["zhonghe"], at)
    if box:
        _send_to_a_village(box, nodes, at)
    group = FloatingGroup.objects.create(name="演示：丹山、中和互相浮动", begins_on=at.date() + DAY)
    FloatingMember.objects.bulk_create(
        FloatingMember(group=group, node=nodes[code], capacity=20_000)
        for code in ("danshan", "zhonghe")
    )


def _manifests(hub: Node, at: dt.datetime) -> None:
    """One handed over, one still being packed."""
    for handed, way in zip((True, False), queries.directions_from(hub)[:2], strict=False):
        manifest = packing.open_manifest(from_node=hub, to_node=way.node, by=BY, at=at)
        listed = packing.gather(manifest_id=manifest.pk, by=BY, at=at)
        if handed:
            handing_over.hand_over(manifest_id=manifest.pk, counted=listed, by=BY, at=at)


def _box(owner: Node, at: dt.datetime):
    copies = Copy.objects.filter(
        home_node=owner, current_node=owner, state=Copy.State.AVAILABLE, missing=False
    ).exclude(barcode=KEPT_BACK)
    barcodes = list(copies.order_by("-pk").values_list("barcode", flat=True)[:IN_A_BOX])
    if not barcodes:
        return None
    box = boxing.make_box(name="演示：中和少儿一号箱", owner=owner, by=BY, at=at)
    for barcode in barcodes:
        boxing.put_in(box_id=box.pk, barcode=barcode, by=BY, at=at)
    assert BoxCopy.objects.filter(box=box).exists()
    return box


def _send_to_a_village(box, nodes: dict[str, Node], at: dt.datetime) -> None:
    """The first stage of a plan leads to a village of the branch, if it has one."""
    points = [
        node
        for node in nodes.values()
        if node.level == Node.Level.SERVICE_POINT and node.path.startswith(box.owner.path)
    ]
    first = points[0] if points else nodes["danshan"]
    day = at.date()
    stages = [(first, day, day + 60 * DAY), (nodes["linjiang"], day + 60 * DAY, day + 120 * DAY)]
    plan = planning.make_plan(box=box, name="演示：半年轮换", stages=stages, by=BY, at=at)
    planning.carry_out(plan_id=plan.pk, by=BY, at=at)
