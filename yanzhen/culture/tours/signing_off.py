"""The place confirms what came, and says how it was (R29, R49)."""

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from yanzhen.culture.tours import route_rules as rules
from yanzhen.culture.tours import stepping
from yanzhen.culture.tours.access import (
    REQUESTER,
    locked_order,
    locked_run,
    order_unknown,
    require_planning,
)
from yanzhen.culture.tours.facts import MenuOrderRated, StopSignedOff
from yanzhen.culture.tours.models import MenuOrder, Rating, SignOff, Stop
from yanzhen.culture.tours.wording import tidy
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.pictures import SUFFIX, picture_kind, without_metadata
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Came:
    """Heads by band, who signs, and the bytes of a photo (None: the one given before, if any)."""

    children: int
    adults: int
    elders: int
    contact: str
    photo: bytes | None = None

    @property
    def bands(self) -> tuple[int, int, int]:
        return self.children, self.adults, self.elders


@transaction.atomic
def sign_off(order_id: int, came: Came, *, channel: str, by: Actor, at: dt.datetime) -> SignOff:
    """Sign for an order that is on a route, or mend what was signed; `by` is REQUESTER or staff.

    Raises Refused.
    """
    found = Stop.objects.standing().filter(order=order_id).first()
    if found is None:
        raise order_unknown()
    run, order = locked_run(found.run_id), locked_order(order_id)
    stop = run.stops.standing().filter(order=order_id).first()
    if stop is None:
        raise order_unknown()
    if by is not REQUESTER:
        require_planning(by, run.node)
    contact, kind = tidy(came.contact)[:40], picture_kind(came.photo or b"")
    refuse_first(
        rules.a_stop_is_signed_off_once_it_began(stop.starts_at, at),
        rules.heads_are_counted_in_bands(came.bands),
        rules.a_sign_off_names_who_signs(contact),
        None
        if came.photo is None
        else rules.a_photo_is_a_picture_of_at_most_8_mb(kind, len(came.photo)),
    )
    signed = SignOff.objects.filter(stop=stop).first() or SignOff(stop=stop)
    signed.children, signed.adults, signed.elders = came.bands
    signed.contact, signed.channel, signed.signed_at = contact, channel, at
    signed.signed_by = by.name
    if came.photo is not None:
        assert kind
        picture = ContentFile(without_metadata(came.photo))
        signed.photo.save(f"{uuid4().hex}.{SUFFIX[kind]}", picture, save=False)
    signed.save()
    if order.state == MenuOrder.State.ASSIGNED:
        stepping.enter(order, MenuOrder.State.DONE, by_name=by.name, at=at)
    audit.write(
        by=by, at=at, action="tour.signed-off", subject=f"tour:{run.pk}", place=run.node.code,
        order=order.pk, heads=signed.heads, photo=bool(signed.photo), channel=channel,
    )  # fmt: skip
    outbox.record(StopSignedOff(order.pk, signed.heads, bool(signed.photo)), at=at)
    return signed


@transaction.atomic
def rate(order_id: int, stars: int, words: str, *, by: Actor, at: dt.datetime) -> Rating:
    """Say how it was; once. `by` is whoever holds the order's code. Raises Refused."""
    order = locked_order(order_id)
    signed = SignOff.objects.filter(stop__order=order, stop__state=Stop.State.PLANNED)
    refuse_first(
        rules.only_what_came_is_rated(signed.exists()),
        rules.an_order_is_rated_once(Rating.objects.filter(order=order).exists()),
        rules.stars_are_one_to_five(stars),
    )
    rating = Rating.objects.create(order=order, stars=stars, words=tidy(words)[:300], rated_at=at)
    audit.write(
        by=by, at=at, action="menu-order.rated", subject=f"menu-order:{order.pk}", stars=stars
    )
    outbox.record(MenuOrderRated(order.pk, stars), at=at)
    return rating
