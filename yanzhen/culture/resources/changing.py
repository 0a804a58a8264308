"""Changing what was claimed: move, release, swap. Each in one transaction, or not at all."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from yanzhen.culture.resources import fitting_rules, rules
from yanzhen.culture.resources.access import (
    claim_unknown,
    require_claiming,
    require_managing,
    resource_unknown,
)
from yanzhen.culture.resources.facts import ClaimsMoved, ClaimsReleased, ResourceSwapped
from yanzhen.culture.resources.fitting import Wish, reason_to_open
from yanzhen.culture.resources.models import Claim, Facility
from yanzhen.culture.resources.placing import Held, fit, lapse, locked, occupy, vacate
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor

DESK = "desk:"  # how the references of claims made in the planner begin


def move(
    *,
    reference: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
    opened_specially: str = "",
) -> list[Claim]:
    """Give every claim of a use another time, or leave them all as they were. Raises Refused.

    A reason for opening a closed house is asked for anew: it was that of another day.
    """
    with transaction.atomic():
        claims, held = held_claims(reference, by)
        refuse_first(
            rules.a_claim_ends_after_it_starts(starts_at, ends_at),
            rules.what_has_begun_is_not_moved(claims[0].starts_at, at),
            rules.a_claim_is_no_longer_than_92_days(starts_at, ends_at, 0),
        )
        lapse(held.resources, at)
        refuse_first(rules.only_what_is_held_is_changed(_still_held(claims)))
        vacate(each.pk for each in claims)
        _replace(claims, held, starts_at, ends_at, opened_specially.strip())
        audit.write(
            by=by, at=at, action="claim.moved", subject=f"claim:{reference}",
            starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat(),
            was=claims[0].starts_at.isoformat(), opened_specially=opened_specially.strip(),
        )  # fmt: skip
        told = (timezone.localtime(each).isoformat() for each in (starts_at, ends_at))
        outbox.record(ClaimsMoved(reference, *told), at=at)
    return list(Claim.objects.filter(pk__in=[each.pk for each in claims]))


def move_in_planner(
    claim_id: int,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
    opened_specially: str = "",
) -> list[Claim]:
    """Move the use a claim belongs to, if it was made in the planner. Raises Refused."""
    claim = known_claim(claim_id)
    refuse_first(rules.what_an_activity_claimed_is_changed_there(of_desk(claim)))
    return move(
        reference=claim.reference, starts_at=starts_at, ends_at=ends_at, by=by, at=at,
        opened_specially=opened_specially,
    )  # fmt: skip


def release(*, reference: str, by: Actor, at: dt.datetime) -> list[Claim]:
    """Give everything a use has claimed back. Raises Refused where nothing is held."""
    with transaction.atomic():
        claims, _held = held_claims(reference, by)
        _end(reference, claims, by, at)
    return claims


def end_use(*, reference: str, by: Actor, at: dt.datetime) -> None:
    """Give back whatever a use holds, if anything. Whoever owns the use has asked who may."""
    with transaction.atomic():
        claims, _held = _locked_claims(reference)
        if claims:
            _end(reference, claims, by, at)


def restate(*, reference: str, purpose: str, heads: int, by: Actor, at: dt.datetime) -> None:
    """Say anew what a use is for and how many come, if it holds anything; nothing moves.

    Whoever owns the use has asked who may. Raises Refused when the seats are too few.
    """
    with transaction.atomic():
        claims, _held = _locked_claims(reference)
        if not claims:
            return
        halls = Facility.objects.filter(pk__in=[each.resource_id for each in claims])
        refuse_first(
            *(fitting_rules.heads_stay_within_the_seats(each.label, heads, each.seats)
              for each in halls)
        )  # fmt: skip
        Claim.objects.filter(pk__in=[each.pk for each in claims]).update(
            purpose=purpose, heads=heads
        )
        audit.write(
            by=by, at=at, action="claim.restated", subject=f"claim:{reference}", purpose=purpose,
            heads=heads,
        )  # fmt: skip


def release_in_planner(claim_id: int, *, by: Actor, at: dt.datetime) -> list[Claim]:
    """Release the use a claim belongs to, if it was made in the planner. Raises Refused."""
    claim = known_claim(claim_id)
    refuse_first(rules.what_an_activity_claimed_is_changed_there(of_desk(claim)))
    return release(reference=claim.reference, by=by, at=at)


def swap(*, claim_id: int, to_resource_id: int, by: Actor, at: dt.datetime) -> Claim:
    """Let another resource of the same sort take over a claim: a substitute teacher.

    The substitute answers to every rule the first one did. Raises Refused.
    """
    with transaction.atomic():
        resource_id = known_claim(claim_id).resource_id
        held = locked([resource_id, to_resource_id])
        claim = Claim.objects.select_related("resource", "site").get(pk=claim_id)
        substitute = held.resources.get(to_resource_id)
        if substitute is None:
            raise resource_unknown()
        require_changing(by, [claim])
        require_claiming(by, [substitute])
        same_use = Claim.objects.held().filter(reference=claim.reference, resource=substitute.pk)
        refuse_first(
            rules.only_what_is_held_is_changed(claim.state in Claim.HELD),
            rules.a_substitute_is_of_the_same_sort(substitute.sort == claim.resource.sort),
            rules.a_use_claims_a_resource_once(substitute.label, same_use.exists()),
        )
        lapse(held.resources, at)
        refuse_first(rules.only_what_is_held_is_changed(_still_held([claim])))
        vacate([claim.pk])
        pieces = fit(_wish(claim), substitute, claim.units, held, moving=claim.pk)
        Claim.objects.filter(pk=claim.pk).update(resource=substitute)
        occupy(claim, pieces)
        audit.write(
            by=by, at=at, action="claim.swapped", subject=f"claim:{claim.reference}",
            was=claim.resource_id, now=substitute.pk,
        )  # fmt: skip
        outbox.record(
            ResourceSwapped(claim.reference, claim.pk, claim.resource_id, substitute.pk), at=at
        )
    return known_claim(claim_id)


def swap_in_planner(claim_id: int, *, to_resource_id: int, by: Actor, at: dt.datetime) -> Claim:
    """A substitute for a claim made in the planner. Raises Refused."""
    refuse_first(rules.what_an_activity_claimed_is_changed_there(of_desk(known_claim(claim_id))))
    return swap(claim_id=claim_id, to_resource_id=to_resource_id, by=by, at=at)


def of_desk(claim: Claim) -> bool:
    return claim.reference.startswith(DESK)


def known_claim(claim_id: int) -> Claim:
    """The row with its resource and place, or Refused `claim-unknown`."""
    rows = Claim.objects.select_related("resource__site", "site__division__parent")
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise claim_unknown()
    return claim


def held_claims(reference: str, by: Actor) -> tuple[list[Claim], Held]:
    """The held claims of a use and their resources, whose rows are held. Raises Refused."""
    claims, held = _locked_claims(reference)
    if not claims:
        raise claim_unknown()
    require_changing(by, claims)
    return claims, held


def _locked_claims(reference: str) -> tuple[list[Claim], Held]:
    """None, if the use holds nothing."""
    ids = Claim.objects.held().filter(reference=reference).values_list("resource", flat=True)
    held = locked(ids)
    rows = Claim.objects.held().filter(reference=reference, resource__in=held.resources)
    return list(rows.select_related("resource__site", "site").order_by("resource_id")), held


def _end(reference: str, claims: Sequence[Claim], by: Actor, at: dt.datetime) -> None:
    ids = [each.pk for each in claims]
    vacate(ids)
    Claim.objects.filter(pk__in=ids).update(
        state=Claim.State.RELEASED, expires_at=None, ended_at=at, ended_by=by.name
    )
    audit.write(by=by, at=at, action="claim.released", subject=f"claim:{reference}")
    outbox.record(ClaimsReleased(reference), at=at)


def require_changing(by: Actor, claims: Sequence[Claim]) -> None:
    """Whoever looks after the place of a use may change it; without a place, after the resource."""
    for claim in claims:
        require_managing(by, claim.site or claim.resource.site)


def _still_held(claims: Sequence[Claim]) -> bool:
    ids = [each.pk for each in claims]
    return Claim.objects.held().filter(pk__in=ids).count() == len(ids)


def _replace(
    claims: Sequence[Claim], held: Held, starts_at: dt.datetime, ends_at: dt.datetime, why_open: str
) -> None:
    """Occupy anew; a use does not stand in its own way, since all of it was vacated before."""
    for claim in claims:
        wish = replace(
            _wish(claim), starts_at=starts_at, ends_at=ends_at, opened_specially=why_open
        )
        resource = held.resources[claim.resource_id]
        occupy(claim, fit(wish, resource, claim.units, held, moving=claim.pk))
        Claim.objects.filter(pk=claim.pk).update(
            starts_at=starts_at, ends_at=ends_at, opened_specially=reason_to_open(wish, resource)
        )


def _wish(claim: Claim) -> Wish:
    return Wish(
        claim.reference, claim.purpose, claim.use, claim.starts_at, claim.ends_at, claim.site,
        claim.set_up, claim.tear_down, claim.heads, claim.for_minors, claim.opened_specially,
    )  # fmt: skip
