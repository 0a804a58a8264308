"""Saying what the subfields of a holdings field mean; nothing is read or made here."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.marc.holdings905 import MEANINGS
from yanzhen.library.holdings import rules
from yanzhen.library.holdings.models import HoldingsMapping, ItemKind
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def told(
    *,
    mapping_id: int | None = None,
    name: str,
    tag: str,
    meanings: Mapping[str, str],
    places: str,
    elsewhere: Node | None,
    kind: ItemKind,
    by: Actor,
    at: dt.datetime,
) -> HoldingsMapping:
    """A mapping as somebody filled it in, not saved. `places` is a line "code=node code" each.

    Raises Refused.
    """
    known = {code: meaning for code, meaning in meanings.items() if meaning in MEANINGS}
    pairs, unknown = _places(places)
    name = name.strip()[:60]
    taken = HoldingsMapping.objects.filter(name=name).exclude(pk=mapping_id or 0).exists()
    refuse_first(
        rules.a_mapping_has_a_name(name),
        rules.a_mapping_is_named_once(name, taken),
        rules.a_mapping_reads_a_data_field(tag),
        rules.a_mapping_says_where_the_barcode_is(list(known.values())),
        rules.a_meaning_stands_in_one_subfield(list(known.values())),
        rules.a_place_of_a_mapping_is_a_branch(unknown),
    )
    return HoldingsMapping(
        pk=mapping_id, name=name, tag=tag, meanings=known, places=pairs, elsewhere=elsewhere,
        kind=kind, changed_at=at, changed_by=by.name[:80],
    )  # fmt: skip


def save_mapping(mapping: HoldingsMapping, *, by: Actor, at: dt.datetime) -> HoldingsMapping:
    """Keep a mapping that was `told`. Raises Refused."""
    with transaction.atomic():
        require_cataloguing(by)
        mapping.save()
        audit.write(
            by=by, at=at, action="mapping.saved", subject=f"mapping:{mapping.pk}",
            name=mapping.name, tag=mapping.tag, meanings=mapping.meanings, places=mapping.places,
        )  # fmt: skip
    return mapping


def _places(text: str) -> tuple[dict[str, str], list[str]]:
    """The pairs, and what is none or names no branch."""
    pairs, unknown = {}, []
    codes = set(Node.objects.libraries().serving().values_list("code", flat=True))
    for line in filter(str.strip, text.splitlines()):
        told_code, equals, node = (part.strip() for part in line.partition("="))
        if equals and told_code and node in codes:
            pairs[told_code] = node
        else:
            unknown.append(line.strip())
    return pairs, unknown
