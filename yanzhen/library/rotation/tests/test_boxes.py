import datetime as dt

import pytest

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings.models import Copy
from yanzhen.library.rotation import boxing, planning, receiving
from yanzhen.library.rotation.models import BoxStay

AT = makers.MONDAY
DAY = dt.timedelta(days=1)


@pytest.fixture
def village(place):
    return makers.service_point(place.zhonghe, "juguang", "巨光村")


@pytest.fixture
def box(place):
    by = makers.staff(place.zhonghe, "culture_officer")
    box = boxing.make_box(name="少儿一号箱", owner=place.zhonghe, by=by, at=AT)
    for _each in range(3):
        copy = makers.copy(place, at=place.zhonghe)
        boxing.put_in(box_id=box.pk, barcode=copy.barcode, by=by, at=AT)
    return box


def send(place, box, to_node, days=30, at=AT, by=None):
    by = by or makers.staff(place.zhonghe, "culture_officer")
    due = at.date() + days * DAY
    return boxing.send_box(box_id=box.pk, to_node=to_node, due_on=due, by=by, at=at)


def arrive(place, manifest, at=AT + DAY):
    by = makers.staff(place.zhonghe, "culture_officer")
    return receiving.receive_whole(manifest_id=manifest.pk, by=by, at=at)


def test_a_box_goes_out_is_read_and_comes_back(place, village, box):
    by = makers.staff(place.zhonghe, "culture_officer")
    assert arrive(place, send(place, box, village).manifest) == 3
    copies = list(Copy.objects.order_by("pk"))
    assert {(c.home_node, c.current_node, c.owning_node) for c in copies} == {
        (village, village, place.zhonghe)
    }
    lend(
        barcode=copies[0].barcode, card_number=makers.reader(place).number, node=village,
        by=by, at=AT + 2 * DAY,
    )  # fmt: skip
    back = send(place, box, place.zhonghe, at=AT + 9 * DAY)
    assert back.left_behind == [copies[0]]
    for copy in copies[1:2]:
        receiving.receive(
            manifest_id=back.manifest.pk, barcode=copy.barcode, by=by, at=AT + 10 * DAY
        )
    closed = receiving.close(manifest_id=back.manifest.pk, confirmed=True, by=by, at=AT + 10 * DAY)
    assert (closed.sent, closed.come, closed.disputed) == (2, 1, 1)
    taken = take_back(barcode=copies[0].barcode, node=place.zhonghe, by=by, at=AT + 12 * DAY)
    assert (taken.outcome, taken.goes_to) == ("returned", None)
    assert list(invariants.broken()) == []


def test_a_box_arrives_before_it_goes_on(place, village, box):
    send(place, box, village)
    with pytest.raises(Refused, match="box-under-way"):
        send(place, box, place.zhonghe)
    with pytest.raises(Refused, match="box-already-there"):
        send(place, box, village)


def test_a_branch_lends_to_its_own_service_points_only(place, village, box):
    with pytest.raises(Refused, match="no-permission"):
        send(place, box, place.danshan)
    with pytest.raises(Refused, match="due-day-missing"):
        send(place, box, village, days=0)
    stranger = makers.staff(place.danshan, "culture_officer")
    with pytest.raises(Refused, match="not-your-branch"):
        send(place, box, village, by=stranger)
    assert send(place, box, place.danshan, by=makers.staff(place.hub)).manifest.sent == 3


def test_where_somebody_sits_each_book_is_scanned(place, box):
    manifest = send(place, box, place.danshan, by=makers.staff(place.hub)).manifest
    with pytest.raises(Refused, match="receive-one-by-one"):
        receiving.receive_whole(manifest_id=manifest.pk, by=makers.staff(place.hub), at=AT)


def test_only_a_copy_on_its_own_shelf_goes_into_a_box(place, box):
    by = makers.staff(place.zhonghe, "culture_officer")
    boxed = Copy.objects.first()
    foreign = makers.copy(place, at=place.danshan)
    for barcode, code in ((boxed.barcode, "in-a-box"), (foreign.barcode, "not-on-its-shelf"),
                          ("nichts", "not-on-its-shelf")):  # fmt: skip
        with pytest.raises(Refused, match=code):
            boxing.put_in(box_id=box.pk, barcode=barcode, by=by, at=AT)
    for copy in Copy.objects.filter(home_node=place.zhonghe):
        boxing.take_out(box_id=box.pk, copy_id=copy.pk, by=by, at=AT)
    with pytest.raises(Refused, match="box-empty"):
        send(place, box, place.danshan, by=makers.staff(place.hub))


def test_a_plan_leads_a_box_from_stage_to_stage_and_home(place, village, box):
    by, day = makers.staff(place.hub), AT.date()
    stages = [(village, day, day + 30 * DAY), (place.danshan, day + 30 * DAY, day + 60 * DAY)]
    plan = planning.make_plan(box=box, name="春季轮换", stages=stages, by=by, at=AT)
    assert [move.to_node for move in planning.next_moves(day)] == [village]
    arrive(place, planning.carry_out(plan_id=plan.pk, by=by, at=AT).manifest)
    assert BoxStay.objects.get().due_on == day + 30 * DAY
    assert planning.next_moves(day) == []
    second = planning.next_moves(day + 29 * DAY)[0]
    assert second.to_node == place.danshan
    manifest = planning.carry_out(plan_id=plan.pk, by=by, at=AT + 29 * DAY).manifest
    for copy in Copy.objects.all():
        take_back(barcode=copy.barcode, node=place.danshan, by=by, at=AT + 30 * DAY)
    receiving.close(manifest_id=manifest.pk, by=by, at=AT + 30 * DAY)
    assert planning.next_moves(day + 60 * DAY)[0].to_node == place.zhonghe
    planning.carry_out(plan_id=plan.pk, by=by, at=AT + 60 * DAY)
    with pytest.raises(Refused, match="plan-over"):
        planning.carry_out(plan_id=plan.pk, by=by, at=AT + 61 * DAY)
    assert list(invariants.broken()) == []


@pytest.mark.parametrize(
    ("spans", "code"),
    [([], "plan-empty"), ([(5, 5)], "stage-backwards"), ([(0, 9), (8, 20)], "stages-overlap")],
)
def test_stages_follow_one_another(place, village, box, spans, code):
    day, nodes = AT.date(), [village, place.zhonghe]
    stages = [(nodes[n], day + a * DAY, day + b * DAY) for n, (a, b) in enumerate(spans)]
    with pytest.raises(Refused, match=code):
        planning.make_plan(box=box, name="x", stages=stages, by=makers.staff(place.hub), at=AT)
