"""Claiming: all that a use needs, or nothing of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from yanzhen.culture.resources import rules
from yanzhen.culture.resources.access import require_claiming, resource_unknown
from yanzhen.culture.resources.changing import held_claims
from yanzhen.culture.resources.facts import ClaimsConfirmed, ResourcesClaimed
from yanzhen.culture.resources.fitting import Wish, reason_to_open
from yanzhen.culture.resources.models import Claim, Resource
from yanzhen.culture.resources.placing import Held, fit, lapse, locked, occupy
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Site
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Want:
    """A resource, and how many units of it."""

    resource_id: int
    units: int = 1


def claim_all(
    *,
    reference: str,
    purpose: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    wants: Sequence[Want],
    by: Actor,
    at: dt.datetime,
    use: str = Claim.Use.ACTIVITY,
    site: Site | None = None,
    set_up: int = 0,
    tear_down: int = 0,
    heads: int = 0,
    for_minors: bool = False,
    opened_specially: str = "",
    expires_at: dt.datetime | None = None,
) -> list[Claim]:
    """Claim everything a use wants, or nothing; buffers in minutes, `site` that of the facility.

    With `expires_at` the claims are drafts that lapse then unless confirmed. Raises Refused: what
    is not known or not one's own, times that cannot be, a rule of a facility or a teacher,
    `house-closed` on a day of an announced closure unless `opened_specially` says why, and
    `already-claimed` with both uses named (R15).
    """
    with transaction.atomic():
        held = locked(want.resource_id for want in wants)
        resources = _known(wants, held)
        require_claiming(by, resources)
        wish = Wish(
            reference, purpose.strip(), use, starts_at, ends_at, site or _place_of(resources),
            set_up, tear_down, heads, for_minors, opened_specially.strip(),
        )  # fmt: skip
        _ask(wish, wants, held, expires_at, at)
        lapse(held.resources, at)
        claims = [
            _claim(wish, resource, want.units, held, expires_at, by, at)
            for want, resource in sorted(
                zip(wants, resources, strict=True), key=lambda pair: pair[1].pk
            )
        ]
        audit.write(
            by=by, at=at, action="claim.made", subject=f"claim:{reference}", purpose=wish.purpose,
            place=wish.site.code if wish.site else "", starts_at=starts_at.isoformat(),
            ends_at=ends_at.isoformat(), resources=[each.resource_id for each in claims],
            opened_specially=next((each.opened_specially for each in claims), ""),
        )  # fmt: skip
        outbox.record(ResourcesClaimed(reference, [each.pk for each in claims]), at=at)
    return claims


def confirm(*, reference: str, by: Actor, at: dt.datetime) -> list[Claim]:
    """Make the drafts of a use live claims; those that are live already stay so. Raises Refused."""
    with transaction.atomic():
        claims, held = held_claims(reference, by)
        lapse(held.resources, at)
        ids = [each.pk for each in claims]
        kept = Claim.objects.held().filter(pk__in=ids)
        refuse_first(rules.only_what_is_held_is_changed(kept.count() == len(ids)))
        kept.update(state=Claim.State.LIVE, expires_at=None)
        audit.write(by=by, at=at, action="claim.confirmed", subject=f"claim:{reference}")
        outbox.record(ClaimsConfirmed(reference), at=at)
    return list(Claim.objects.filter(pk__in=ids).select_related("resource"))


def in_the_way(
    wishes: Sequence[Wish], resource_id: int, *, at: dt.datetime
) -> list[Refused | None]:
    """What would refuse each of these uses of one unit of a resource, None where nothing would.

    Claims nothing. Raises Refused for a resource nobody knows.
    """
    with transaction.atomic():
        held = locked([resource_id])
        (resource,) = _known([Want(resource_id)], held)
        lapse(held.resources, at)
        return [_obstacle(wish, resource, held) for wish in wishes]


def _obstacle(wish: Wish, resource: Resource, held: Held) -> Refused | None:
    try:
        fit(wish, resource, 1, held)
    except Refused as refused:
        return refused
    return None


def _known(wants: Sequence[Want], held: Held) -> list[Resource]:
    """The resources in the order of the wishes. Raises Refused for one nobody knows."""
    refuse_first(rules.something_is_claimed(len(wants)))
    if any(want.resource_id not in held.resources for want in wants):
        raise resource_unknown()
    return [held.resources[want.resource_id] for want in wants]


def _place_of(resources: Sequence[Resource]) -> Site | None:
    """Where the first wished facility stands."""
    facilities = [each for each in resources if each.sort == Resource.Sort.FACILITY]
    return facilities[0].site if facilities else None


def _ask(
    wish: Wish, wants: Sequence[Want], held: Held, expires_at: dt.datetime | None, at: dt.datetime
) -> None:
    refuse_first(
        rules.a_use_says_what_it_is_for(wish.purpose),
        rules.a_claim_ends_after_it_starts(wish.starts_at, wish.ends_at),
        rules.buffers_stay_within_a_day(wish.set_up, wish.tear_down),
        rules.every_draft_has_an_expiry(expires_at, at),
    )
    first, last = wish.span
    lanes = sum(want.units * len(held.leaves[want.resource_id]) for want in wants)
    refuse_first(
        rules.a_claim_is_no_longer_than_92_days(
            wish.starts_at, wish.ends_at, lanes * (last - first)
        )
    )


def _claim(
    wish: Wish,
    resource: Resource,
    units: int,
    held: Held,
    expires_at: dt.datetime | None,
    by: Actor,
    at: dt.datetime,
) -> Claim:
    mine = Claim.objects.held().filter(reference=wish.reference, resource=resource.pk)
    refuse_first(rules.a_use_claims_a_resource_once(resource.label, mine.exists()))
    pieces = fit(wish, resource, units, held)
    claim = Claim.objects.create(
        reference=wish.reference, purpose=wish.purpose, use=wish.use, resource=resource,
        units=units, site=wish.site, starts_at=wish.starts_at, ends_at=wish.ends_at,
        set_up=wish.set_up, tear_down=wish.tear_down, heads=wish.heads,
        for_minors=wish.for_minors, opened_specially=reason_to_open(wish, resource),
        expires_at=expires_at, claimed_at=at, claimed_by=by.name,
        state=Claim.State.DRAFT if expires_at else Claim.State.LIVE,
    )  # fmt: skip
    occupy(claim, pieces)
    return claim
