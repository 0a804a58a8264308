"""Nodes and towns."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from yanzhen.doors.api.shapes.forms import Row, Shape, Term, day, moment, term
from yanzhen.network.models import AccessFeature, Node, Site, Verification
from yanzhen.network.opening import Calendar, Span
from yanzhen.network.queries import NO_NODE, Branch, TownCover


class NodeName(Shape):
    """A node as far as another row names it."""

    code: str = Field(description="As in /nodes/{code}")
    name: str = Field(description="In the language of Accept-Language")


class NodeLine(NodeName):
    """A library or culture node 总馆、分馆、基层服务点."""

    short_name: str = Field(description="For lists and slips: 中和")
    tree: Term = Field(description="library or culture")
    level: Term = Field(description="hub, branch, service_point or mobile_stop")
    status: Term = Field(description="planned, building, open or closed (as an institution)")
    parent: str | None = Field(description="Code of the node above; null for a hub")
    division: str = Field(description="Code of the town, village or county it stands in")
    division_name: str = Field(description="Its name")
    address: str = Field(description="Street address; empty where not known")
    phone: str = Field(description="Whom to call; empty where not known")
    verification: Term = Field(description="verified, reported or demo (invented for the demo)")


class Opening(Shape):
    """One stretch of opening."""

    opens: str = Field(description="HH:MM, county time")
    closes: str = Field(description="HH:MM, county time")


class UsualOpening(Opening):
    """One stretch of a usual week."""

    weekday: int = Field(description="ISO 8601: 1 is Monday, 7 is Sunday")


class OpenNow(Shape):
    """Open or not at the moment of the answer, and when that changes."""

    open: bool = Field(description="True while the doors are open")
    closes_at: str | None = Field(description="HH:MM today, while open")
    opens_at: dt.datetime | None = Field(description="The next opening, while closed")
    notice: str = Field(description="The announced closure in force today, if any")


class OpeningDay(Shape):
    """One of the seven days from today, closures and holidays counted in."""

    date: dt.date = Field(description="The day")
    openings: list[Opening] = Field(description="Empty: closed")
    notice: str = Field(description="The announced closure of the day")
    holiday: str = Field(description="The public holiday, if any; it closes nothing by itself")


class Closure(Shape):
    """Announced days without opening."""

    first_day: dt.date = Field(description="First day closed")
    last_day: dt.date = Field(description="Last day closed")
    notice: str = Field(description="What the public reads")


class Accessibility(Shape):
    """One accessibility fact of the place."""

    feature: Term = Field(description="step_free, ramp, lift, toilet, parking, …")
    state: Term = Field(description="present, absent, broken or unknown")
    checked_on: dt.date | None = Field(description="The day somebody last looked")
    note: str = Field(description="A remark for visitors")


class NodeDetail(NodeLine):
    """A node with everything a visitor asks."""

    kind: Term = Field(description="Kind of the place: library, culture_station, village_room, …")
    introduction: str = Field(description="A few sentences")
    area_m2: int | None = Field(description="Floor area, square metres")
    seats: int | None = Field(description="Seats for readers")
    cluster: str | None = Field(description="The cluster 片区 of its town")
    central_town: bool = Field(description="Whether its town is a central town 中心镇 today")
    twin: str | None = Field(description="Code of the node of the other tree on the same site")
    service_points: list[NodeName] = Field(description="Open service points below it")
    now: OpenNow = Field(description="Open or closed at this moment")
    hours: list[UsualOpening] = Field(description="The usual week")
    week: list[OpeningDay] = Field(description="Seven days from today as they really are")
    closures: list[Closure] = Field(description="Closures running or announced")
    accessibility: list[Accessibility] = Field(description="Every feature, looked at or not")


class TownBranch(Shape):
    """One of the two branches a town should have."""

    node: str | None = Field(description="Code of the node; null where there is none")
    status: Term = Field(description="none, planned, building or open")


class TownLine(Shape):
    """A town or subdistrict with its two branches."""

    code: str = Field(description="Administrative division code")
    name: str = Field(description="In the language of Accept-Language")
    kind: Term = Field(description="town or subdistrict")
    cluster: str | None = Field(description="Its cluster 片区")
    central_town: bool = Field(description="Whether it is a central town 中心镇 today")
    library: TownBranch = Field(description="Its library branch")
    culture: TownBranch = Field(description="Its culture-centre branch")
    service_points: int = Field(description="Places with an open village service point")


class TownList(Shape):
    """Every living town; a statistics-only unit is never one."""

    items: list[TownLine] = Field(description="By division code")


def node_name(node: Node) -> Row:
    return {"code": node.code, "name": node.label}


def node_line(node: Node) -> Row:
    """Needs `site__division` and `parent` loaded."""
    site = node.site
    return {
        **node_name(node),
        "short_name": node.short_label,
        "tree": term(Node.Tree(node.tree)),
        "level": term(Node.Level(node.level)),
        "status": term(Node.Status(node.status)),
        "parent": node.parent.code if node.parent else None,
        "division": site.division.code,
        "division_name": site.division.label,
        "address": site.address,
        "phone": site.phone,
        "verification": term(Verification(site.verification)),
    }


def node_detail(branch: Branch, at: dt.datetime) -> Row:
    site, today = branch.node.site, timezone.localtime(at).date()
    return {
        **node_line(branch.node),
        "kind": term(Site.Kind(site.kind)),
        "introduction": site.introduction,
        "area_m2": site.area_m2,
        "seats": site.seats,
        "cluster": branch.cluster.label if branch.cluster else None,
        "central_town": branch.central is not None,
        "twin": branch.twin.code if branch.twin else None,
        "service_points": [node_name(node) for node in branch.service_points],
        "now": _now(branch.calendar, at),
        "hours": _usual_week(branch.calendar, today),
        "week": [_day(branch, today + dt.timedelta(days=ahead)) for ahead in range(7)],
        "closures": [
            {"first_day": day(c.first_day), "last_day": day(c.last_day), "notice": c.notice}
            for c in branch.calendar.closures
            if c.last_day >= today
        ],
        "accessibility": [_feature(feature) for feature in branch.features],
    }


def _now(calendar: Calendar, at: dt.datetime) -> Row:
    state = calendar.state_at(at)
    closes_at = f"{state.closes_at:%H:%M}" if state.closes_at else None
    return {
        "open": state.open,
        "closes_at": closes_at,
        "opens_at": moment(state.opens_at),
        "notice": state.notice,
    }


def _opening(span: Span) -> Row:
    return {"opens": f"{span.opens:%H:%M}", "closes": f"{span.closes:%H:%M}"}


def _usual_week(calendar: Calendar, today: dt.date) -> list[Row]:
    monday = today - dt.timedelta(days=today.weekday())
    # From today on where hours are to change: a day of this week that has passed counts next week.
    days = [
        each if each >= today else each + dt.timedelta(days=7)
        for each in (monday + dt.timedelta(days=n) for n in range(7))
    ]
    return [
        {"weekday": each.isoweekday(), **_opening(span)}
        for each in days
        for span in calendar.usual_spans_on(each)
    ]


def _day(branch: Branch, date: dt.date) -> Row:
    closure, holiday = branch.calendar.closure_on(date), branch.holidays.get(date)
    return {
        "date": day(date),
        "openings": [_opening(span) for span in branch.calendar.spans_on(date)],
        "notice": closure.notice if closure else "",
        "holiday": holiday.name if holiday else "",
    }


def _feature(feature: AccessFeature) -> Row:
    return {
        "feature": term(AccessFeature.Kind(feature.kind)),
        "state": term(AccessFeature.State(feature.state)),
        "checked_on": day(feature.checked_on),
        "note": feature.note,
    }


def town_line(cover: TownCover) -> Row:
    town = cover.division
    return {
        "code": town.code,
        "name": town.label,
        "kind": term(town.Kind(town.kind)),
        "cluster": cover.cluster.label if cover.cluster else None,
        "central_town": cover.central is not None,
        "library": _town_branch(cover, Node.Tree.LIBRARY),
        "culture": _town_branch(cover, Node.Tree.CULTURE),
        "service_points": cover.service_points,
    }


def _town_branch(cover: TownCover, tree: str) -> Row:
    node, status = cover.branches.get(tree), cover.status(tree)
    none = {"code": NO_NODE, "label": _("还没有")}
    return {
        "node": node.code if node else None,
        "status": none if status == NO_NODE else term(Node.Status(status)),
    }
