"""The menu and the registers: what is offered, which troupes there are, who orders."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.resources.models import Resource
from yanzhen.culture.tours import rules
from yanzhen.culture.tours.access import require_planning
from yanzhen.culture.tours.models import MenuItem, Requester, Troupe
from yanzhen.culture.tours.ordering import Unit, known_item
from yanzhen.culture.tours.wording import tidy
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Division, Node
from yanzhen.people.access import require
from yanzhen.people.names import phone_form
from yanzhen.people.roles import BOOK_FOR_OTHERS, Actor
from yanzhen.people.rules import a_phone_number_has_digits


@dataclass(frozen=True)
class Dish:
    """What a menu item is; fields as in MenuItem."""

    name: str
    kind: str
    audience: str
    minutes: int
    season: str = MenuItem.Season.ANY
    introduction: str = ""
    space: str = ""
    power: str = ""
    helpers: int = 0
    name_en: str = ""
    introduction_en: str = ""


@transaction.atomic
def offer(
    dish: Dish, *, node: Node, by: Actor, at: dt.datetime, item_id: int | None = None
) -> MenuItem:
    """Put an item on the menu of a node, or change the one with `item_id`. Raises Refused."""
    item = MenuItem(node=node) if item_id is None else known_item(item_id)
    require_planning(by, item.node)
    name = tidy(dish.name)[:60]
    others = MenuItem.objects.filter(node=item.node, name=name).exclude(pk=item.pk or 0)
    refuse_first(
        rules.a_name_is_given(name),
        rules.a_name_is_used_once(others.exists()),
        rules.a_menu_item_lasts_10_to_600_minutes(dish.minutes),
    )
    for field, value in asdict(dish).items():
        setattr(item, field, value)
    item.name = name
    item.save()
    audit.write(
        by=by, at=at, action="menu.offered", subject=f"menu-item:{item.pk}",
        place=item.node.code, name=name,
    )  # fmt: skip
    return item


@transaction.atomic
def pause(item_id: int, *, paused: bool, by: Actor, at: dt.datetime) -> MenuItem:
    """Stop taking orders for an item, or take them again. Raises Refused."""
    item = known_item(item_id)
    require_planning(by, item.node)
    item.state = MenuItem.State.PAUSED if paused else MenuItem.State.OFFERED
    item.save(update_fields=["state"])
    action = "menu.paused" if paused else "menu.resumed"
    audit.write(by=by, at=at, action=action, subject=f"menu-item:{item.pk}", place=item.node.code)
    return item


@dataclass(frozen=True)
class Band:
    """What a troupe is; fields as in Troupe."""

    name: str
    kind: str
    town: Division | None
    art: str
    members: int
    leader: str
    phone: str = ""


@transaction.atomic
def enter_troupe(
    band: Band, *, node: Node, by: Actor, at: dt.datetime, troupe_id: int | None = None
) -> Troupe:
    """Enter a troupe that a node looks after, or put an entry right; both count as checked.

    Raises Refused.
    """
    troupe = Troupe(site=node.site) if troupe_id is None else _troupe(troupe_id)
    require_planning(by, node)
    refuse_first(
        rules.a_unit_has_a_name_and_a_town(tidy(band.name), band.town),
        rules.a_troupe_has_1_to_500_members(band.members),
        rules.a_name_is_given(tidy(band.leader)),
        a_phone_number_has_digits(phone_form(band.phone)),
    )
    troupe.name, troupe.kind = tidy(band.name)[:80], band.kind
    assert band.town is not None
    troupe.town, troupe.art, troupe.members = band.town, tidy(band.art)[:40], band.members
    troupe.leader, troupe.phone = tidy(band.leader)[:40], phone_form(band.phone)[:24]
    troupe.sort, troupe.checked_on = Resource.Sort.TROUPE, local_day(at)
    troupe.save()
    audit.write(
        by=by, at=at, action="troupe.entered", subject=f"resource:{troupe.pk}", place=node.code
    )
    return troupe


@transaction.atomic
def enter_requester(unit: Unit, *, by: Actor, at: dt.datetime) -> Requester:
    """Enter a unit that orders, or put right the one of this name in this town. Raises Refused."""
    require(by, BOOK_FOR_OTHERS)
    unit = unit.tidy()
    refuse_first(
        rules.a_unit_has_a_name_and_a_town(unit.name, unit.town),
        rules.an_order_has_somebody_to_call(unit.contact, unit.phone),
        a_phone_number_has_digits(unit.phone),
    )
    requester, _made = Requester.objects.update_or_create(
        town=unit.town, name=unit.name,
        defaults={
            "kind": unit.kind, "contact": unit.contact, "phone": unit.phone,
            "address": unit.address,
        },
    )  # fmt: skip
    audit.write(by=by, at=at, action="requester.entered", subject=f"requester:{requester.pk}")
    return requester


def _troupe(troupe_id: int) -> Troupe:
    troupe = Troupe.objects.filter(pk=troupe_id).first()
    if troupe is None:
        raise Refused(
            "troupe-unknown", _("没有找到这支队伍。"), _("请刷新页面，再选一次。"), status=404
        )
    return troupe
