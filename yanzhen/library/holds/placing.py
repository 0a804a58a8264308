"""Placing a hold: by a reader or the guardian online, by a desk or the telephone for a reader."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copies_of, on_shelf
from yanzhen.library.holds import access, queueing, rules, ruling, targeting
from yanzhen.library.holds.facts import HoldPlaced
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.queries import is_pickup_node
from yanzhen.library.holds.ruling import HoldRuling
from yanzhen.library.patrons import rules as patron_rules
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.library.patrons.queries import blocks_of, current_card_of
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor, in_own_affairs


def place_hold(
    *,
    person_id: int,
    bib_id: int,
    pickup: Node | None,
    by: Actor,
    at: dt.datetime,
    copy_id: int | None = None,
    wanted_until: dt.date | None = None,
) -> Hold:
    """Put a reader at the end of the queue of a title, or of one copy of it. Raises Refused."""
    with transaction.atomic():
        access.require_acting_for(by, person_id, local_day(at))
        card, bib = _card(person_id), _bib(bib_id)
        queueing.lock(bib.pk)
        ruled = ruling.choose(card.category.code, local_day(at))
        _ask_the_rules(card, bib, pickup, copy_id, wanted_until, ruled, at)
        signed = in_own_affairs(by, person_id)
        hold = Hold(
            person=card.person,
            card=card,
            bib=bib,
            wanted_copy_id=copy_id,
            pickup_node=pickup,
            place=queueing.span(bib.pk).last + 1,
            rule_id=ruled.id,
            pickup_days=ruled.pickup_days,
            placed_at=at,
            placed_by=signed.name,
            wanted_until=wanted_until,
        )
        queueing.enter(hold, Hold.State.WAITING, by_name=signed.name, at=at)
        targeting.assign(bib.pk, at=at)
        audit.write(
            by=signed,
            at=at,
            action="hold.placed",
            subject=f"bib:{bib.pk}",
            place=hold.pickup_node.code,
            hold=hold.pk,
        )
        outbox.record(HoldPlaced(hold.pk, bib.pk, hold.pickup_node.code), at=at)
    return hold


def _card(person_id: int) -> ReaderCard:
    """The reader's card, kept to this transaction: so that a limit is not passed by two at once."""
    card = current_card_of(person_id)
    if card is None:
        raise Refused(
            "card-missing", _("预约要有读者证。"), _("请到任何一个分馆办证，当场就能用。")
        )
    ReaderCard.objects.select_for_update(no_key=True).get(pk=card.pk)
    return card


def _bib(bib_id: int) -> BibRecord:
    bib = BibRecord.objects.living().filter(pk=bib_id).first()
    if bib is None:
        raise Refused(
            "title-not-found", _("没有找到这本书。"), _("请到“找书”里再查一次。"), status=404
        )
    return bib


def _ask_the_rules(
    card: ReaderCard,
    bib: BibRecord,
    pickup: Node | None,
    copy_id: int | None,
    wanted_until: dt.date | None,
    ruled: HoldRuling,
    at: dt.datetime,
) -> None:
    block = blocks_of(card.person).first()
    live = Hold.objects.live().filter(person=card.person_id)
    wanted = copies_of([bib.pk]).exclude(state=Copy.State.LOST).filter(for_loan=True)
    if copy_id is not None:
        wanted = wanted.filter(pk=copy_id)
    refuse_first(
        patron_rules.a_card_must_be_active(card.status, card.expires_on, local_day(at), None),
        patron_rules.a_blocked_reader_does_not_borrow(
            block.reason if block else None,
            block.note if block else None,
            block.until if block else None,
        ),
        rules.a_book_is_fetched_where_there_is_a_desk(is_pickup_node(pickup)),
        rules.a_wish_does_not_end_before_it_begins(wanted_until, local_day(at)),
        rules.a_reader_has_one_live_hold_on_a_title(live.filter(bib=bib).exists()),
        _resting_on(
            rules.holds_stay_within_the_limit(live.count(), ruled.max_holds), ruled, "max_holds"
        ),
        rules.a_title_must_have_a_copy_to_wait_for(wanted.count()),
        _resting_on(
            rules.what_stands_on_the_shelf_is_not_held(
                wanted.filter(on_shelf(), current_node=pickup).exists(), ruled.on_shelf_at_pickup
            ),
            ruled,
            "on_shelf_at_pickup",
        ),
    )


def _resting_on(answer: Refused | None, ruled: HoldRuling, name: str) -> Refused | None:
    """The same answer; a refusal knows the row and the value it rests on."""
    if answer is not None:
        answer.explain = tuple(each for each in ruled.grounds if each.name == name)
    return answer
