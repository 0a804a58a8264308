"""Facilities for everybody, and claims for who plans with them."""

import datetime as dt
from uuid import uuid4

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from yanzhen.culture.resources import claiming, queries
from yanzhen.culture.resources.changing import DESK
from yanzhen.culture.resources.models import Facility
from yanzhen.doors.api.answers import answer, written
from yanzhen.doors.api.callers import Call
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.doors.api.shapes.resources import (
    ClaimLine,
    ClaimOrder,
    FacilityLine,
    UseClaimed,
    claim_line,
    facility_line,
)
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Site
from yanzhen.people.access import require
from yanzhen.people.roles import MANAGE_RESOURCES

facilities_router = Router(tags=["network"])
router = Router(tags=["desk"])


class FacilitiesWanted(Paging):
    kind: str = Field("", max_length=20, description="hall, square, village_stage, …; empty: all")
    town: str = Field("", max_length=12, description="Division code of a town; empty: all")


class ClaimsWanted(Paging):
    week: dt.date = Field(description="Any day of the week, Monday to Sunday, county time")
    resource_id: int | None = Field(None, ge=1, le=2**63 - 1, description="Only of this resource")


@facilities_router.get("/facilities", response=Page[FacilityLine], summary="Facilities")
def facilities(request: HttpRequest, wanted: Query[FacilitiesWanted]) -> HttpResponse:
    """The register of stages, halls, squares and rooms, town by town."""
    found = queries.facilities()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.town:
        here = Q(site__division__code=wanted.town) | Q(site__division__parent__code=wanted.town)
        found = found.filter(here)
    at = clock.now()
    year = clock.local_day(at).year

    def tell(row: Facility) -> dict:
        return facility_line(row, uses[row.pk], year)

    start = (wanted.page - 1) * wanted.page_size
    shown = [each.pk for each in found[start : start + wanted.page_size]]
    uses = queries.uses_in_year(shown, year, until=at)
    return answer(page_of(found, wanted, tell))


@router.get("/claims", response=Page[ClaimLine], summary="Claims of a week")
def claims(request: Call, wanted: Query[ClaimsWanted]) -> HttpResponse:
    """What keeps resources busy in a week; for staff who plan with them."""
    require(request.actor, MANAGE_RESOURCES)
    monday = wanted.week - dt.timedelta(days=wanted.week.weekday())
    start = timezone.make_aware(dt.datetime.combine(monday, dt.time()))
    found = queries.claims_between(start, start + dt.timedelta(days=7), clock.now())
    if wanted.resource_id:
        found = found.filter(resource=wanted.resource_id)
    return answer(page_of(found, wanted, claim_line))


@router.post("/claims", response={201: UseClaimed}, summary="Claim what a use needs")
def claim(request: Call, order: ClaimOrder) -> HttpResponse:
    """All that one use needs, or nothing; a conflict names both uses."""
    return written(request, lambda: (201, _claimed(request, order)))


def _claimed(request: Call, order: ClaimOrder) -> dict:
    site = Site.objects.filter(code=order.site).first() if order.site else None
    if order.site and site is None:
        raise Refused(
            "site-unknown", _("没有这个地点。"), _("请用场地资料里的地点代码。"), status=404
        )
    told = order.model_dump(exclude={"wants", "site"})
    made = claiming.claim_all(
        **told, reference=f"{DESK}{uuid4().hex[:12]}", site=site,
        wants=[claiming.Want(each.resource_id, each.units) for each in order.wants],
        by=request.actor, at=clock.now(),
    )  # fmt: skip
    return {"reference": made[0].reference, "items": [claim_line(each) for each in made]}
