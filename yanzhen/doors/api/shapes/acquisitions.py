"""Wishes and orders. Money is whole 分."""

import datetime as dt

from pydantic import Field

from yanzhen.doors.api.shapes.forms import Row, Shape, Term, day, moment
from yanzhen.doors.api.shapes.network import NodeName, node_name
from yanzhen.doors.purchasing_words import WORDS, word_of, word_of_order
from yanzhen.library.acquisitions.models import Order, OrderLine, Wish


class WishLine(Shape):
    """What a branch or one of its readers would like to have; who the reader is, is not told."""

    id: int = Field(description="Stable")
    title: str = Field(description="Title as written")
    author: str = Field(description="Author as written; may be empty")
    isbn13: str = Field(description="Thirteen digits; may be empty")
    quantity: int = Field(description="Copies wished for")
    suggested: bool = Field(description="True when a reader suggested it")
    state: Term = Field(description="waiting, chosen, ordered, arrived, unavailable or declined")
    answer: str = Field(description="Why it is not bought; may be empty")
    made_at: dt.datetime = Field(description="When it was made")


class OrderHead(Shape):
    """An order to a supplier 订单."""

    id: int = Field(description="As in /purchasing/orders/{id}")
    number: str = Field(description="What is printed on it")
    supplier: str = Field(description="Name of the supplier")
    state: Term = Field(description="draft, coming, complete or cancelled")
    titles: int = Field(description="Lines")
    quantity: int = Field(description="Copies ordered")
    outstanding: int = Field(description="Copies still to come")
    fen: int = Field(description="At the agreed prices, in 分")
    due_on: dt.date | None = Field(description="The promised day")
    placed_at: dt.datetime | None = Field(description="When it was sent; null: a draft")


class Share(Shape):
    """How many copies of a line are for one branch."""

    node: NodeName = Field(description="The branch")
    quantity: int = Field(description="Ordered for it")
    received: int = Field(description="Come for it")
    given_up: int = Field(description="No longer waited for")


class OrderLineTold(Shape):
    """A title of an order with its split."""

    id: int = Field(description="Stable")
    record_id: int | None = Field(description="As in /records/{id}; null before the first comes")
    title: str = Field(description="Title as ordered")
    isbn13: str = Field(description="Thirteen digits; may be empty")
    list_fen: int = Field(description="List price of a copy, in 分")
    unit_fen: int = Field(description="Agreed price of a copy, in 分")
    fund: str = Field(description="The fund it is paid from")
    shares: list[Share] = Field(description="By branch")


class OrderTold(OrderHead):
    """An order with its lines."""

    lines: list[OrderLineTold] = Field(description="Its titles")


def _word(key: str) -> Row:
    return {"code": key, "label": str(WORDS[key].word)}


def wish_line(wish: Wish) -> Row:
    """Wants `arrived` (queries.wishes_of)."""
    return {
        "id": wish.pk,
        "title": wish.title,
        "author": wish.author,
        "isbn13": wish.isbn13,
        "quantity": wish.quantity,
        "suggested": wish.person_id is not None,
        "state": _word(word_of(wish)),
        "answer": wish.answer,
        "made_at": moment(wish.made_at),
    }


def order_head(order: Order) -> Row:
    """Wants the annotations of queries.orders()."""
    return {
        "id": order.pk,
        "number": order.number,
        "supplier": order.supplier.name,
        "state": _word(word_of_order(order)),
        "titles": order.titles,  # type: ignore[attr-defined]  # annotated, as the three below
        "quantity": order.quantity,  # type: ignore[attr-defined]
        "outstanding": order.outstanding,  # type: ignore[attr-defined]
        "fen": order.fen,  # type: ignore[attr-defined]
        "due_on": day(order.due_on),
        "placed_at": moment(order.placed_at),
    }


def order_told(order: Order, lines: list[OrderLine]) -> Row:
    return {**order_head(order), "lines": [_line(line) for line in lines]}


def _line(line: OrderLine) -> Row:
    return {
        "id": line.pk,
        "record_id": line.bib_id,
        "title": line.title,
        "isbn13": line.isbn13,
        "list_fen": line.list_fen,
        "unit_fen": line.unit_fen,
        "fund": str(line.fund),
        "shares": [
            {
                "node": node_name(share.node),
                "quantity": share.quantity,
                "received": share.received,
                "given_up": share.given_up,
            }
            for share in line.allocations.all()
        ],
    }
