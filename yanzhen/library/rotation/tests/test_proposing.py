import datetime as dt

import pytest

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import losing
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings.models import Copy, HomeMove, Transit
from yanzhen.library.rotation import packing, proposing, receiving
from yanzhen.library.rotation.balancing import Stock, balance
from yanzhen.library.rotation.handing_over import hand_over
from yanzhen.library.rotation.models import RebalancingPick, ShelfRoom

AT = makers.MONDAY


def test_copies_flow_to_where_they_are_read_and_there_is_room():
    stock = Stock(
        copies={("I2", 1): 40, ("I2", 2): 10},
        loans={("I2", 1): 4.0, ("I2", 2): 60.0},
        free={("I2", 1): 30},
        room={1: 0, 2: 7},
    )
    (flow,) = balance(stock, at_most=100)
    assert (flow.clc, flow.from_node, flow.to_node, flow.copies) == ("I2", 1, 2, 7)
    assert balance(stock, at_most=3)[0].copies == 3
    assert balance(stock, at_most=0) == []


def test_the_solver_keeps_quiet(capfd):
    stock = Stock({("I2", 1): 40, ("I2", 2): 10}, {("I2", 1): 4.0, ("I2", 2): 60.0},
                  {("I2", 1): 30}, {1: 0, 2: 7})  # fmt: skip
    assert balance(stock, at_most=100)
    assert capfd.readouterr() == ("", "")


def test_nothing_moves_where_reading_is_even():
    even = Stock({("I2", 1): 10, ("I2", 2): 10}, {("I2", 1): 9.0, ("I2", 2): 9.0},
                 {("I2", 1): 5}, {1: 9, 2: 9})  # fmt: skip
    assert balance(even, at_most=9) == []
    assert balance(Stock({}, {}, {}, {}), at_most=9) == []


def test_a_whole_county_is_solved_in_whole_copies_within_every_bound():
    nodes, groups = range(22), [f"{letter}{n}" for letter in "BFGHIJKT" for n in range(6)]
    copies = {(g, n): 20 + (ord(g[0]) + 7 * n) % 60 for g in groups for n in nodes}
    loans = {(g, n): float((n * n * 3 + len(g) * 11 + ord(g[1])) % 90) for g in groups
             for n in nodes}  # fmt: skip
    free = {key: number // 3 for key, number in copies.items()}
    room = {n: 40 + n for n in nodes}
    flows = balance(Stock(copies, loans, free, room), at_most=600)
    assert sum(f.copies for f in flows) == 600
    for node in nodes:
        assert sum(f.copies for f in flows if f.to_node == node) <= room[node]
    for key in free:
        assert sum(f.copies for f in flows if (f.clc, f.from_node) == key) <= free[key]
    assert all(f.read_there > f.read_here for f in flows)


@pytest.fixture
def lopsided(place):
    """The hub has thirty unread novels; 中和 has four and lends them all the time."""
    for n in range(30):
        makers.copy(place, at=place.hub, title=makers.bib(f"闲书{n}", clc="I247.5"))
    for n in range(4):
        copy = makers.copy(place, at=place.zhonghe, title=makers.bib(f"热书{n}", clc="I247.5"))
        for days in range(10, 100, 10):
            at = AT - dt.timedelta(days=days)
            Loan.objects.create(
                copy=copy, category_code="adult", age_band="18-34", lent_node=place.zhonghe,
                lent_at=at, lent_by="x", due_on=at.date(), governing_node=place.zhonghe,
                rule=place.rule, max_renewals=1, loan_days=30, returned_at=at,
                returned_node=place.zhonghe,
            )  # fmt: skip
    return place


def test_a_proposal_shows_its_reasons_and_moves_nothing(lopsided):
    ShelfRoom.objects.create(node=lopsided.zhonghe, copies=10)
    proposal = proposing.propose(by=makers.staff(lopsided.hub), at=AT)
    line = proposal.lines.get()
    assert (line.from_node, line.to_node, line.clc) == (lopsided.hub, lopsided.zhonghe, "I2")
    assert line.picks.count() == 6, "the room on the shelves"
    assert line.reasons["read_there"] > line.reasons["read_here"]
    assert line.reasons["unread"] == 6
    assert not Transit.objects.exists()
    figures = {row["code"]: row for row in proposal.figures}
    assert figures["zhonghe"]["after"]["copies"] == figures["zhonghe"]["before"]["copies"] + 6
    assert figures["main-library"]["before"]["unread"] == 100.0


def test_an_accepted_line_sets_out_without_what_was_taken_off(lopsided):
    by = makers.staff(lopsided.hub)
    line = proposing.propose(by=by, at=AT).lines.get()
    first, second, *rest = line.picks.order_by("pk")
    losing.declare_lost(copy_id=second.copy_id, note="找不到了", by=by, at=AT)
    proposing.accept(line_id=line.pk, without=[first.pk], by=by, at=AT)
    assert Transit.objects.filter(reason="rotation").count() == len(rest)
    assert RebalancingPick.objects.filter(sent=True).count() == len(rest)
    assert HomeMove.objects.filter(document__reason="rebalancing").count() == len(rest)
    assert set(Copy.objects.filter(home_node=lopsided.zhonghe).values_list(
        "owning_node", flat=True)) == {lopsided.hub.pk, lopsided.zhonghe.pk}  # fmt: skip
    with pytest.raises(Refused, match="line-decided"):
        proposing.accept(line_id=line.pk, by=by, at=AT)
    assert list(invariants.broken()) == []


def test_a_refused_line_says_why(lopsided):
    by = makers.staff(lopsided.hub)
    line = proposing.propose(by=by, at=AT).lines.get()
    with pytest.raises(Refused, match="reason-missing"):
        proposing.refuse(line_id=line.pk, note=" ", by=by, at=AT)
    proposing.refuse(line_id=line.pk, note="下月展览要用", by=by, at=AT)
    assert not Transit.objects.exists()


def test_only_the_main_house_decides(lopsided):
    clerk = makers.staff(lopsided.zhonghe, "culture_officer")
    with pytest.raises(Refused, match="no-permission"):
        proposing.propose(by=clerk, at=AT)
    line = proposing.propose(by=makers.staff(lopsided.hub), at=AT).lines.get()
    with pytest.raises(Refused, match="no-permission"):
        proposing.accept(line_id=line.pk, by=clerk, at=AT)


@pytest.mark.parametrize(("months", "at_most"), [(0, 5), (99, 5), (12, 0), (12, 10**9)])
def test_a_proposal_looks_back_and_keeps_a_measure(place, months, at_most):
    with pytest.raises(Refused, match="proposal-measure"):
        proposing.propose(months=months, at_most=at_most, by=makers.staff(place.hub), at=AT)


def test_the_figures_count_what_was_delivered_and_what_differed(lopsided):
    """Two sent to 中和, one came: I22 is 1, and 1 + 6 after the proposal; I24 is a half."""
    by, place = makers.staff(lopsided.hub), lopsided
    ShelfRoom.objects.create(node=place.zhonghe, copies=11)
    manifest = packing.open_manifest(from_node=place.hub, to_node=place.zhonghe, by=by, at=AT)
    sent = [makers.copy(place, at=place.hub) for _ in range(2)]
    for copy in sent:
        packing.pack(manifest_id=manifest.pk, barcode=copy.barcode, by=by, at=AT)
    hand_over(manifest_id=manifest.pk, counted=2, by=by, at=AT)
    receiving.receive(manifest_id=manifest.pk, barcode=sent[0].barcode, by=by, at=AT)
    receiving.close(manifest_id=manifest.pk, confirmed=True, by=by, at=AT)
    figures = {row["code"]: row for row in proposing.propose(by=by, at=AT).figures}
    told = figures["zhonghe"]
    moved = told["after"]["copies"] - told["before"]["copies"]
    assert moved > 0
    assert (told["before"]["delivered"], told["after"]["delivered"]) == (1, 1 + moved)
    assert told["differing"] == 50.0
    assert figures["danshan"]["differing"] == 0.0
