"""From packing to closing: two hundred sent, a hundred and ninety-eight received."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import losing
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings.models import Copy, Dispute, HomeMove, Transit
from yanzhen.library.rotation import packing, receiving
from yanzhen.library.rotation.handing_over import hand_over
from yanzhen.library.rotation.models import Manifest, ManifestLine, Surplus
from yanzhen.library.rotation.queries import (
    directions_from,
    loose_journeys,
    manifest_numbered,
    totals,
)

AT = makers.MONDAY
HOUR = dt.timedelta(hours=1)


def stray(place, *, from_node, to_node):
    """A copy of `to_node` handed in at `from_node`: a loose journey."""
    copy = makers.copy(place, at=to_node)
    take_back(barcode=copy.barcode, node=from_node, by=makers.staff(from_node), at=AT)
    return copy


def opened(place, from_node=None, to_node=None):
    from_node, to_node = from_node or place.hub, to_node or place.zhonghe
    by = makers.staff(from_node)
    return packing.open_manifest(from_node=from_node, to_node=to_node, by=by, at=AT)


def handed(place, number, from_node=None, to_node=None):
    """A manifest of so many strays, handed over; and the copies."""
    from_node, to_node = from_node or place.hub, to_node or place.zhonghe
    copies = [stray(place, from_node=from_node, to_node=to_node) for _ in range(number)]
    manifest, by = opened(place, from_node, to_node), makers.staff(from_node)
    packing.gather(manifest_id=manifest.pk, by=by, at=AT)
    hand_over(manifest_id=manifest.pk, counted=number, by=by, at=AT)
    return manifest, copies


def come(place, manifest, copy, at=AT + HOUR):
    by = makers.staff(place.zhonghe, "culture_officer")
    return receiving.receive(manifest_id=manifest.pk, barcode=copy.barcode, by=by, at=at)


def closed(place, manifest, **options):
    by = makers.staff(place.zhonghe, "culture_officer")
    return receiving.close(manifest_id=manifest.pk, by=by, at=AT + 2 * HOUR, **options)


def test_of_200_sent_198_received_2_are_in_dispute_and_the_stock_adds_up(place):
    manifest, copies = handed(place, 200)
    stock = Copy.objects.count()
    for copy in copies[:198]:
        come(place, manifest, copy)
    with pytest.raises(Refused, match="manifest-incomplete"):
        closed(place, manifest)
    manifest = closed(place, manifest, confirmed=True, note="两本没找到")
    assert (manifest.sent, manifest.come, manifest.disputed) == (200, 198, 2)
    assert totals(manifest)["received"] == 198
    assert totals(manifest)["in_dispute"] == 2
    assert set(Copy.objects.filter(in_dispute=True)) == set(copies[198:])
    assert Copy.objects.count() == stock
    by_state = [Copy.objects.filter(state=state).count() for state in Copy.State.values]
    assert sum(by_state) == stock
    assert list(invariants.broken()) == []


@pytest.mark.parametrize("where", ["hub", "zhonghe", "danshan"])
def test_a_disputed_copy_leaves_the_dispute_by_a_scan_anywhere(place, where):
    manifest, copies = handed(place, 2)
    come(place, manifest, copies[0])
    closed(place, manifest, confirmed=True)
    node = getattr(place, where)
    take_back(barcode=copies[1].barcode, node=node, by=makers.staff(node), at=AT + 5 * HOUR)
    copies[1].refresh_from_db()
    assert not copies[1].in_dispute
    dispute = Dispute.objects.get()
    assert (dispute.ending, dispute.ended_node) == ("scan", node)
    assert totals(manifest) == {**dict.fromkeys(totals(manifest), 0), "received": 1, "cleared": 1}
    assert list(invariants.broken()) == []


def test_lending_a_disputed_copy_ends_the_dispute_too(place):
    manifest, (copy,) = handed(place, 1)
    closed(place, manifest, confirmed=True)
    lend(
        barcode=copy.barcode,
        card_number=makers.reader(place).number,
        node=place.linjiang,
        by=makers.staff(place.linjiang),
        at=AT + 3 * HOUR,
    )
    assert Dispute.objects.get().ended_node == place.linjiang
    assert list(invariants.broken()) == []


def test_found_where_it_was_packed_a_copy_can_be_packed_again(place):
    manifest, (copy,) = handed(place, 1)
    closed(place, manifest, confirmed=True)
    by = makers.staff(place.hub)
    assert not loose_journeys(place.hub, place.zhonghe)
    take_back(barcode=copy.barcode, node=place.hub, by=by, at=AT + 3 * HOUR)
    assert [each.copy for each in loose_journeys(place.hub, place.zhonghe)] == [copy]
    second = opened(place)
    packing.pack(manifest_id=second.pk, barcode=copy.barcode, by=by, at=AT + 4 * HOUR)
    hand_over(manifest_id=second.pk, counted=1, by=by, at=AT + 4 * HOUR)
    come(place, second, copy, AT + 5 * HOUR)
    assert closed(place, second).come == 1
    assert totals(manifest)["cleared"] == 1
    assert list(invariants.broken()) == []


def test_a_loss_declared_for_a_disputed_copy_ends_its_journey(place):
    manifest, (copy,) = handed(place, 1)
    closed(place, manifest, confirmed=True)
    journey, at = Transit.objects.on_the_road().get(), AT + 3 * HOUR
    with pytest.raises(Refused, match="loss-reason-missing"):
        losing.give_up(journey, note=" ", by=makers.staff(place.hub), at=at)
    clerk = makers.staff(place.hub, "culture_officer")
    with pytest.raises(Refused, match="no-permission"):
        losing.give_up(journey, note="找不到", by=clerk, at=at)
    losing.give_up(journey, note="找不到", by=makers.staff(place.hub), at=at)
    copy.refresh_from_db()
    assert (copy.state, copy.in_dispute) == ("lost", False)
    assert list(invariants.broken()) == []


def test_the_ordinary_desk_scan_counts_for_the_manifest(place):
    manifest, copies = handed(place, 2)
    by = makers.staff(place.zhonghe, "culture_officer")
    for copy in copies:
        taken = take_back(barcode=copy.barcode, node=place.zhonghe, by=by, at=AT + HOUR)
        assert taken.outcome == "received"
    assert closed(place, manifest).come == 2


def test_what_was_not_on_the_list_is_taken_and_noted_once(place):
    manifest, (copy,) = handed(place, 1)
    extra = stray(place, from_node=place.hub, to_node=place.zhonghe)
    for _each in range(2):
        taken, is_surplus = come(place, manifest, extra)
    assert is_surplus
    assert taken.outcome == "already_here"
    assert Surplus.objects.get().outcome == "received"
    receiving.receive(
        manifest_id=manifest.pk, barcode="外来'; --", by=makers.staff(place.zhonghe), at=AT + HOUR
    )
    come(place, manifest, copy)
    assert closed(place, manifest).sent == 1
    assert manifest.surplus.count() == 2


def test_the_count_at_hand_over_is_the_list(place):
    stray(place, from_node=place.hub, to_node=place.zhonghe)
    manifest, by = opened(place), makers.staff(place.hub)
    with pytest.raises(Refused, match="manifest-empty"):
        hand_over(manifest_id=manifest.pk, counted=0, by=by, at=AT)
    packing.gather(manifest_id=manifest.pk, by=by, at=AT)
    for counted, code in ((None, "count-missing"), (2, "count-differs")):
        with pytest.raises(Refused, match=code):
            hand_over(manifest_id=manifest.pk, counted=counted, by=by, at=AT)
    hand_over(manifest_id=manifest.pk, counted=1, by=by, at=AT)
    with pytest.raises(Refused, match="manifest-handed-over"):
        packing.gather(manifest_id=manifest.pk, by=by, at=AT)


def test_what_was_scanned_elsewhere_before_hand_over_is_not_in_the_crate(place):
    copies = [stray(place, from_node=place.hub, to_node=place.zhonghe) for _ in range(2)]
    manifest, by = opened(place), makers.staff(place.hub)
    packing.gather(manifest_id=manifest.pk, by=by, at=AT)
    take_back(
        barcode=copies[0].barcode, node=place.danshan, by=makers.staff(place.danshan), at=AT + HOUR
    )
    hand_over(manifest_id=manifest.pk, counted=1, by=by, at=AT + HOUR)
    assert ManifestLine.objects.get().copy == copies[1]


def test_only_the_main_house_moves_a_copy_for_good_by_packing_it(place):
    ours = makers.copy(place)
    manifest = opened(place)
    clerk = makers.staff(place.hub, "culture_officer")
    with pytest.raises(Refused, match="stays-here"):
        packing.pack(manifest_id=manifest.pk, barcode=ours.barcode, by=clerk, at=AT)
    by = makers.staff(place.hub)
    packed = packing.pack(manifest_id=manifest.pk, barcode=ours.barcode, by=by, at=AT)
    assert packed.moves_home
    ours.refresh_from_db()
    assert (ours.home_node, ours.owning_node) == (place.zhonghe, place.hub)
    move = HomeMove.objects.get()
    assert (move.from_node, move.to_node, move.by_name) == (place.hub, place.zhonghe, "王馆员")
    assert move.document.note
    assert list(invariants.broken()) == []


def test_only_what_leaves_here_is_packed(place):
    manifest, by = opened(place), makers.staff(place.hub)
    other_way = stray(place, from_node=place.hub, to_node=place.danshan)
    elsewhere = makers.copy(place, at=place.linjiang)
    lent = makers.copy(place, at=place.hub)
    lend(
        barcode=lent.barcode, card_number=makers.reader(place).number, node=place.hub, by=by, at=AT
    )
    for barcode, code in (
        (other_way.barcode, "goes-elsewhere"),
        (elsewhere.barcode, "goes-elsewhere"),
        (lent.barcode, "copy-on-loan"),
        ("9" * 5000, "copy-unknown"),
        ("", "copy-unknown"),
    ):
        with pytest.raises(Refused, match=code):
            packing.pack(manifest_id=manifest.pk, barcode=barcode, by=by, at=AT)
    right = stray(place, from_node=place.hub, to_node=place.zhonghe)
    packing.pack(manifest_id=manifest.pk, barcode=right.barcode, by=by, at=AT)
    with pytest.raises(Refused, match="packed-already"):
        packing.pack(manifest_id=manifest.pk, barcode=right.barcode, by=by, at=AT)
    packing.unpack(line_id=ManifestLine.objects.get().pk, by=by, at=AT)
    assert directions_from(place.hub)[0].copies == 1


def test_a_manifest_belongs_to_its_two_ends(place):
    manifest, (copy,) = handed(place, 1)
    stranger = makers.staff(place.danshan, "culture_officer")
    with pytest.raises(Refused, match="not-your-branch"):
        receiving.receive(manifest_id=manifest.pk, barcode=copy.barcode, by=stranger, at=AT)
    with pytest.raises(Refused, match="not-your-branch"):
        receiving.close(manifest_id=manifest.pk, confirmed=True, by=stranger, at=AT)
    with pytest.raises(Refused, match="manifest-to-itself"):
        opened(place, place.hub, place.hub)
    with pytest.raises(Refused, match="manifest-unknown"):
        receiving.close(manifest_id=0, by=stranger, at=AT)


def test_a_manifest_is_closed_once(place):
    manifest, _copies = handed(place, 1)
    fresh = opened(place)
    with pytest.raises(Refused, match="manifest-not-handed-over"):
        closed(place, fresh)
    closed(place, manifest, confirmed=True)
    with pytest.raises(Refused, match="manifest-closed"):
        closed(place, manifest, confirmed=True)


def test_what_was_sent_has_come_or_is_in_dispute(place):
    manifest, _copies = handed(place, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Manifest.objects.filter(pk=manifest.pk).update(closed_at=AT, come=1, disputed=0)


def test_crates_have_labels_that_lead_back(place):
    manifest, by = opened(place), makers.staff(place.hub)
    crate = packing.add_crate(manifest_id=manifest.pk, by=by, at=AT)
    assert crate.label == f"{manifest.number}X2"
    assert manifest_numbered(crate.label) == manifest.pk
    assert manifest_numbered(manifest.number.lower()) == manifest.pk
    for nonsense in ("JJ", "JJ0", "JJ1X", "YJ000001", "JJ" + "9" * 60):
        assert manifest_numbered(nonsense) is None
