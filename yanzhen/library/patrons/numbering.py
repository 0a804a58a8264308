"""Card numbers: six digits of the county and the next serial."""

from django.db import transaction
from django.db.models import F

from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.patrons import rules
from yanzhen.library.patrons.models import CardSerial, ReaderCard
from yanzhen.library.patrons.queries import card_form

SERIAL = 8


def take_number(district: str, wanted: str | None = None) -> str:
    """The next number of a county, or the printed one `wanted`, inside the caller's transaction.

    One UPDATE takes the serial, so two desks never get the same one. Raises Refused.
    """
    return _take_printed(district, card_form(wanted)) if wanted else _take_next(district)


def _take_next(district: str) -> str:
    _ensure_row(district)
    CardSerial.objects.filter(district=district).update(last=F("last") + 1)
    serial = CardSerial.objects.values_list("last", flat=True).get(district=district)
    return f"{district}{serial:0{SERIAL}d}"


def _take_printed(district: str, number: str) -> str:
    refuse_first(
        rules.a_card_number_is_the_county_and_eight_digits(number, district),
        rules.a_card_number_is_given_once(
            number, ReaderCard.objects.filter(number=number).exists()
        ),
    )
    _ensure_row(district)
    serial = int(number.removeprefix(district))
    CardSerial.objects.filter(district=district, last__lt=serial).update(last=serial)
    return number


def _ensure_row(district: str) -> None:
    """The first card of a county continues after the highest number there is."""
    if CardSerial.objects.filter(district=district).exists():
        return
    with transaction.atomic():
        CardSerial.objects.get_or_create(
            district=district, defaults={"last": highest_serial(district)}
        )


def highest_serial(district: str) -> int:
    """The highest serial among the county's cards, 0 if there are none."""
    ours = f"^{district}[0-9]{{{SERIAL}}}$"
    numbers = ReaderCard.objects.filter(number__regex=ours).order_by("-number")
    highest = numbers.values_list("number", flat=True).first()
    return int(highest.removeprefix(district)) if highest else 0
