"""What is told about holds: to a reader (63), about a copy (17), at a return (09)."""

from collections.abc import Iterable

from django.db.models import Min
from django.utils.translation import gettext as _

from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.replies import Pairs, day_stamp
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.holdings.queries import copies_of
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.queries import captor_of, live_holds_of, queue_length
from yanzhen.network.models import Node

# CV: why a machine should call somebody, or a sorter should choose a bin.
HOLD_HERE, HOLD_ELSEWHERE, SEND_ON, LOOK_AT = "01", "02", "04", "99"
LOOKED_AT = {"unknown", "not_on_loan", "found", "withdrawn", "in_repair"}
HOLD_BIN = "hold"


def barcodes(person_id: int, *, ready: bool) -> list[str]:
    """A reader's holds as 63 lists them: what can be fetched, or what cannot yet."""
    state = Hold.State.READY
    return _named([each for each in live_holds_of(person_id) if (each.state == state) == ready])


def _named(holds: Iterable[Hold]) -> list[str]:
    """Every hold by the barcode of its copy, or of some copy of the title while it has none, so
    that a machine can ask 17 about it."""
    without = [each.bib_id for each in holds if _copy_of(each) is None]
    some = dict(
        copies_of(without).values("bib").annotate(one=Min("barcode")).values_list("bib", "one")
    )
    named = (_copy_of(each) or some.get(each.bib_id, "") for each in holds)
    return [barcode for barcode in named if barcode]


def _copy_of(hold: Hold) -> str | None:
    copy = hold.copy or hold.target
    return copy.barcode if copy else None


def about_copy(terminal: Terminal, copy: Copy, journey: Transit | None) -> Pairs:
    """For 18: CF how many wait, CM until when it is kept, CT where it goes, whose it is."""
    captor = captor_of(copy) if copy.state in _SET_ASIDE else None
    goal = journey.to_node if journey else captor.pickup_node if captor else None
    return (
        ("CF", str(queue_length(copy.bib_id))),
        *((("CM", day_stamp(captor.pickup_until)),) if captor and captor.pickup_until else ()),
        *((("CT", goal.code),) if goal else ()), *whose(terminal, captor),
    )  # fmt: skip


_SET_ASIDE = {Copy.State.IN_TRANSIT, Copy.State.ON_HOLD_SHELF}


def whose(terminal: Terminal, hold: Hold | None) -> Pairs:
    """CY and DA, only for a machine that may see names: others stand where everybody looks."""
    if hold is None or not terminal.sees_names:
        return ()
    return ("CY", hold.card.number), ("DA", hold.person.name)


def way_on(taken: Taken, node: Node) -> Pairs:
    """Where a copy taken in goes: CT the branch, CL the bin, CV why; nothing to its shelf here."""
    alert = _alert(taken)
    goal = taken.goes_to or (node if taken.hold else None)
    bin_of = {HOLD_HERE: HOLD_BIN}.get(alert, goal.code if goal else "")
    return (
        *((("CT", goal.code), ("CL", bin_of)) if goal else ()),
        *((("CV", alert),) if alert else ()),
    )  # fmt: skip


def _alert(taken: Taken) -> str:
    if taken.hold:
        return HOLD_ELSEWHERE if taken.goes_to else HOLD_HERE
    if taken.goes_to:
        return SEND_ON
    return LOOK_AT if taken.outcome in LOOKED_AT else ""


def said_of(taken: Taken) -> str:
    """The line for whoever stands at the machine."""
    if taken.copy is None:
        return _("已收下，条码要请工作人员核对。")
    place = {"place": taken.goes_to.short_label} if taken.goes_to else {}
    if taken.hold and place:
        return _("已还，有人预约，送往%(place)s。") % place
    if taken.hold:
        return _("已还，有人预约，请放到预约架。")
    return _("已还，送往%(place)s。") % place if place else _("已还。")
