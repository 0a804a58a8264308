"""Handing a manifest to the driver: counted, and from then on unchanged."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.rotation import access, rules
from yanzhen.library.rotation.facts import ManifestHandedOver
from yanzhen.library.rotation.models import Manifest
from yanzhen.library.rotation.queries import manifest_locked
from yanzhen.people.roles import Actor


def hand_over(*, manifest_id: int, counted: int | None, by: Actor, at: dt.datetime) -> Manifest:
    """Close the crates on a count that agrees with the list. Raises Refused.

    What was scanned elsewhere since it was packed is not in the crates and leaves the list first.
    """
    with transaction.atomic():
        manifest = manifest_locked(manifest_id)
        access.require_packing(by, manifest)
        refuse_first(rules.what_is_handed_over_is_packed_no_more(manifest.handed_over_at))
        gone = manifest.lines.filter(transit__ended_at__isnull=False)
        taken_off = list(gone.values_list("copy__barcode", flat=True))
        listed = manifest.lines.count() - len(taken_off)
        refuse_first(rules.the_count_at_hand_over_is_the_list(counted, listed))
        gone.delete()
        settle(manifest, listed, by=by, at=at)
        audit.write(
            by=by,
            at=at,
            action="manifest.handed_over",
            subject=f"manifest:{manifest.pk}",
            place=manifest.from_node.code,
            sent=listed,
            taken_off=taken_off,
        )
    return manifest


def settle(manifest: Manifest, sent: int, *, by: Actor, at: dt.datetime) -> None:
    """The inner step, shared with boxes that travel as a whole."""
    manifest.handed_over_at, manifest.handed_over_by, manifest.sent = at, by.name, sent
    manifest.save(update_fields=["handed_over_at", "handed_over_by", "sent"])
    fact = ManifestHandedOver(manifest.pk, manifest.from_node.code, manifest.to_node.code, sent)
    outbox.record(fact, at=at)
