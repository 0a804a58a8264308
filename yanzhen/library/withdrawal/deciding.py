"""The main library decides line by line, and may take an approval back for some days."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.holdings import stock, travelling
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.holdings.queries import locked_copy
from yanzhen.library.holds import queueing, targeting
from yanzhen.library.holds.models import Hold
from yanzhen.library.withdrawal import access, rules
from yanzhen.library.withdrawal.facts import CopyRestored, CopyWithdrawn, WithdrawalRefused
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.people.roles import Actor

Decision = WithdrawalLine.Decision


@dataclass
class Decided:
    """How many copies were withdrawn, and what stays proposed with the reason why."""

    withdrawn: int = 0
    waiting: list[tuple[WithdrawalLine, Refused]] = field(default_factory=list)


def approve(*, list_id: int, line_ids: Iterable[int], by: Actor, at: dt.datetime) -> Decided:
    """Withdraw the copies of these lines. What is not on its shelf, or is the last copy somebody
    waits for, stays proposed. Raises Refused for the list as a whole."""
    done = Decided()
    with transaction.atomic():
        decided = _being_decided(list_id, by)
        chosen = _chosen(decided, line_ids)
        for bib_id in sorted({copy.bib_id for _line, copy in chosen}):
            queueing.lock(bib_id)
        for line, copy in chosen:
            if refusal := _not_yet(copy):
                done.waiting.append((line, refusal))
                continue
            _decide(line, Decision.APPROVED, by, at)
            _withdraw(copy, line, decided, by, at)
            done.withdrawn += 1
        _audit("withdrawal.approved", decided, by, at, withdrawn=done.withdrawn)
    return done


def _not_yet(copy: Copy) -> Refused | None:
    if refusal := rules.only_what_stands_on_its_shelf_is_withdrawn(copy.state):
        return refusal
    others = Copy.objects.filter(bib=copy.bib_id, for_loan=True, withdrawal_proposed=False)
    others = others.exclude(state__in=stock.OUT_OF_STOCK).exclude(pk=copy.pk)
    waiting = Hold.objects.waiting().filter(bib=copy.bib_id)
    return rules.a_title_somebody_waits_for_keeps_its_last_copy(waiting.count(), others.count())


def _withdraw(
    copy: Copy, line: WithdrawalLine, decided: WithdrawalList, by: Actor, at: dt.datetime
) -> None:
    copy.state, copy.missing, copy.withdrawal_proposed = Copy.State.WITHDRAWN, False, False
    travelling.save_place(copy)
    stock.record(
        copy, stock.Kind.WITHDRAWN, by=by, at=at, document=decided.number,
        note=line.get_reason_display(),
    )  # fmt: skip
    _free_the_holds(copy, at)
    outbox.record(CopyWithdrawn(copy.pk, copy.bib_id, copy.owning_node.code, decided.number), at=at)


def _free_the_holds(copy: Copy, at: dt.datetime) -> None:
    """Whoever wanted just this copy takes any copy of the title; the pull list looks elsewhere."""
    Hold.objects.waiting().filter(wanted_copy=copy).update(wanted_copy=None)
    Hold.objects.filter(target=copy).update(target=None, targeted_at=None)
    targeting.assign(copy.bib_id, at=at)


def refuse(*, list_id: int, line_ids: Iterable[int], note: str, by: Actor, at: dt.datetime) -> int:
    """Keep the copies of these lines; return how many. Raises Refused without a reason."""
    number = 0
    with transaction.atomic():
        decided = _being_decided(list_id, by)
        refuse_first(rules.a_refusal_says_why(note))
        for line, copy in _chosen(decided, line_ids):
            line.answer = note.strip()[:200]
            _decide(line, Decision.REFUSED, by, at)
            copy.withdrawal_proposed = False
            travelling.save_place(copy)
            outbox.record(WithdrawalRefused(copy.pk, copy.bib_id, copy.home_node.code), at=at)
            number += 1
        _audit("withdrawal.refused", decided, by, at, lines=number, note=note.strip()[:200])
    return number


def undo(*, line_id: int, note: str, by: Actor, at: dt.datetime) -> Copy:
    """Take an approval back: the copy is in stock again, and goes home if it stands elsewhere.
    Raises Refused when it is too late or without a reason."""
    with transaction.atomic():
        line = access.known_line(line_id)
        copy = locked_copy(line.copy_id)
        line = access.known_line(line_id)  # as it stands now that nobody else can decide
        access.require_deciding(by, line.list.node)
        refuse_first(
            rules.only_an_approval_is_undone(
                line.decision == Decision.APPROVED and line.undone_at is None
            ),
            rules.an_approval_is_undone_in_time(line.decided_at or at, at),
            rules.an_undo_says_why(note),
        )
        line.undone_at, line.undone_by, line.undone_note = at, by.name, note.strip()[:200]
        line.save(update_fields=["undone_at", "undone_by", "undone_note"])
        _put_back(copy, line, by, at)
        _audit("withdrawal.undone", line.list, by, at, copy=copy.pk, note=line.undone_note)
    return copy


def _put_back(copy: Copy, line: WithdrawalLine, by: Actor, at: dt.datetime) -> None:
    copy.state = Copy.State.AVAILABLE
    if copy.current_node_id != copy.home_node_id:
        travelling.begin(
            copy, from_node=copy.current_node, to_node=copy.home_node, reason=Transit.Reason.HOME,
            by=by, at=at,
        )  # fmt: skip
    travelling.save_place(copy)
    number = line.list.number
    stock.record(copy, stock.Kind.RESTORED, by=by, at=at, document=number, note=line.undone_note)
    outbox.record(CopyRestored(copy.pk, copy.bib_id, copy.owning_node.code, number), at=at)


def _being_decided(list_id: int, by: Actor) -> WithdrawalList:
    decided = access.locked_list(list_id)
    access.require_deciding(by, decided.node)
    refuse_first(
        rules.only_a_submitted_list_is_decided(decided.submitted_at),
        rules.whoever_submits_does_not_decide(decided.submitted_by_id, by.account_id),
    )
    return decided


def _chosen(decided: WithdrawalList, line_ids: Iterable[int]) -> list[tuple[WithdrawalLine, Copy]]:
    """The undecided lines among these with their copies, all locked, in one order for everybody
    and before any queue: a scan at a desk holds its copy and then asks for the queue."""
    lines = decided.lines.undecided().filter(pk__in=list(line_ids)).order_by("copy")
    return [(line, locked_copy(line.copy_id)) for line in lines]


def _decide(line: WithdrawalLine, decision: str, by: Actor, at: dt.datetime) -> None:
    line.decision, line.decided_at, line.decided_by = decision, at, by.name
    line.save(update_fields=["decision", "decided_at", "decided_by", "answer"])


def _audit(
    action: str, decided: WithdrawalList, by: Actor, at: dt.datetime, **detail: object
) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"withdrawal:{decided.pk}", place=decided.node.code,
        **detail,
    )  # fmt: skip
