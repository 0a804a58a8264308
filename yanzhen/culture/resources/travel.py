"""How long a teacher is on the road between two towns."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.resources import register_rules
from yanzhen.culture.resources.access import headquarters
from yanzhen.culture.resources.models import TravelTime
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network.models import Division, Site, Verification
from yanzhen.people.access import require, require_at_hub
from yanzhen.people.roles import MANAGE_RESOURCES, Actor

# 演示: what a journey is taken to last while nobody has entered it.
UNKNOWN_MINUTES = 45


def town_of(site: Site) -> Division:
    """The town, subdistrict or county a site lies in."""
    division = site.division
    village = division.kind in {Division.Kind.VILLAGE, Division.Kind.COMMUNITY}
    return division.parent if village and division.parent else division


def minutes_between(one: Site | None, other: Site | None) -> int:
    """Minutes on the road; none within a town, or where a place is not known."""
    if one is None or other is None:
        return 0
    towns = sorted({town_of(one).pk, town_of(other).pk})
    if len(towns) == 1:
        return 0
    row = TravelTime.objects.filter(one=towns[0], other=towns[1]).first()
    return row.minutes if row else UNKNOWN_MINUTES


@transaction.atomic
def set_travel_time(
    one: Division | None, other: Division | None, minutes: int | None, *, by: Actor, at: dt.datetime
) -> TravelTime:
    """Lay down how long the road takes, both ways; at headquarters. Raises Refused."""
    require(by, MANAGE_RESOURCES)
    if not headquarters(by):
        require_at_hub(by, MANAGE_RESOURCES)
    refuse_first(
        register_rules.two_towns_are_named(one.pk if one else None, other.pk if other else None),
        register_rules.a_journey_takes_1_to_240_minutes(minutes),
    )
    assert one
    assert other
    assert minutes
    first, second = sorted((one, other), key=lambda town: town.pk)
    row, _made = TravelTime.objects.update_or_create(
        one=first, other=second,
        defaults={"minutes": minutes, "verification": Verification.VERIFIED},
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="travel.set", subject=f"travel:{first.code}-{second.code}",
        minutes=minutes,
    )  # fmt: skip
    return row
