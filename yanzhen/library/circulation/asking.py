"""The rules of lending in the order in which they are asked, each with its answer.

Lending stops at the first refusal; the trial page shows them all.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import rules
from yanzhen.library.circulation.cases import Event, Where, case_for, held_for_reader
from yanzhen.library.circulation.ruling import Ruling
from yanzhen.library.circulation.situation import Situation
from yanzhen.library.patrons import rules as patron_rules


@dataclass(frozen=True)
class Asked:
    """A rule by its name, and what it said."""

    rule: str
    answer: Refused | None


def about_reader(
    seen: Situation, barcode: str, card_number: str, at: dt.datetime
) -> tuple[Asked, ...]:
    """What is asked before any loan rule is looked for."""
    return (
        _ask(rules.a_card_must_be_known, seen.card_id is not None, card_number),
        _ask(rules.a_copy_must_be_known, seen.copy_id is not None, barcode),
        _ask(
            patron_rules.a_card_must_be_active,
            seen.card_status,
            seen.expires_on,
            local_day(at),
            seen.successor_number,
        ),
        _ask(
            patron_rules.a_blocked_reader_does_not_borrow,
            seen.block_reason,
            seen.block_note,
            seen.block_until,
        ),
    )


def about_copy(
    seen: Situation, ruled: Ruling, at: dt.datetime, although_held: str = ""
) -> tuple[Asked, ...]:
    """What is asked about the copy, and how many the reader may have. `although_held` is the
    reason for lending a copy set aside for another."""
    held = held_for_reader(seen.held_for_id, seen.person_id)
    refusal = case_for(seen.state, Event.LEND, Where.ANY, held).refusal
    return (
        _ask(
            rules.a_copy_on_loan_is_not_lent_again,
            refusal == "copy-on-loan",
            same_reader=seen.holder_id == seen.person_id,
            due_on=seen.due_on,
        ),
        _ask(rules.a_lost_copy_is_returned_before_it_is_lent, refusal == "copy-reported-lost"),
        _ask(rules.a_withdrawn_copy_is_not_lent, refusal == "copy-withdrawn"),
        _ask(
            rules.a_copy_held_for_another_is_lent_with_a_reason,
            refusal == "copy-held-for-another",
            although_held,
        ),
        _ask(rules.a_reading_room_copy_stays_in_the_house, seen.for_loan),
        _ask(
            rules.an_adult_only_copy_is_not_lent_to_a_child,
            seen.adult_only,
            seen.age(at),
            seen.category,
        ),
        *within_rules(ruled, seen.open_loans, seen.open_of_kind, seen.open_of_owner),
    )


def within_rules(
    ruled: Ruling, open_loans: int, open_of_kind: int, open_of_owner: int
) -> tuple[Asked, ...]:
    """What the loan rules themselves say, given how many the reader has at home."""
    return (
        _ask(rules.a_kind_must_be_lendable, ruled.lendable),
        _ask(rules.a_reader_keeps_within_the_limit, open_loans, ruled.max_loans),
        _ask(rules.a_reader_keeps_within_the_limit_of_a_kind, open_of_kind, ruled.max_loans_kind),
        _ask(
            rules.a_reader_keeps_within_the_limit_of_an_owner, open_of_owner, ruled.max_loans_owned
        ),
    )


def _ask(rule: Callable[..., Refused | None], *values, **named) -> Asked:
    return Asked(rule.__name__, rule(*values, **named))
