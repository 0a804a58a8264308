"""A call number asked for in the form of a record: it goes into a 905 of the draft."""

from yanzhen.doors.gate import Request
from yanzhen.groundwork import clock
from yanzhen.library.call_numbers.numbering import Offer, release, suggest, take
from yanzhen.library.catalogue.marc import form
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.flavour import flavour_of
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.network.models import Node

_HELD = "905"
_LONGEST = 18


def reserved_of(request: Request) -> int:
    """The number that was kept when the page was shown, 0 for none."""
    typed = request.POST.get("reserved", "")
    known = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST
    return int(typed) if known else 0


def asked(request: Request, node: Node, bib_id: int | None, draft: Record) -> tuple[Record, Offer]:
    """The draft with the number in a new 905, unless one stands there. Raises Refused."""
    derived = derive(draft, flavour_of(draft))
    class_number = derived.clc[0] if derived.clc else ""
    author = next(iter(derived.main_authors or derived.authors), "")
    offer = suggest(
        class_number, bib_id=bib_id, author=author, node=node, by=request.actor, at=clock.now()
    )
    if offer.reserved != reserved_of(request):
        release(reserved_of(request), by=request.actor)
    if offer.text in _numbers(draft):
        return draft, offer
    first, _slash, second = offer.text.partition("/")
    return form.changed(draft, {f"n{_HELD}.d": first, f"n{_HELD}.e": second}), offer


def settle(request: Request, bib_id: int, record: Record) -> None:
    """After saving: the number is the title's when a 905 has it, else it is free again."""
    number = reserved_of(request)
    offered = request.POST.get("offered", "")
    text = offered if offered in _numbers(record) else ""
    if number:
        take(number, bib_id, text, by=request.actor, at=clock.now())


def _numbers(record: Record) -> set[str]:
    held = record.all(_HELD)
    return {f"{each.first('d')}/{each.first('e')}" for each in held} | {
        each.first("s") for each in held
    }
