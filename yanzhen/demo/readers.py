"""Storing the residents: persons, guardians' consent, cards, a few losses and blocks."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.conf import settings

from yanzhen.demo.places import HUB, keeper_names
from yanzhen.demo.residents import KNOWN, Resident, plan_residents
from yanzhen.library.patrons.categories import ensure_categories
from yanzhen.library.patrons.models import Block, CardSerial, ReaderCard
from yanzhen.network.models import Division, Node
from yanzhen.people.models import Guardianship, Person
from yanzhen.people.names import name_forms
from yanzhen.people.registering import CONSENT_TEXT

Status = ReaderCard.Status
SPARED = frozenset(KNOWN)  # residents with an account have nothing wrong with their card
BLOCKS = (
    (Block.Reason.ADDRESS, "演示：寄去的通知退回来了"),
    (Block.Reason.STAFF, "演示：光盘损坏，赔付后解除"),
    (Block.Reason.LOST_ITEM, "演示：报失一册，等待处理"),
)


@dataclass
class Reader:
    """A resident with the stored person and current card; lends nothing from `stopped_at` on."""

    resident: Resident
    person: Person
    card: ReaderCard
    stopped_at: dt.datetime | None = None


def make_readers(count: int, *, at: dt.datetime, rng: Random) -> list[Reader]:
    """Store the planned residents and their cards."""
    plan = plan_residents(count, at=at, rng=rng)
    divisions = _divisions()
    people = Person.objects.bulk_create(
        [_person(resident, rng.choice(divisions[resident.home])) for resident in plan]
    )
    _consent(plan, people)
    cards = _cards(plan, people)
    readers = [Reader(*each) for each in zip(plan, people, cards, strict=True)]
    common = [reader for reader in readers if reader.resident.number not in SPARED]
    some = rng.sample(common, max(len(common) // 20, 6))
    third = len(some) // 3
    _replace(some[:third], count, at)
    _lose(some[third : third + 2], at)
    _block(some[third + 2 :], at)
    CardSerial.objects.create(district=settings.YANZHEN_DISTRICT, last=count + third)
    return readers


def _divisions() -> dict[str, list[Division]]:
    """Node code -> villages and communities around it; the main library serves the streets."""
    around: dict[str, list[Division]] = {}
    nodes = Node.objects.libraries().filter(level="branch").select_related("site")
    by_town = {node.site.division_id: node.code for node in nodes}
    for part in Division.objects.select_related("parent").order_by("code"):
        if part.parent_id in by_town:
            around.setdefault(by_town[part.parent_id], []).append(part)
            if part.parent.kind == Division.Kind.SUBDISTRICT:
                around.setdefault(HUB, []).append(part)
    return around


def _person(resident: Resident, division: Division) -> Person:
    forms = name_forms(resident.name)
    return Person(
        name=resident.name, name_folded=forms.folded, pinyin=forms.pinyin,
        initials=forms.initials, gender=resident.gender, born_on=resident.born_on,
        phone=resident.phone, division=division, registered_at=resident.registered_at,
    )  # fmt: skip


def _consent(plan: list[Resident], people: list[Person]) -> None:
    channels = list(Guardianship.Channel)
    Guardianship.objects.bulk_create(
        Guardianship(
            child=child,
            guardian=people[resident.guardian - 1],
            relation=resident.relation,
            consent_text=CONSENT_TEXT,
            consented_at=resident.registered_at,
            channel=channels[resident.number % 2],
        )
        for resident, child in zip(plan, people, strict=True)
        if resident.guardian
    )


def _cards(plan: list[Resident], people: list[Person]) -> list[ReaderCard]:
    categories = ensure_categories()
    nodes = Node.objects.in_bulk(field_name="code")
    return ReaderCard.objects.bulk_create(
        ReaderCard(
            number=card_number(resident.number),
            person=person,
            category=categories[resident.category],
            home_node=nodes[resident.home],
            status=Status.ACTIVE,
            issued_at=resident.registered_at,
        )
        for resident, person in zip(plan, people, strict=True)
    )


def card_number(serial: int) -> str:
    return f"{settings.YANZHEN_DISTRICT}{serial:08d}"


def _replace(readers: list[Reader], count: int, at: dt.datetime) -> None:
    """Long ago these lost a card and got a new number; their loans since are on the new one."""
    for serial, reader in enumerate(readers, count + 1):
        old = reader.card
        old.status, old.revision = Status.REPLACED, 2
        old.save(update_fields=["status", "revision"])
        issued_at = max(at - dt.timedelta(days=130), old.issued_at + dt.timedelta(days=2))
        reader.card = ReaderCard.objects.create(
            number=card_number(serial),
            person=old.person,
            category=old.category,
            home_node=old.home_node,
            status=Status.ACTIVE,
            issued_at=issued_at,
            replaces=old,
        )


def _lose(readers: list[Reader], at: dt.datetime) -> None:
    for reader in readers:
        reader.stopped_at = at - dt.timedelta(days=5)
        reader.card.status = Status.LOST
        reader.card.save(update_fields=["status"])


def _block(readers: list[Reader], at: dt.datetime) -> None:
    """Most stand; every third was lifted lately, and the reader has not come back yet."""
    keepers, rows = keeper_names(), []
    for n, reader in enumerate(readers):
        reason, note = BLOCKS[n % len(BLOCKS)]
        placed_at = max(at - dt.timedelta(days=9 + 3 * n), reader.resident.registered_at)
        lifted_at = at - dt.timedelta(days=3) if n % 3 == 2 else None
        reader.stopped_at = placed_at
        rows.append(Block(
            person=reader.person, reason=reason, note=note, placed_at=placed_at,
            placed_by=keepers[HUB], lifted_at=lifted_at,
            lifted_by=keepers[HUB] if lifted_at else "",
        ))  # fmt: skip
    Block.objects.bulk_create(rows)
