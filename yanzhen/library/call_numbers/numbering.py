"""Giving call numbers: reserved when shown, taken when saved, free again when nobody wants them."""

import datetime as dt
import re
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max

from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.text import initials
from yanzhen.library.call_numbers import rules
from yanzhen.library.call_numbers.models import CallNumberScheme, ClassSequence, SerialNumber
from yanzhen.library.call_numbers.queries import scheme_for
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.holdings.models import Copy
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

KEPT_FOR = dt.timedelta(minutes=30)
_LONGEST_AUTHOR = 4


class Offer(NamedTuple):
    """A call number to write. `reserved` is the number kept for it, None when it needs none."""

    text: str
    reserved: int | None = None
    until: dt.datetime | None = None


def suggest(
    class_number: str,
    *,
    bib_id: int | None,
    author: str = "",
    node: Node,
    shelf: str = "",
    by: Actor,
    at: dt.datetime,
) -> Offer:
    """The call number for a title at a place, its number reserved for `by`. A title whose copies
    carry a number of this class already keeps it. Raises Refused."""
    class_number = class_number.strip()
    with transaction.atomic():
        require_cataloguing(by)
        scheme = scheme_for(node, shelf)
        refuse_first(
            rules.a_place_has_a_scheme(scheme is not None),
            rules.a_call_number_begins_with_a_class(class_number),
        )
        assert scheme is not None
        if scheme.kind == CallNumberScheme.Kind.AUTHOR:
            letters = initials(author)[:_LONGEST_AUTHOR].upper()
            refuse_first(rules.an_author_number_wants_an_author(letters))
            return Offer(f"{class_number}/{letters}")
        return _serial(scheme, class_number, bib_id, by, at)


def take(number_id: int, bib_id: int, text: str, *, by: Actor, at: dt.datetime) -> bool:
    """The reserved number is the title's, if `text` is it; else it is free again.

    False when it was not taken: another text, or the time ran out and somebody else has it.
    """
    with transaction.atomic():
        require_cataloguing(by)
        number = _mine(number_id, by).first()
        if number is None:
            return False
        same = SerialNumber.objects.filter(
            scheme=number.scheme_id, class_number=number.class_number, bib=bib_id
        )
        if number.text != text or same.filter(taken_at__isnull=False).exists():
            number.delete()
            return False
        return bool(_mine(number_id, by).update(bib=bib_id, taken_at=at))


def release(number_id: int, *, by: Actor) -> None:
    """The reserved number is not wanted; releasing twice is once."""
    with transaction.atomic():
        require_cataloguing(by)
        _mine(number_id, by).delete()


def _mine(number_id: int, by: Actor):
    return SerialNumber.objects.filter(pk=number_id, reserved_for=_who(by), taken_at=None)


def _who(by: Actor) -> str:
    return f"{by.account_id or ''} {by.name}"[:80]


def _serial(
    scheme: CallNumberScheme, class_number: str, bib_id: int | None, by: Actor, at: dt.datetime
) -> Offer:
    sequence = _sequence(scheme, class_number)
    numbers = SerialNumber.objects.filter(scheme=scheme, class_number=class_number)
    taken = numbers.filter(bib=bib_id, taken_at__isnull=False).first() if bib_id else None
    if taken:
        return Offer(taken.text)
    if carried := _carried(class_number, bib_id):
        return Offer(carried)
    until = at + KEPT_FOR
    open_ones = numbers.filter(taken_at=None).order_by("number")
    number = open_ones.filter(reserved_for=_who(by), bib=bib_id).first()
    number = number or open_ones.filter(reserved_until__lt=at).first()
    if number is None:
        free = _next(numbers, sequence)
        number = SerialNumber(scheme=scheme, class_number=class_number, number=free)
    number.bib_id, number.reserved_for, number.reserved_until = bib_id, _who(by), until
    number.save()
    return Offer(number.text, number.pk, until)


def _next(numbers, sequence: ClassSequence) -> int:
    """Behind the highest; a released number in between is given again first."""
    used = set(numbers.values_list("number", flat=True))
    highest = numbers.aggregate(last=Max("number"))["last"] or 0
    after = sequence.begins_after
    return next((n for n in range(after + 1, highest) if n not in used), max(highest, after) + 1)


def _sequence(scheme: CallNumberScheme, class_number: str) -> ClassSequence:
    """The class, kept to this transaction: one number at a time is given in it."""
    kept = ClassSequence.objects.select_for_update().filter(
        scheme=scheme, class_number=class_number
    )
    found = kept.first()
    if found is None:
        begins_after = _highest_carried(class_number)
        try:
            with transaction.atomic():
                ClassSequence.objects.create(
                    scheme=scheme, class_number=class_number, begins_after=begins_after
                )
        except IntegrityError:
            pass  # somebody else began it at this moment
        found = kept.get()
    return found


def _highest_carried(class_number: str) -> int:
    carried = Copy.objects.filter(call_number__startswith=f"{class_number}/")
    numbers = (
        _number(class_number, text) for text in carried.values_list("call_number", flat=True)
    )
    return max((number for number in numbers if number), default=0)


def _carried(class_number: str, bib_id: int | None) -> str:
    """What the title's copies carry already, without what tells volumes apart."""
    if bib_id is None:
        return ""
    copies = Copy.objects.filter(bib=bib_id, call_number__startswith=f"{class_number}/")
    for text in copies.order_by("pk").values_list("call_number", flat=True):
        if number := _number(class_number, text):
            return f"{class_number}/{number}"
    return ""


def _number(class_number: str, call_number: str) -> int | None:
    found = re.match(r"([0-9]{1,9})(?![0-9])", call_number[len(class_number) + 1 :])
    return int(found[1]) if found else None
