"""Packing a manifest: opening it, filling its crates by scan, taking out what does not go."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings import moving, travelling
from yanzhen.library.holdings.models import Copy, MoveDocument, Transit
from yanzhen.library.holdings.queries import copy_scanned, journey_of, locked_copy
from yanzhen.library.rotation import access, rules
from yanzhen.library.rotation.models import Crate, Manifest, ManifestLine
from yanzhen.library.rotation.queries import line_of_journey, loose_journeys, manifest_locked
from yanzhen.network.models import Node
from yanzhen.people.roles import MOVE_STOCK, Actor


@dataclass(frozen=True)
class Packed:
    """A copy that went into a crate; `moves_home` when from now on it belongs to the other end."""

    line: ManifestLine
    moves_home: bool


def open_manifest(*, from_node: Node, to_node: Node, by: Actor, at: dt.datetime) -> Manifest:
    """Begin a handing over, with its first crate. Raises Refused."""
    refuse_first(rules.a_manifest_goes_between_two_nodes(from_node.pk == to_node.pk))
    with transaction.atomic():
        manifest = Manifest(from_node=from_node, to_node=to_node, opened_at=at, opened_by=by.name)
        access.require_packing(by, manifest)
        manifest.save()
        Crate.objects.create(manifest=manifest, position=1)
        _note("manifest.opened", manifest, by, at, to=to_node.code)
    return manifest


def add_crate(*, manifest_id: int, by: Actor, at: dt.datetime) -> Crate:
    """One more crate: what is scanned next goes into it. Raises Refused."""
    with transaction.atomic():
        manifest = _being_packed(manifest_id, by)
        last = manifest.crates.aggregate(last=Max("position"))["last"] or 0
        crate = Crate.objects.create(manifest=manifest, position=last + 1)
        _note("manifest.crate_added", manifest, by, at, crate=crate.position)
    return crate


def gather(*, manifest_id: int, by: Actor, at: dt.datetime) -> int:
    """List all loose journeys of this direction; return how many were added. Raises Refused."""
    with transaction.atomic():
        manifest = _being_packed(manifest_id, by)
        crate = _last_crate(manifest)
        lines = [
            ManifestLine(
                manifest=manifest,
                crate=crate,
                copy_id=journey.copy_id,
                transit=journey,
                packed_at=at,
                packed_by=by.name,
            )
            for journey in loose_journeys(manifest.from_node, manifest.to_node)
        ]
        ManifestLine.objects.bulk_create(lines)
        _note("manifest.gathered", manifest, by, at, lines=len(lines))
    return len(lines)


def pack(*, manifest_id: int, barcode: str, note: str = "", by: Actor, at: dt.datetime) -> Packed:
    """Put the scanned copy into the last crate.

    What is already on its way there is listed; what belongs there sets out now; what belongs here
    is moved there by whoever may move stock (配送), on a document of the manifest with this `note`.
    Raises Refused.
    """
    with transaction.atomic():
        manifest = _being_packed(manifest_id, by)
        found = copy_scanned(barcode, manifest.from_node)
        copy = locked_copy(found.pk) if found else None
        journey = journey_of(copy) if copy else None
        listed = line_of_journey(journey) if journey else None
        refuse_first(
            _packable(copy, journey, manifest, by),
            rules.a_copy_is_packed_once(listed.manifest.number if listed else ""),
        )
        assert copy is not None
        moves = copy.home_node_id != manifest.to_node_id and journey is None
        if journey is None:
            journey = _set_out(copy, manifest, moves, note, by, at)
        line = list_on(manifest, copy, journey, by=by, at=at)
        _note("manifest.packed", manifest, by, at, barcode=copy.barcode)
    return Packed(line, moves)


def unpack(*, line_id: int, by: Actor, at: dt.datetime) -> None:
    """Take a copy out of the crate; its journey stays, loose. Raises Refused."""
    with transaction.atomic():
        line = ManifestLine.objects.select_related("copy").get(pk=line_id)
        manifest = _being_packed(line.manifest_id, by)
        line.delete()
        _note("manifest.unpacked", manifest, by, at, barcode=line.copy.barcode)


def list_on(
    manifest: Manifest, copy: Copy, journey: Transit, *, by: Actor, at: dt.datetime
) -> ManifestLine:
    """The inner step: one journey more on the manifest, in its last crate."""
    return ManifestLine.objects.create(
        manifest=manifest,
        crate=_last_crate(manifest),
        copy=copy,
        transit=journey,
        packed_at=at,
        packed_by=by.name,
    )


def _packable(copy: Copy | None, journey: Transit | None, manifest: Manifest, by: Actor):
    ends = (manifest.from_node_id, manifest.to_node_id)
    may_move = by.may(MOVE_STOCK, manifest.from_node.path)
    here = copy is not None and copy.current_node_id == manifest.from_node_id
    idle = copy is not None and journey is None
    return rules.only_what_leaves_here_is_packed(
        known=copy is not None and copy.state not in {Copy.State.LOST, Copy.State.WITHDRAWN},
        on_loan=copy is not None and copy.state == Copy.State.ON_LOAN,
        goes_elsewhere=(
            (journey is not None and (journey.from_node_id, journey.to_node_id) != ends)
            or (idle and not here)
        ),
        stays_here=idle
        and copy is not None
        and copy.home_node_id != manifest.to_node_id
        and not may_move,
    )


def _set_out(
    copy: Copy, manifest: Manifest, moves: bool, note: str, by: Actor, at: dt.datetime
) -> Transit:
    if moves:
        document = _document_of(manifest, note, by, at)
        moving.move_home(copy, manifest.to_node, document=document, by=by, at=at)
    journey = travelling.begin(
        copy,
        from_node=manifest.from_node,
        to_node=manifest.to_node,
        reason=Transit.Reason.DELIVERY if moves else Transit.Reason.HOME,
        by=by,
        at=at,
    )
    travelling.save_place(copy)
    return journey


def _document_of(manifest: Manifest, note: str, by: Actor, at: dt.datetime) -> MoveDocument:
    """A manifest has one move document, opened with the first copy that needs it."""
    if manifest.document is None:
        manifest.document = moving.open_document(
            reason=MoveDocument.Reason.DELIVERY,
            note=note.strip() or f"随交接单 {manifest.number} 配送",
            by=by,
            at=at,
        )
        manifest.save(update_fields=["document"])
    return manifest.document


def _being_packed(manifest_id: int, by: Actor) -> Manifest:
    manifest = manifest_locked(manifest_id)
    access.require_packing(by, manifest)
    refuse_first(rules.what_is_handed_over_is_packed_no_more(manifest.handed_over_at))
    return manifest


def _last_crate(manifest: Manifest) -> Crate:
    return manifest.crates.order_by("-position")[0]


def _note(action: str, manifest: Manifest, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by,
        at=at,
        action=action,
        subject=f"manifest:{manifest.pk}",
        place=manifest.from_node.code,
        **detail,
    )
