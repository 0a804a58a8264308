"""Lists, decisions, undoing; and nothing withdrawn without an approved list."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.losing import declare_lost
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings import flagging
from yanzhen.library.holdings.models import Copy, StockEvent
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.withdrawal import deciding, proposing, queries, rules
from yanzhen.library.withdrawal.choosing import Choice, fitting
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.people.roles import Actor, Grant

AT = makers.MONDAY
LATER = AT + dt.timedelta(hours=2)


@pytest.fixture
def branch(place):
    return makers.staff(place.zhonghe, "culture_officer")


@pytest.fixture
def chief(place):
    return Actor(9, 9, "李馆长", (Grant("director", place.hub.path, place.hub.code),))


@pytest.fixture
def copies(place):
    return [makers.copy(place, at=place.zhonghe, price=20) for _ in range(3)]


def listed(node, copies, by, reason="outdated"):
    made = proposing.open_list(node=node, by=by, at=AT)
    for copy in copies:
        proposing.add_scanned(list_id=made.pk, barcode=copy.barcode, reason=reason, by=by, at=AT)
    return proposing.submit(list_id=made.pk, by=by, at=AT)


@pytest.fixture
def submitted(place, copies, branch):
    return listed(place.zhonghe, copies, branch)


def all_lines(made):
    return list(made.lines.values_list("pk", flat=True))


def approve(made, by, at=LATER):
    return deciding.approve(list_id=made.pk, line_ids=all_lines(made), by=by, at=at)


def state_of(copy):
    copy.refresh_from_db()
    return copy.state, copy.withdrawal_proposed


def test_a_submitted_list_flags_its_copies(submitted, copies):
    assert [state_of(copy) for copy in copies] == [("available", True)] * 3
    assert list(invariants.broken()) == []


def test_an_approved_copy_leaves_the_stock_on_the_lists_number(submitted, copies, chief):
    assert approve(submitted, chief).withdrawn == 3
    assert [state_of(copy) for copy in copies] == [("withdrawn", False)] * 3
    events = StockEvent.objects.filter(kind="withdrawn")
    assert set(events.values_list("document", "change")) == {(submitted.number, -1)}
    assert list(invariants.broken()) == []


def test_nothing_is_withdrawn_without_an_approved_list(place, submitted, copies, chief):
    """By no writer, in neither database: not unlisted, not undecided, not refused, not undone."""

    def past_the_use_case(copy):
        with pytest.raises(DatabaseError, match="approved list"), transaction.atomic():
            Copy.objects.filter(pk=copy.pk).update(state="withdrawn")

    past_the_use_case(makers.copy(place))
    past_the_use_case(copies[0])
    refused, undone, kept = submitted.lines.order_by("pk")
    told = {"by": chief, "at": LATER}
    deciding.refuse(list_id=submitted.pk, line_ids=[refused.pk], note="留作保存本", **told)
    past_the_use_case(refused.copy)
    deciding.approve(list_id=submitted.pk, line_ids=[undone.pk, kept.pk], **told)
    deciding.undo(line_id=undone.pk, note="批错了", **told)
    past_the_use_case(undone.copy)
    assert Copy.objects.filter(state="withdrawn").get() == kept.copy


def test_a_decided_line_is_never_deleted(submitted, chief):
    approve(submitted, chief)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        WithdrawalLine.objects.all().delete()


def test_a_state_past_the_triggers_is_seen(place):
    makers.copy(place, state="withdrawn")
    StockEvent.objects.filter(kind="withdrawn")
    assert list(invariants.broken()) == []  # the first stock came in with it
    made = makers.copy(place)
    makers.withdrawn(made)
    assert list(invariants.broken()) == []
    WithdrawalLine.objects.update(undone_at=AT, undone_by="x", undone_note="x")
    names = {name for name, _line in invariants.broken()}
    assert names == {"nothing_is_withdrawn_without_an_approved_list"}


def test_the_branch_decides_nothing_and_the_submitter_neither(place, submitted, branch, chief):
    with pytest.raises(Refused, match="no-permission"):
        approve(submitted, branch)
    own = listed(place.hub, [makers.copy(place)], chief)
    with pytest.raises(Refused, match="decision-by-submitter"):
        approve(own, chief)


def test_a_list_is_decided_after_it_is_submitted_and_changed_before(
    place, copies, branch, chief, submitted
):
    draft = proposing.open_list(node=place.zhonghe, by=branch, at=AT)
    with pytest.raises(Refused, match="list-not-submitted"):
        approve(draft, chief)
    with pytest.raises(Refused, match="list-empty"):
        proposing.submit(list_id=draft.pk, by=branch, at=AT)
    told = {"list_id": submitted.pk, "reason": "damaged", "by": branch, "at": AT}
    with pytest.raises(Refused, match="list-submitted"):
        proposing.add_scanned(barcode=makers.copy(place, at=place.zhonghe).barcode, **told)
    with pytest.raises(Refused, match="list-submitted"):
        proposing.remove_line(line_id=submitted.lines.first().pk, by=branch, at=AT)


def test_what_cannot_be_listed(place, submitted, copies, branch):
    draft = proposing.open_list(node=place.zhonghe, by=branch, at=AT)
    gone = makers.copy(place, at=place.zhonghe)
    declare_lost(copy_id=gone.pk, note="丢了", by=branch, at=AT)
    for barcode, code in (
        (gone.barcode, "copy-not-in-stock"),
        (makers.copy(place, at=place.danshan).barcode, "copy-not-ours"),
        (copies[0].barcode, "copy-proposed-already"),
        ("NIX", "copy-unknown"),
    ):
        with pytest.raises(Refused, match=code):
            proposing.add_scanned(list_id=draft.pk, barcode=barcode, reason="", by=branch, at=AT)


def test_another_branch_makes_no_list_here(place, copies):
    with pytest.raises(Refused, match="not-your-branch"):
        listed(place.zhonghe, copies, makers.staff(place.danshan))


def test_what_is_out_stays_proposed_until_it_is_back(place, submitted, copies, branch, chief):
    card = makers.reader(place)
    lend(barcode=copies[0].barcode, card_number=card.number, node=place.zhonghe, by=branch, at=AT)
    take_back(barcode=copies[1].barcode, node=place.linjiang, by=makers.staff(place.linjiang),
              at=AT)  # fmt: skip
    done = approve(submitted, chief)
    assert done.withdrawn == 1
    assert {(line.copy, why.code) for line, why in done.waiting} == {
        (copies[0], "copy-not-on-shelf"), (copies[1], "copy-not-on-shelf"),
    }  # fmt: skip
    assert state_of(copies[0]) == ("on_loan", True)
    take_back(barcode=copies[0].barcode, node=place.zhonghe, by=branch, at=LATER)
    assert approve(submitted, chief).withdrawn == 1
    assert list(invariants.broken()) == []


def test_a_lost_copy_stays_on_its_list_and_may_be_kept(place, submitted, copies, branch, chief):
    declare_lost(copy_id=copies[0].pk, note="丢了", by=branch, at=AT)
    assert list(invariants.broken()) == []
    assert approve(submitted, chief).withdrawn == 2
    deciding.refuse(
        list_id=submitted.pk, line_ids=all_lines(submitted), note="已遗失", by=chief, at=LATER
    )
    assert state_of(copies[0]) == ("lost", False)
    assert list(invariants.broken()) == []


def test_a_refusal_says_why_and_keeps_the_copy(submitted, copies, chief):
    told = {"list_id": submitted.pk, "line_ids": all_lines(submitted), "by": chief, "at": LATER}
    with pytest.raises(Refused, match="withdrawal-answer-missing"):
        deciding.refuse(note=" ", **told)
    assert deciding.refuse(note="留作保存本", **told) == 3
    assert state_of(copies[0]) == ("available", False)
    assert approve(submitted, chief).withdrawn == 0


def test_an_approval_is_undone_in_time_with_a_reason(place, submitted, copies, chief):
    approve(submitted, chief)
    line = submitted.lines.get(copy=copies[0])
    take_back(barcode=copies[0].barcode, node=place.linjiang, by=makers.staff(place.linjiang),
              at=LATER)  # fmt: skip
    with pytest.raises(Refused, match="withdrawal-undo-reason-missing"):
        deciding.undo(line_id=line.pk, note="", by=chief, at=LATER)
    late = LATER + rules.UNDO_WITHIN + dt.timedelta(seconds=1)
    with pytest.raises(Refused, match="withdrawal-undo-late"):
        deciding.undo(line_id=line.pk, note="批错了", by=chief, at=late)
    deciding.undo(line_id=line.pk, note="批错了", by=chief, at=LATER)
    assert state_of(copies[0])[0] == "in_transit"
    assert StockEvent.objects.get(kind="restored").document == submitted.number
    assert list(invariants.broken()) == []
    with pytest.raises(Refused, match="withdrawal-not-in-force"):
        deciding.undo(line_id=line.pk, note="再来", by=chief, at=LATER)


def test_a_title_somebody_waits_for_keeps_its_last_copy(place, branch, chief):
    first = makers.copy(place, at=place.zhonghe)
    second = makers.copy(place, at=place.zhonghe, title=first.bib)
    card = makers.reader(place)
    lend(barcode=second.barcode, card_number=card.number, node=place.zhonghe, by=branch, at=AT)
    hold = place_hold(
        person_id=makers.reader(place, name="等书人").person_id, bib_id=first.bib_id,
        pickup=place.danshan, copy_id=first.pk, by=makers.staff(place.hub), at=AT,
    )  # fmt: skip
    made = listed(place.zhonghe, [first], branch)
    assert approve(made, chief).withdrawn == 1
    hold.refresh_from_db()
    assert (hold.state, hold.wanted_copy, hold.target) == (Hold.State.WAITING, None, None)
    assert list(invariants.broken()) == []
    take_back(barcode=second.barcode, node=place.danshan, by=makers.staff(place.danshan), at=LATER)
    hold.refresh_from_db()
    assert hold.copy == second

    wanted = makers.copy(place, at=place.zhonghe)
    place_hold(
        person_id=card.person_id, bib_id=wanted.bib_id, pickup=place.danshan,
        by=makers.staff(place.hub), at=AT,
    )  # fmt: skip
    done = approve(listed(place.zhonghe, [wanted], branch), chief)
    assert [why.code for _line, why in done.waiting] == ["last-copy-wanted"]


def test_what_the_shelves_propose(place, branch):
    old = makers.copy(place, at=place.zhonghe)
    read = makers.copy(place, at=place.zhonghe)
    new = makers.copy(place, at=place.zhonghe, accessioned_on=AT.date())
    torn = makers.copy(place, at=place.zhonghe, accessioned_on=AT.date())
    flagging.mark_damaged(copy_id=torn.pk, note="散页", by=branch, at=AT)
    edition = makers.bib("统计学", author="贾俊平", year=2012)
    dated = makers.copy(place, at=place.zhonghe, title=edition, accessioned_on=AT.date())
    newer = makers.bib("统计学", author="贾俊平", year=2021)
    makers.copy(place, at=place.zhonghe, title=newer, accessioned_on=AT.date())
    makers.copy(place, at=place.danshan)
    card = makers.reader(place)
    lend(barcode=read.barcode, card_number=card.number, node=place.zhonghe, by=branch, at=AT)
    chosen = {
        reason: set(fitting(place.zhonghe, Choice(reason, years=3), at=LATER))
        for reason in ("unused", "damaged", "superseded", "nix")
    }
    assert chosen == {
        "unused": {old}, "damaged": {torn}, "superseded": {dated}, "nix": set()
    }  # fmt: skip
    assert new not in chosen["unused"]
    draft = proposing.open_list(node=place.zhonghe, by=branch, at=AT)
    told = {"list_id": draft.pk, "choice": Choice("unused", 3), "by": branch, "at": LATER}
    assert [proposing.add_fitting(**told) for _ in range(2)] == [1, 0]


def test_a_file_is_listed_or_told_row_by_row(place, copies, branch):
    draft = proposing.open_list(node=place.zhonghe, by=branch, at=AT)
    rows = [(2, copies[0].barcode), (3, "NIX"), (4, copies[0].barcode.lower())]
    done = proposing.add_barcodes(list_id=draft.pk, rows=rows, reason="damaged", by=branch, at=AT)
    assert (done.added, [row for row, _why in done.left_out]) == (1, [3, 4])
    line = draft.lines.get()
    proposing.remove_line(line_id=line.pk, by=branch, at=AT)
    assert not draft.lines.exists()


def test_a_list_adds_up(place, submitted, chief):
    assert queries.sums_of(submitted.lines.all()) == [("内容过时", 3, 60)]
    assert [made.left for made in queries.lists_to_decide(place.hub)] == [3]
    approve(submitted, chief)
    assert not queries.lists_to_decide(place.hub)
    assert [(made.listed, made.left) for made in queries.lists_at(place.zhonghe)] == [(3, 0)]
    assert WithdrawalList.objects.get().number == f"TJ{submitted.pk:05d}"
