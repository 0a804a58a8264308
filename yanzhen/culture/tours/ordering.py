"""Ordering from the menu: on the web without an account, at a counter or on the telephone."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanzhen.culture.tours import rules, stepping
from yanzhen.culture.tours.access import require_ordering
from yanzhen.culture.tours.facts import MenuOrderPlaced
from yanzhen.culture.tours.models import MenuItem, MenuOrder, Requester
from yanzhen.culture.tours.wording import tidy
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Division
from yanzhen.people.names import phone_form
from yanzhen.people.roles import Actor
from yanzhen.people.rules import a_phone_number_has_digits


@dataclass(frozen=True)
class Unit:
    """Who orders, as told with the order."""

    name: str
    kind: str
    town: Division | None
    contact: str
    phone: str
    address: str = ""

    def tidy(self) -> "Unit":
        return Unit(
            tidy(self.name)[:60], self.kind, self.town, tidy(self.contact)[:40],
            phone_form(self.phone)[:24], tidy(self.address)[:120],
        )  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What is wished for; `other_day` is the second best."""

    item_id: int
    day: dt.date
    heads: int
    time: dt.time | None = None
    other_day: dt.date | None = None
    safety_note: str = ""
    note: str = ""


def order_from_menu(
    wish: Wish, unit: Unit, *, channel: str, by: Actor, at: dt.datetime, once: str = ""
) -> MenuOrder:
    """Order one item of the menu. Raises Refused.

    The same `once` gives the same order again, however often the form is sent. A unit of this name
    in this town that is known already keeps what the register says of it.
    """
    try:
        with transaction.atomic():
            return _sent_before(once) or _order(wish, unit.tidy(), channel, by, at, once)
    except IntegrityError:
        earlier = _sent_before(once)
        if earlier is None:
            refuse_first(rules.the_same_is_ordered_once_a_day(True))
            raise
        return earlier


def _sent_before(once: str) -> MenuOrder | None:
    return MenuOrder.objects.filter(once=once).first() if once else None


def _order(
    wish: Wish, unit: Unit, channel: str, by: Actor, at: dt.datetime, once: str
) -> MenuOrder:
    item = known_item(wish.item_id)
    require_ordering(by, channel)
    safety = tidy(wish.safety_note)[:200]
    _ask(wish, unit, item, safety, local_day(at))
    requester, _made = Requester.objects.get_or_create(
        town=unit.town, name=unit.name,
        defaults={
            "kind": unit.kind, "contact": unit.contact, "phone": unit.phone,
            "address": unit.address,
        },
    )  # fmt: skip
    same = MenuOrder.objects.filter(
        item=item, requester=requester, wished_on=wish.day, state__in=["asked", "assigned"]
    )
    refuse_first(rules.the_same_is_ordered_once_a_day(same.exists()))
    order = MenuOrder.objects.create(
        item=item, requester=requester, contact=unit.contact, phone=unit.phone,
        address=unit.address or requester.address, wished_on=wish.day, wished_time=wish.time,
        other_day=wish.other_day, heads=wish.heads, safety_note=safety,
        note=tidy(wish.note)[:200], channel=channel, asked_at=at, asked_by=by.name,
        once=once or None,
    )  # fmt: skip
    stepping.begin(order, by_name=by.name, at=at)
    audit.write(
        by=by, at=at, action="menu.ordered", subject=f"menu-order:{order.pk}",
        place=item.node.code, item=item.pk, requester=requester.pk, channel=channel,
    )  # fmt: skip
    outbox.record(MenuOrderPlaced(order.pk, item.pk), at=at)
    return order


def known_item(item_id: int) -> MenuItem:
    """The item with its node. Raises Refused."""
    item = MenuItem.objects.select_related("node").filter(pk=item_id).first()
    if item is None:
        raise Refused(
            "menu-item-unknown", _("菜单里没有这一项。"), _("请回到菜单再选一次。"), status=404
        )
    return item


def _ask(wish: Wish, unit: Unit, item: MenuItem, safety: str, today: dt.date) -> None:
    days = [day for day in (wish.day, wish.other_day) if day]
    refuse_first(
        rules.only_what_is_offered_is_ordered(item.state),
        rules.a_unit_has_a_name_and_a_town(unit.name, unit.town),
        rules.an_order_has_somebody_to_call(unit.contact, unit.phone),
        a_phone_number_has_digits(unit.phone),
        rules.an_order_is_for_a_day_to_come(wish.day, today),
        rules.an_order_is_for_a_day_to_come(wish.other_day, today),
        rules.an_item_is_ordered_in_its_season(item.season, days),
        rules.an_order_expects_people(wish.heads),
        rules.a_building_site_says_how_visitors_stay_safe(unit.kind, safety),
    )
