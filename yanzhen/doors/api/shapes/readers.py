"""Readers: their cards, blocks and loans; and whoever calls."""

import datetime as dt
from collections.abc import Iterable

from pydantic import Field

from yanzhen.doors.api.shapes.circulation import LoanLine, loan_line
from yanzhen.doors.api.shapes.forms import Row, Shape, Term, day, moment, named, term
from yanzhen.doors.api.shapes.network import NodeName, node_name
from yanzhen.library.circulation.models import Loan
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.people.models import Role
from yanzhen.people.roles import Actor, Grant


class CardLine(Shape):
    """A reader card 读者证."""

    number: str = Field(description="Fourteen digits")
    status: Term = Field(description="active, lost, replaced or cancelled")
    category: Term = Field(description="Reader category")
    home_node: NodeName = Field(description="The branch that issued it")
    expires_on: dt.date | None = Field(description="Last day on which it is good; null: no end")


class BlockLine(Shape):
    """Why a reader may not borrow for now 停借."""

    reason: Term = Field(description="lost_item, address or staff")
    note: str = Field(description="What the reader is told")
    placed_at: dt.datetime = Field(description="Since when")
    until: dt.date | None = Field(description="Last day; null: until it is lifted")


class RoleLine(Shape):
    """A duty of a member of staff."""

    kind: Term = Field(description="director, librarian, culture_officer, …")
    node: str = Field(description="Code of the node it holds at and below; empty: everywhere")


class Me(Shape):
    """Whoever calls."""

    name: str = Field(description="Name of the person")
    card: CardLine | None = Field(description="The reader card; null without any")
    blocks: list[BlockLine] = Field(description="What stands between the reader and a loan")
    open_loans: int = Field(description="How many copies are at home")
    roles: list[RoleLine] = Field(description="Duties; empty for a reader")


class ReaderFile(Shape):
    """A reader at the desk: no more than the desk needs; reading it is written down."""

    name: str = Field(description="Name of the reader")
    card: CardLine = Field(description="The card asked for")
    blocks: list[BlockLine] = Field(description="What stands between the reader and a loan")
    loans: list[LoanLine] = Field(description="What is at home, what falls due first on top")


def card_line(card: ReaderCard) -> Row:
    return {
        "number": card.number,
        "status": term(ReaderCard.Status(card.status)),
        "category": named(card.category),
        "home_node": node_name(card.home_node),
        "expires_on": day(card.expires_on),
    }


def block_line(block: Block) -> Row:
    return {
        "reason": term(Block.Reason(block.reason)),
        "note": block.note,
        "placed_at": moment(block.placed_at),
        "until": day(block.until),
    }


def me(by: Actor, card: ReaderCard | None, blocks: Iterable[Block], open_loans: int) -> Row:
    return {
        "name": by.name,
        "card": card_line(card) if card else None,
        "blocks": [block_line(block) for block in blocks],
        "open_loans": open_loans,
        "roles": [_role(grant) for grant in by.grants],
    }


def _role(grant: Grant) -> Row:
    return {"kind": term(Role.Kind(grant.kind)), "node": grant.node_code}


def reader_file(card: ReaderCard, blocks: Iterable[Block], loans: Iterable[Loan]) -> Row:
    return {
        "name": card.person.name,
        "card": card_line(card),
        "blocks": [block_line(block) for block in blocks],
        "loans": [loan_line(loan) for loan in loans],
    }
