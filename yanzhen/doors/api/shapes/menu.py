"""The menu and orders from it."""

import datetime as dt

from pydantic import Field

from yanzhen.culture.activities.models import Activity
from yanzhen.culture.tours.models import MenuItem, MenuOrder, Requester
from yanzhen.doors.api.shapes.forms import Order, Row, Shape, Term, day, moment, term
from yanzhen.doors.api.shapes.network import NodeName, node_name
from yanzhen.network.models import Division


class MenuLine(Shape):
    """An item of the menu 菜单."""

    id: int = Field(description="To order it by")
    name: str = Field(description="In the language of Accept-Language")
    about: str = Field(description="A few words; may be empty")
    kind: Term = Field(description="show, exhibition, teacher, book_box, film or workshop")
    audience: Term = Field(description="For whom")
    season: Term = Field(description="any, spring, summer, autumn or winter")
    minutes: int = Field(description="How long it lasts")
    space: str = Field(description="What room the place must have; may be empty")
    power: str = Field(description="What power it must have; may be empty")
    helpers: int = Field(description="How many people of the place lend a hand")
    node: NodeName = Field(description="Who brings it")


class MenuUnit(Order):
    """Who orders 点单单位; known by name and town."""

    name: str = Field(min_length=1, max_length=60, description="Name")
    kind: Requester.Kind = Field(description="town, village, school, enterprise or worksite")
    town: str = Field(min_length=1, max_length=12, description="Division code of the town")
    contact: str = Field(min_length=1, max_length=40, description="Whom to call")
    phone: str = Field(min_length=1, max_length=30, description="Telephone")
    address: str = Field("", max_length=120, description="Where to bring it")


class MenuOrderForm(Order):
    """An order taken by staff."""

    item_id: int = Field(ge=1, le=2**63 - 1, description="As in /menu")
    unit: MenuUnit = Field(description="Who orders")
    wished_on: dt.date = Field(description="The day wished for")
    wished_time: dt.time | None = Field(None, description="When it should begin")
    other_day: dt.date | None = Field(None, description="Another day that would do")
    heads: int = Field(ge=1, le=20_000, description="About how many people")
    safety_note: str = Field("", max_length=200, description="A building site must say something")
    note: str = Field("", max_length=200, description="Anything else")


class MenuOrderTold(Shape):
    """An order 点单 with what its unit needs to follow it."""

    id: int = Field(description="Stable")
    number: str = Field(description="Six digits to read out")
    code: str = Field(description="Opens the order's page without an account; give it to the unit")
    item: str = Field(description="Name of the item")
    unit: str = Field(description="Name of the unit")
    wished_on: dt.date = Field(description="The day wished for")
    heads: int = Field(description="People expected")
    state: Term = Field(description="asked, assigned, done, declined or cancelled")
    asked_at: dt.datetime = Field(description="When it was ordered")


def menu_line(item: MenuItem) -> Row:
    """Wants `node` loaded."""
    return {
        "id": item.pk,
        "name": item.label,
        "about": item.about,
        "kind": term(MenuItem.Kind(item.kind)),
        "audience": term(Activity.Audience(item.audience)),
        "season": term(MenuItem.Season(item.season)),
        "minutes": item.minutes,
        "space": item.space,
        "power": item.power,
        "helpers": item.helpers,
        "node": node_name(item.node),
    }


def menu_order_told(order: MenuOrder) -> Row:
    return {
        "id": order.pk,
        "number": order.number,
        "code": order.code,
        "item": order.item.label,
        "unit": order.requester.name,
        "wished_on": day(order.wished_on),
        "heads": order.heads,
        "state": term(MenuOrder.State(order.state)),
        "asked_at": moment(order.asked_at),
    }


def town_of(code: str) -> Division | None:
    """The town of a division code; None for what is none."""
    return Division.objects.towns().filter(code=code).first()
