"""A public draw that anybody can repeat: the list is sealed, then a seed is published."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.booking import access, ledger, rules
from yanzhen.culture.booking.facts import ListDrawn
from yanzhen.culture.booking.models import BookingTerms, WaitingEntry
from yanzhen.culture.booking.promoting import promote
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.names import plain
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


def seal_list(*, session_id: int, by: Actor, at: dt.datetime) -> BookingTerms:
    """Close the list of those who applied and keep its digest. Raises Refused."""
    with transaction.atomic():
        terms = _terms(session_id, by)
        refuse_first(_is_by_lot(terms), _unsealed(terms))
        waiting = WaitingEntry.objects.filter(session=session_id, state=WaitingEntry.State.WAITING)
        terms.list_digest = rules.seal(waiting.values_list("pk", "heads"))
        terms.sealed_at = at
        terms.save(update_fields=["list_digest", "sealed_at"])
        _write("draw.sealed", terms, by, at, digest=terms.list_digest)
    return terms


def draw(*, session_id: int, seed: str, by: Actor, at: dt.datetime) -> int:
    """Rank the sealed list by a published seed and offer the places in that order; how many were
    offered. Raises Refused."""
    with transaction.atomic():
        terms = _terms(session_id, by)
        seed = plain(seed)[:80]
        refuse_first(
            _is_by_lot(terms),
            rules.a_list_is_drawn_once_and_sealed_first(
                terms.sealed_at is not None, terms.drawn_at is not None
            ),
            _has_seed(seed),
        )
        allotments = ledger.lock(session_id)
        entries = WaitingEntry.objects.filter(
            session=session_id, joined_at__lte=terms.sealed_at
        ).in_bulk()
        order = rules.drawn_order(entries, terms.list_digest, seed)
        for rank, pk in enumerate(order, start=1):
            entries[pk].rank = rank
        WaitingEntry.objects.bulk_update(entries.values(), ["rank"], batch_size=500)
        terms.seed, terms.drawn_at = seed, at
        terms.save(update_fields=["seed", "drawn_at"])
        offered = sum(promote(row.pk, at=at) for row in allotments.values())
        _write("draw.drawn", terms, by, at, seed=seed, entries=len(order), offered=offered)
        outbox.record(ListDrawn(session_id), at=at)
    return offered


def _terms(session_id: int, by: Actor) -> BookingTerms:
    """Kept to this transaction: a list is sealed, and drawn, once."""
    access.require_at(by, PLAN_ACTIVITIES, access.known_terms(session_id).session)
    ledger.lock(session_id)
    return access.known_terms(session_id)


def _is_by_lot(terms: BookingTerms) -> Refused | None:
    if terms.order == BookingTerms.Order.DRAW:
        return None
    return Refused("no-draw", _("这一场不摇号。"), _("名额按页面上写的办法分配。"))


def _unsealed(terms: BookingTerms) -> Refused | None:
    if terms.sealed_at is None:
        return None
    return Refused("sealed-already", _("名单已经封存了。"), _("接着公布种子数，摇号。"))


def _has_seed(seed: str) -> Refused | None:
    if len(seed) >= 4:
        return None
    return Refused(
        "seed-missing",
        _("还没有写种子数。"),
        _("请写当天大家都查得到、事先谁也不知道的一串数，例如彩票开奖号。"),
        status=422,
    )


def _write(action: str, terms: BookingTerms, by: Actor, at: dt.datetime, **detail) -> None:
    session = terms.session
    audit.write(
        by=by, at=at, action=action, subject=f"session:{session.pk}", place=session.site.code,
        **detail,
    )  # fmt: skip
