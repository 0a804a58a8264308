"""Facilities and claims."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from yanzhen.culture.resources.models import Claim, Facility, Resource
from yanzhen.doors.api.shapes.forms import Order, Row, Shape, Term, day, moment, term
from yanzhen.doors.api.shapes.network import Accessibility
from yanzhen.network.models import AccessFeature, Verification

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
USES = Literal["activity", "class", "rehearsal", "exhibition", "tour", "meeting", "upkeep"]


class FacilityLine(Shape):
    """A facility 场地."""

    id: int = Field(description="As resource_id in /claims")
    name: str = Field(description="In the language of Accept-Language")
    kind: Term = Field(description="hall, classroom, square, village_stage, history_room, …")
    site: str = Field(description="Code of the place it belongs to")
    site_name: str = Field(description="Its name")
    part_of: int | None = Field(description="The larger facility it is a part of")
    seats: int = Field(description="How many people it holds; 0: not counted")
    condition: Term = Field(description="good, worn or closed")
    phone: str = Field(description="Whom to call")
    accessibility: list[Accessibility] = Field(description="What somebody looked at")
    year: int = Field(description="The year of `uses`")
    uses: int = Field(description="How often it was used this year")
    verification: Term = Field(description="verified, reported or demo (invented for the demo)")


class ClaimLine(Shape):
    """A resource taken for a use 占用."""

    id: int = Field(description="Stable")
    reference: str = Field(description="Claims of one use share it")
    purpose: str = Field(description="What for, in the words of who claimed")
    use: Term = Field(description="activity, class, rehearsal, …")
    resource_id: int = Field(description="What is taken")
    resource_name: str = Field(description="Its name")
    sort: Term = Field(description="facility, teacher, equipment, vehicle or troupe")
    units: int = Field(description="How many of it")
    site: str | None = Field(description="Code of the place of the use")
    starts_at: dt.datetime = Field(description="Start of the use, without set-up")
    ends_at: dt.datetime = Field(description="End of the use")
    state: Term = Field(description="draft, live, released or expired")
    expires_at: dt.datetime | None = Field(description="When a draft lapses")


class Wanted(Order):
    """A resource, and how many of it."""

    resource_id: Id = Field(description="As in /facilities, /claims")
    units: int = Field(1, ge=1, le=500, description="How many")


class ClaimOrder(Order):
    """What one use needs, claimed together or not at all."""

    purpose: str = Field(min_length=1, max_length=80, description="What for")
    use: USES = Field("activity", description="Kind of use")
    starts_at: AwareDatetime = Field(description="Start, with time zone")
    ends_at: AwareDatetime = Field(description="End, with time zone")
    wants: list[Wanted] = Field(min_length=1, max_length=20, description="Everything it needs")
    site: str | None = Field(None, max_length=40, description="Where, when no facility of ours")
    set_up: int = Field(0, ge=0, le=1440, description="Minutes before")
    tear_down: int = Field(0, ge=0, le=1440, description="Minutes after")
    heads: int = Field(0, ge=0, le=20_000, description="People expected")
    for_minors: bool = Field(False, description="Minors take part: teachers' records are asked")
    opened_specially: str = Field(
        "",
        max_length=200,
        description="Why a house opens on a day of an announced closure; else 409 house-closed",
    )
    expires_at: AwareDatetime | None = Field(None, description="A draft that lapses then")


class UseClaimed(Shape):
    """Everything a use has claimed."""

    reference: str = Field(description="Names the use")
    items: list[ClaimLine] = Field(description="One claim a resource")


def facility_line(row: Facility, uses: int, year: int) -> Row:
    """Wants site, access and photos loaded."""
    return {
        "id": row.pk,
        "name": row.label,
        "kind": term(Facility.Kind(row.kind)),
        "site": row.site.code,
        "site_name": row.site.label,
        "part_of": row.part_of_id,
        "seats": row.seats,
        "condition": term(Facility.Condition(row.condition)),
        "phone": row.site.phone,
        "accessibility": [
            {
                "feature": term(AccessFeature.Kind(each.kind)),
                "state": term(AccessFeature.State(each.state)),
                "checked_on": day(each.checked_on),
                "note": each.note,
            }
            for each in row.access.all()
        ],
        "year": year,
        "uses": uses,
        "verification": term(Verification(row.verification)),
    }


def claim_line(claim: Claim) -> Row:
    """Wants resource and site loaded."""
    return {
        "id": claim.pk,
        "reference": claim.reference,
        "purpose": claim.purpose,
        "use": term(Claim.Use(claim.use)),
        "resource_id": claim.resource_id,
        "resource_name": claim.resource.label,
        "sort": term(Resource.Sort(claim.resource.sort)),
        "units": claim.units,
        "site": claim.site.code if claim.site else None,
        "starts_at": moment(claim.starts_at),
        "ends_at": moment(claim.ends_at),
        "state": term(Claim.State(claim.state)),
        "expires_at": moment(claim.expires_at),
    }
