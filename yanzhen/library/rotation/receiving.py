"""Receiving a manifest: scan by scan, and closing it with what has not come in dispute.

The scans are ordinary returns: what the desk takes in with its own scan box counts as well.
"""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holdings import disputing, travelling
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy
from yanzhen.library.rotation import access, rules
from yanzhen.library.rotation.facts import ManifestClosed
from yanzhen.library.rotation.models import Manifest, ManifestLine, Surplus
from yanzhen.library.rotation.queries import manifest_locked
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def receive(*, manifest_id: int, barcode: str, by: Actor, at: dt.datetime) -> tuple[Taken, bool]:
    """Take in one scan at the other end; True with it when it was not on the list (and is noted).

    Never refused but for a foreign desk and a manifest that was not handed over or is closed.
    """
    with transaction.atomic():
        manifest = manifest_locked(manifest_id)
        access.require_receiving(by, manifest)
        refuse_first(rules.a_manifest_is_closed_once(manifest.handed_over_at, manifest.closed_at))
        taken = take_back(barcode=barcode, node=manifest.to_node, by=by, at=at)
        listed = taken.copy is not None and manifest.lines.filter(copy=taken.copy).exists()
        if not listed:
            _note_surplus(manifest, barcode, taken, by, at)
    return taken, not listed


def receive_whole(*, manifest_id: int, by: Actor, at: dt.datetime) -> int:
    """One scan of the box's label stands for all that is in it, where nobody sits to scan each;
    the manifest is closed with it. Return how many arrived. Raises Refused."""
    with transaction.atomic():
        manifest = manifest_locked(manifest_id)
        access.require_receiving(by, manifest)
        staffed = manifest.to_node.level in {Node.Level.HUB, Node.Level.BRANCH}
        refuse_first(
            rules.a_manifest_is_closed_once(manifest.handed_over_at, manifest.closed_at),
            rules.a_whole_box_is_received_only_where_nobody_sits(staffed),
        )
        arrived = 0
        for line in _still_open(manifest):
            travelling.arrive(line.transit, at_node=manifest.to_node, by=by, at=at)
            travelling.save_place(line.transit.copy)
            arrived += 1
        _close(manifest, [], "", by, at)
    return arrived


def close(
    *, manifest_id: int, confirmed: bool = False, note: str = "", by: Actor, at: dt.datetime
) -> Manifest:
    """End the receiving. What has not come is in dispute from now on, if `confirmed`; any later
    scan, wherever, takes it out again. Raises Refused."""
    with transaction.atomic():
        manifest = manifest_locked(manifest_id)
        access.require_receiving(by, manifest)
        refuse_first(rules.a_manifest_is_closed_once(manifest.handed_over_at, manifest.closed_at))
        missing = list(_still_open(manifest))
        refuse_first(rules.what_has_not_come_is_named_before_closing(len(missing), confirmed))
        _close(manifest, missing, note, by, at)
    return manifest


def _still_open(manifest: Manifest):
    lines = manifest.lines.filter(transit__ended_at=None, dispute=None)
    return lines.select_related("transit__copy", "transit__to_node").order_by("pk")


def _close(
    manifest: Manifest, missing: list[ManifestLine], note: str, by: Actor, at: dt.datetime
) -> None:
    for line in missing:
        _dispute(line, by, at)
    assert manifest.sent is not None
    manifest.closed_at, manifest.closed_by, manifest.note = at, by.name, note.strip()[:200]
    manifest.disputed, manifest.come = len(missing), manifest.sent - len(missing)
    manifest.save(update_fields=["closed_at", "closed_by", "note", "disputed", "come"])
    _tell(manifest, by, at)


def _dispute(line: ManifestLine, by: Actor, at: dt.datetime) -> None:
    copy = Copy.objects.select_for_update().get(pk=line.copy_id)
    line.dispute = disputing.begin(line.transit, copy, by=by, at=at)
    line.save(update_fields=["dispute"])
    travelling.save_place(copy)


def _tell(manifest: Manifest, by: Actor, at: dt.datetime) -> None:
    told = {
        "sent": manifest.sent or 0,
        "come": manifest.come or 0,
        "disputed": manifest.disputed or 0,
        "surplus": manifest.surplus.count(),
    }
    audit.write(
        by=by,
        at=at,
        action="manifest.closed",
        subject=f"manifest:{manifest.pk}",
        place=manifest.to_node.code,
        **told,
    )
    outbox.record(
        ManifestClosed(manifest.pk, manifest.from_node.code, manifest.to_node.code, **told), at=at
    )


def _note_surplus(
    manifest: Manifest, barcode: str, taken: Taken, by: Actor, at: dt.datetime
) -> None:
    row = Surplus(
        manifest=manifest,
        barcode=taken.copy.barcode if taken.copy else scanned(barcode)[:60],
        copy=taken.copy,
        at=at,
        by_name=by.name,
        outcome=taken.outcome,
    )
    Surplus.objects.bulk_create([row], ignore_conflicts=True)
