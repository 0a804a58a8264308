"""What must hold over all cards at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from yanzhen.library.patrons.models import CardSerial, ReaderCard
from yanzhen.library.patrons.numbering import highest_serial
from yanzhen.library.patrons.rules import CARD_NUMBER

Status = ReaderCard.Status


def a_person_has_one_active_card() -> Iterator[str]:
    twice = ReaderCard.objects.active().values("person").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice:
        yield f"person {row['person']} has {row['n']} active cards"


def the_serial_is_not_behind_the_highest_number() -> Iterator[str]:
    for serial in CardSerial.objects.all():
        highest = highest_serial(serial.district)
        if serial.last < highest:
            yield f"serial of {serial.district} is {serial.last}, a card has {highest}"


def a_card_number_is_fourteen_digits() -> Iterator[str]:
    for number in ReaderCard.objects.values_list("number", flat=True).iterator(2000):
        if not CARD_NUMBER.fullmatch(number):
            yield f"card number {number!r} is not fourteen digits"


def a_replaced_card_has_a_successor_of_the_same_person() -> Iterator[str]:
    for card in ReaderCard.objects.filter(status=Status.REPLACED, successor=None):
        yield f"card {card.number} was replaced by nothing"
    wrong = Q(replaces__isnull=False) & (
        ~Q(replaces__person=F("person")) | ~Q(replaces__status=Status.REPLACED)
    )
    for card in ReaderCard.objects.filter(wrong):
        yield f"card {card.number} replaces a card of somebody else or one still in use"


INVARIANTS = (
    a_person_has_one_active_card,
    the_serial_is_not_behind_the_highest_number,
    a_card_number_is_fourteen_digits,
    a_replaced_card_has_a_successor_of_the_same_person,
)
