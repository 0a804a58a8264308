"""Book boxes: what is in them, and sending one as a whole to its next place."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.holdings import moving, travelling
from yanzhen.library.holdings.models import Copy, MoveDocument, Transit
from yanzhen.library.holdings.queries import copy_scanned, locked_copy
from yanzhen.library.rotation import access, handing_over, rules
from yanzhen.library.rotation.models import (
    BookBox,
    BoxCopy,
    BoxStay,
    Crate,
    Manifest,
    ManifestLine,
    RotationStage,
)
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


@dataclass
class Sent:
    """A box on its way: the manifest it travels on, and what of it did not come along."""

    manifest: Manifest
    left_behind: list[Copy] = field(default_factory=list)


def make_box(*, name: str, owner: Node, by: Actor, at: dt.datetime) -> BookBox:
    """A new empty box of a branch, with a label of its own. Raises Refused."""
    name = name.strip()[:60]
    if not name:
        raise Refused("box-nameless", _("请给箱子起个名字。"), _("例如“少儿一号箱”。"))
    with transaction.atomic():
        box = BookBox(name=name, owner=owner, made_at=at, made_by=by.name)
        access.require_box(by, box)
        box.label = f"new-{at.timestamp():.6f}"[:20]
        box.save()
        box.label = f"TX{box.pk:05d}"
        box.save(update_fields=["label"])
        _note("box.made", box, by, at, name=name)
    return box


def put_in(*, box_id: int, barcode: str, by: Actor, at: dt.datetime) -> BoxCopy:
    """Scan a copy of the branch into its box, while the box stands at home. Raises Refused."""
    with transaction.atomic():
        box = box_locked(box_id)
        access.require_box(by, box)
        found = copy_scanned(barcode, box.owner)
        copy = locked_copy(found.pk) if found else None
        at_home = copy is not None and (copy.home_node_id, copy.current_node_id) == (
            (box.owner_id, box.owner_id)
        )
        taken = copy is not None and BoxCopy.objects.filter(copy=copy, removed_at=None).exists()
        refuse_first(
            rules.only_a_copy_on_its_own_shelf_goes_into_a_box(
                at_home and copy is not None and copy.state == Copy.State.AVAILABLE, taken
            )
        )
        assert copy is not None  # the rule has said so
        row = BoxCopy.objects.create(box=box, copy=copy, added_at=at, added_by=by.name)
        _note("box.filled", box, by, at, copy=row.copy_id)
    return row


def take_out(*, box_id: int, copy_id: int, by: Actor, at: dt.datetime) -> None:
    """The copy is no longer part of the box. Where it belongs does not change."""
    with transaction.atomic():
        box = box_locked(box_id)
        access.require_box(by, box)
        box.contents.filter(copy=copy_id, removed_at=None).update(removed_at=at, removed_by=by.name)
        _note("box.emptied", box, by, at, copy=copy_id)


def send_box(
    *,
    box_id: int,
    to_node: Node,
    due_on: dt.date | None = None,
    stage: RotationStage | None = None,
    by: Actor,
    at: dt.datetime,
) -> Sent:
    """Send a box from where it stands to a service point, the next stage, or home.

    The copies that stand where the box stands travel on one manifest, handed over at once; their
    home, and that of what readers have, becomes the new place by a move document. What is on
    another journey keeps to it. Raises Refused.
    """
    with transaction.atomic():
        box = box_locked(box_id)
        stay = box.stays.filter(ended_at=None).select_related("node", "manifest").first()
        from_node = stay.node if stay else box.owner
        goes_home = to_node.pk == box.owner_id
        access.require_box_to(by, box, to_node)
        ready, away, left = _contents(box, from_node)
        refuse_first(
            rules.a_box_goes_somewhere_else(from_node.pk == to_node.pk),
            rules.a_box_arrives_before_it_goes_on(
                stay is not None and stay.manifest.closed_at is None
            ),
            None if goes_home else rules.a_stay_has_a_day_of_return(due_on, local_day(at)),
            rules.an_empty_box_does_not_travel(len(ready)),
        )
        manifest = _travel(box, from_node, to_node, ready, away, by, at)
        if stay:
            stay.ended_at, stay.back = at, manifest
            stay.save(update_fields=["ended_at", "back"])
        if not goes_home and due_on is not None:
            BoxStay.objects.create(
                box=box, node=to_node, manifest=manifest, stage=stage, began_at=at, due_on=due_on
            )
        _note("box.sent", box, by, at, to=to_node.code, copies=len(ready))
    return Sent(manifest, [*away, *left])


def box_locked(box_id: int) -> BookBox:
    """The box, kept from others until the end of this transaction. Raises Refused."""
    box = BookBox.objects.select_for_update().filter(pk=box_id).first()
    if box is None:
        raise Refused("box-unknown", _("没有找到这只箱子。"), _("请看一下箱号。"), status=404)
    return BookBox.objects.select_related("owner").get(pk=box_id)


def _contents(box: BookBox, at_node: Node) -> tuple[list[Copy], list[Copy], list[Copy]]:
    """What can travel, what readers have, and what is somewhere else, in the order of ids."""
    ids = box.contents.filter(removed_at=None).values_list("copy_id", flat=True)
    copies = [locked_copy(each) for each in sorted(ids)]
    here = {each.pk for each in copies if each.current_node_id == at_node.pk}
    ready = [c for c in copies if c.state == Copy.State.AVAILABLE and c.pk in here]
    away = [c for c in copies if c.state == Copy.State.ON_LOAN]
    return ready, away, [c for c in copies if c not in ready and c not in away]


def _travel(
    box: BookBox,
    from_node: Node,
    to_node: Node,
    ready: list[Copy],
    away: list[Copy],
    by: Actor,
    at: dt.datetime,
) -> Manifest:
    document = moving.open_document(
        reason=MoveDocument.Reason.BOX, note=f"{box.name} {box.label}", by=by, at=at
    )
    manifest = Manifest.objects.create(
        from_node=from_node, to_node=to_node, document=document, opened_at=at, opened_by=by.name
    )
    crate = Crate.objects.create(manifest=manifest, position=1)
    for copy in [*ready, *away]:
        moving.move_home(copy, to_node, document=document, by=by, at=at)
        if copy in ready:
            journey = travelling.begin(
                copy,
                from_node=from_node,
                to_node=to_node,
                reason=Transit.Reason.ROTATION,
                by=by,
                at=at,
            )
            ManifestLine.objects.create(
                manifest=manifest,
                crate=crate,
                copy=copy,
                transit=journey,
                packed_at=at,
                packed_by=by.name,
            )
        travelling.save_place(copy)
    handing_over.settle(manifest, len(ready), by=by, at=at)
    return manifest


def _note(action: str, box: BookBox, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"box:{box.pk}", place=box.owner.code, **detail
    )
