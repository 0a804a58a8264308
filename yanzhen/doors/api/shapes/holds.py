"""Holds and their orders."""

import datetime as dt

from pydantic import Field

from yanzhen.doors.api.problems import ground
from yanzhen.doors.api.shapes.circulation import ValueGiven
from yanzhen.doors.api.shapes.forms import Order, Row, Shape, Term, day, moment, term
from yanzhen.doors.api.shapes.network import NodeName, node_name
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.ruling import of_hold


class HoldOrder(Order):
    """What to hold for oneself, or for a child one is guardian of."""

    record_id: int = Field(ge=1, le=2**63 - 1, description="As in /records/{id}")
    pickup: str = Field(min_length=1, max_length=48, description="Code of the branch to fetch it")
    person_id: int | None = Field(
        None, ge=1, le=2**63 - 1, description="A child one is guardian of; null: oneself"
    )
    wanted_until: dt.date | None = Field(None, description="Of no use after this day")


class HoldLine(Shape):
    """A hold 预约."""

    id: int = Field(description="As in /me/holds/{id}")
    record_id: int = Field(description="As in /records/{id}")
    title: str = Field(description="Title")
    state: Term = Field(description="waiting, on_its_way, ready, fulfilled, cancelled, expired, …")
    position: int | None = Field(description="Place in the queue, from 1, while waiting")
    order: Term = Field(description="The rule the queue is ordered by")
    pickup_node: NodeName = Field(description="Where it is fetched")
    placed_at: dt.datetime = Field(description="When it was placed")
    pickup_until: dt.date | None = Field(description="How long it stands on the hold shelf")
    explain: list[ValueGiven] = Field(description="The row it was placed under")


def hold_line(hold: Hold) -> Row:
    """Wants `bib` and `pickup_node` loaded."""
    return {
        "id": hold.pk,
        "record_id": hold.bib_id,
        "title": hold.bib.title,
        "state": term(Hold.State(hold.state)),
        "position": hold.position,
        "order": term(Hold.Order(hold.order)),
        "pickup_node": node_name(hold.pickup_node),
        "placed_at": moment(hold.placed_at),
        "pickup_until": day(hold.pickup_until),
        "explain": [ground(each) for each in of_hold(hold)],
    }
