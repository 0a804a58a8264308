"""One scan box that does the obvious thing.

A card opens its reader; a book is lent when a reader is open, and taken back when none is;
an empty Enter closes the reader; a name or a telephone number looks readers up.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yanzhen.doors.desk import saying
from yanzhen.doors.desk.saying import Said
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.groundwork.text import isbn
from yanzhen.library.circulation import queries
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copy_scanned, journey_of
from yanzhen.library.holds.queries import captor_of
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.library.patrons.queries import card_numbered, looks_like_card
from yanzhen.library.patrons.rules import a_card_must_be_active
from yanzhen.network.models import Node
from yanzhen.people.queries import Reason, open_person_file
from yanzhen.people.roles import Actor

LONGEST_SCAN = 60
SAME_SCAN = dt.timedelta(seconds=10)


@dataclass(frozen=True)
class Scanned:
    """What came of a scan: what to say, which reader is open now, whom to look up instead."""

    said: Said
    reader: ReaderCard | None = None
    look_up: str = ""


def scan(
    text: str,
    *,
    node: Node,
    reader: ReaderCard | None,
    by: Actor,
    at: dt.datetime,
    although_held: str = "",
) -> Scanned:
    """Do what this scan obviously means at this desk. A refusal is said, never raised.

    `although_held` is the reason for lending a copy set aside for another reader.
    """
    try:
        return _understood(scanned(text), node, reader, by, at, although_held)
    except Refused as refusal:
        return Scanned(saying.refused(refusal, scanned(text)[:LONGEST_SCAN]), reader)


def _understood(
    text: str, node: Node, reader: ReaderCard | None, by: Actor, at: dt.datetime, although_held: str
) -> Scanned:
    if not text:
        return _nothing_scanned(reader)
    if len(text) > LONGEST_SCAN:
        raise Refused(
            "scan-too-long",
            _("这次扫到的内容太长，不像读者证，也不像图书条码。"),
            _("请对准一个条码再扫一次。"),
        )
    if card := card_numbered(text):
        return _card_scanned(card, node, by, at)
    copy = copy_scanned(text, node)
    if copy is None and _is_name_or_phone(text):
        return Scanned(Said("note", ""), reader, look_up=text)
    if copy is None:
        _is_a_slip(text)
    if reader:
        barcode = copy.barcode if copy else text
        return Scanned(_lend(barcode, node, reader, by, at, although_held), reader)
    return Scanned(_take_back(text, copy, node, by, at))


def _is_a_slip(text: str) -> None:
    """Raise what a scan of something that is no copy's barcode obviously was, if it was that."""
    if looks_like_card(text):
        raise Refused(
            "card-unknown",
            _("没有找到读者证 %(number)s。") % {"number": text},
            _("请再扫一次，或输入姓名、电话查找；还没办证的可以马上办。"),
        )
    if _is_isbn(text):
        raise Refused(
            "scan-is-isbn",
            _("扫到的是书后的定价条码（ISBN）。"),
            _("请扫贴在书名页或封底的馆藏条码；没贴条码的请放到“待核对”处。"),
        )


def _lend(
    barcode: str, node: Node, reader: ReaderCard, by: Actor, at: dt.datetime, although_held: str
) -> Said:
    try:
        done = lend(
            barcode=barcode, card_number=reader.number, node=node, by=by, at=at,
            although_held=although_held,
        )  # fmt: skip
    except Refused as refusal:
        again = refusal.code == "copy-on-loan-to-same-reader" and _just_lent(barcode, reader, at)
        if again:
            return saying.lent_already(again, node.code)
        raise
    return saying.lent(done, node.code)


def _just_lent(barcode: str, reader: ReaderCard, at: dt.datetime) -> Loan | None:
    """A second Enter within seconds is the same act, not a mistake."""
    loans = queries.open_loans_of(reader.person_id)
    return loans.filter(copy__barcode=barcode, lent_at__gte=at - SAME_SCAN).first()


def _take_back(text: str, copy: Copy | None, node: Node, by: Actor, at: dt.datetime) -> Said:
    """Take it in; a second Enter within seconds gets the first answer and its undo again."""
    loan = queries.returned_since(copy.pk, node, at - SAME_SCAN) if copy else None
    if copy and loan:
        journey = journey_of(copy)
        again = Taken(copy.barcode, "returned", copy, loan, journey.to_node if journey else None)
        again.hold = captor_of(copy)
        return saying.taken(again, node.code)
    return saying.taken(take_back(barcode=text, node=node, by=by, at=at), node.code)


def _card_scanned(card: ReaderCard, node: Node, by: Actor, at: dt.datetime) -> Scanned:
    refuse_first(_not_the_card_in_use(card, at))
    open_person_file(card.person, by=by, at=at, reason=Reason.COUNTER)
    said = Said("note", card.person.name, _("请扫要借的书；还书不用扫证。扫完按空回车，换下一位。"))
    return Scanned(said, card)


def _not_the_card_in_use(card: ReaderCard, at: dt.datetime) -> Refused | None:
    """An old, lost or cancelled card opens nobody, whatever newer card its holder has."""
    successor = getattr(card, "successor", None)
    return a_card_must_be_active(
        card.status, card.expires_on, clock.local_day(at), successor.number if successor else None
    )


def _nothing_scanned(reader: ReaderCard | None) -> Scanned:
    if reader:
        return Scanned(
            Said("note", _("%(name)s 办完了") % {"name": reader.person.name}, _("请下一位。"))
        )
    return Scanned(Said("note", _("请扫读者证，或一本书"), _("扫证借书，直接扫书是还书。")))


def _is_name_or_phone(text: str) -> bool:
    phone = text.replace("-", "").replace(" ", "")
    looks_like_phone = phone.isdigit() and (
        (len(phone) == 11 and phone.startswith("1")) or len(phone) == 4
    )
    has_letters = any(char.isalpha() for char in text)
    has_digits = any(char.isdigit() for char in text)
    return looks_like_phone or (has_letters and not (text.isascii() and has_digits))


def _is_isbn(text: str) -> bool:
    found = isbn.normalise(text)
    return bool(found and found.valid and len(text) >= 13)
