"""No longer waiting for the rest of a line: out of print, or not wanted any more."""

from django.db.models import F

from yanzhen.library.acquisitions.models import OrderLine


def close_line(line: OrderLine, reason: str) -> None:
    """The inner step of giving up and of cancelling: what has not come is given up, and the
    money it bound is free."""
    rest = line.allocations.filter(quantity__gt=F("received") + F("given_up"))
    if rest.update(given_up=F("quantity") - F("received")):
        line.given_up_for = reason
        line.save(update_fields=["given_up_for"])
