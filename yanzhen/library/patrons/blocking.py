"""Stopping a reader from borrowing for now 停借, and letting go again."""

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.patrons import access, rules
from yanzhen.library.patrons.models import Block
from yanzhen.network.models import Node
from yanzhen.people.models import Person
from yanzhen.people.names import plain
from yanzhen.people.roles import Actor

LONGEST_NOTE = 200


def place_block(
    person: Person,
    reason: str,
    note: str = "",
    until: dt.date | None = None,
    *,
    node: Node,
    by: Actor,
    at: dt.datetime,
) -> Block:
    """Stop a person from borrowing, for good or until a day; the reader is told the reason, the
    note and the day. Raises Refused."""
    note = plain(note)[:LONGEST_NOTE]
    with transaction.atomic():
        access.require_blocking(by, node)
        Person.objects.select_for_update().get(pk=person.pk)  # two desks at once wait here
        _lift_lapsed(person.blocks.lapsed(local_day(at)), at)
        standing = person.blocks.standing().filter(reason=reason).exists()
        refuse_first(
            rules.a_block_by_staff_says_why(reason, note),
            rules.a_block_does_not_end_before_it_begins(until, local_day(at)),
            rules.a_reason_blocks_a_reader_once(standing),
        )
        block = Block.objects.create(
            person=person, reason=Block.Reason(reason), note=note, placed_at=at, placed_by=by.name,
            until=until,
        )  # fmt: skip
        _notice_cards(person)
        audit.write(
            by=by,
            at=at,
            action="block.placed",
            subject=f"person:{person.pk}",
            place=node.code,
            reason=block.reason,
            note=note,
            until=until.isoformat() if until else None,
        )
    return block


def lift_block(block: Block, *, node: Node, by: Actor, at: dt.datetime) -> None:
    """Let a reader borrow again; lifting twice changes nothing. Raises Refused."""
    with transaction.atomic():
        access.require_blocking(by, node)
        standing = Block.objects.standing().filter(pk=block.pk)
        if standing.update(lifted_at=at, lifted_by=by.name):
            _notice_cards(block.person)
            audit.write(
                by=by,
                at=at,
                action="block.lifted",
                subject=f"person:{block.person_id}",
                place=node.code,
                reason=block.reason,
            )


def lift_lapsed(at: dt.datetime) -> int:
    """A chore: blocks past their last day are written down as lifted; return how many."""
    return _lift_lapsed(Block.objects.lapsed(local_day(at)), at)


def _lift_lapsed(blocks: QuerySet[Block], at: dt.datetime) -> int:
    """They stopped nobody since their last day; the audit line of the placing names that day."""
    return blocks.update(lifted_at=at, lifted_by=audit.System.name)


def _notice_cards(person: Person) -> None:
    """A new revision makes a loan that is being made at this moment ask again."""
    person.cards.active().update(revision=F("revision") + 1)
