"""Printed sign-in sheets: sealed part of the walk-in places, typed back in line by line (R20)."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yanzhen.culture.booking import access, ledger, rules
from yanzhen.culture.booking.leaving import leave
from yanzhen.culture.booking.models import Allotment, Booking, Channel, SheetLine, SignInSheet
from yanzhen.culture.booking.placing import full
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.groundwork.text import fold
from yanzhen.people.names import plain
from yanzhen.people.roles import CHECK_IN, Actor

KEPT = dt.timedelta(days=30)
MOST_LINES = 60


def print_sheet(*, session_id: int, lines: int, by: Actor, at: dt.datetime) -> SignInSheet:
    """Set `lines` walk-in places aside for a numbered paper list. Raises Refused."""
    with transaction.atomic():
        session = access.known_terms(session_id).session
        access.require_at(by, CHECK_IN, session)
        refuse_first(rules.a_party_has_heads(lines, MOST_LINES))
        door = ledger.lock(session_id)[Channel.WALK_IN]
        number = (
            SignInSheet.objects.filter(session=session).aggregate(last=Max("number"))["last"] or 0
        ) + 1
        issued = ledger.claim(door.pk, lines)
        if issued is None:
            raise full(session_id, Channel.WALK_IN, lines)
        part = ledger.make(
            door, issued, state=Booking.State.HELD, by_name=by.name, at=at,
            channel=Channel.WALK_IN, heads=lines, held_until=session.ends_at + KEPT,
            operator_name=by.name,
        )  # fmt: skip
        sheet = SignInSheet.objects.create(
            session=session, number=number, lines=lines, booking=part, printed_at=at,
            printed_by=by.name,
        )  # fmt: skip
        _write("sheet.printed", sheet, by, at)
    return sheet


def type_in(
    *,
    sheet_id: int,
    line: int,
    by: Actor,
    at: dt.datetime,
    name: str = "",
    under_18: bool = False,
    aged_60: bool = False,
) -> Booking:
    """One line of a sheet that came back; the same line again is the same booking. Raises
    Refused."""
    with transaction.atomic():
        sheet = _locked(sheet_id, by)
        typed = SheetLine.objects.select_related("booking").filter(sheet=sheet, line=line).first()
        if typed is not None:
            return typed.booking
        refuse_first(_is_a_line(line, sheet.lines), _is_out(sheet), _one_band(under_18, aged_60))
        booking = _from_the_sealed_part(sheet, by, at, name, under_18, aged_60)
        SheetLine.objects.create(sheet=sheet, line=line, booking=booking)
    return booking


def _from_the_sealed_part(
    sheet: SignInSheet, by: Actor, at: dt.datetime, name: str, under_18: bool, aged_60: bool
) -> Booking:
    """One head leaves the sheet's part and becomes a booking: the ledger's sum stays as it is."""
    part = sheet.booking
    part.heads -= 1
    if part.heads:
        part.save(update_fields=["heads"])
    else:
        ledger.enter(
            part, Booking.State.EXPIRED, by_name=by.name, at=at, reason="全部录完", heads=0,
            ended_at=at,
        )  # fmt: skip
    ledger.give_back(part.allotment_id, 1)
    number = ledger.claim(part.allotment_id, 1)
    assert number is not None
    door = Allotment.objects.get(pk=part.allotment_id)
    return ledger.make(
        door, number, state=Booking.State.CHECKED_IN, by_name=by.name, at=at,
        channel=Channel.WALK_IN, heads=1, under_18=int(under_18), aged_60=int(aged_60),
        name=plain(name)[:60], name_folded=fold(plain(name))[:120], operator_name=by.name,
        checked_in_at=at,
    )  # fmt: skip


def take_back(*, sheet_id: int, by: Actor, at: dt.datetime) -> SignInSheet:
    """The sheet is typed in: what is left of its part is free again. Raises Refused."""
    with transaction.atomic():
        sheet = _locked(sheet_id, by)
        refuse_first(_is_out(sheet))
        if sheet.booking.state == Booking.State.HELD:
            leave(sheet.booking, Booking.State.EXPIRED, by_name=by.name, at=at, reason="签到表收回")
        sheet.returned_at, sheet.returned_by = at, by.name
        sheet.save(update_fields=["returned_at", "returned_by"])
        _write("sheet.returned", sheet, by, at)
    return sheet


def _locked(sheet_id: int, by: Actor) -> SignInSheet:
    seen = SignInSheet.objects.filter(pk=sheet_id).values_list("session", flat=True).first()
    if seen is None:
        raise Refused("sheet-unknown", _("没有找到这张签到表。"), _("请刷新页面。"), status=404)
    access.require_at(by, CHECK_IN, access.known_session(seen))
    ledger.lock(seen)
    rows = SignInSheet.objects.select_related("booking", "session__site")
    return rows.get(pk=sheet_id)


def _is_a_line(line: int, lines: int) -> Refused | None:
    if 1 <= line <= lines:
        return None
    return Refused(
        "line-unknown",
        _("这张表只有 %(n)d 行。") % {"n": lines},
        _("请看看表上的行号。"),
        status=422,
    )


def _is_out(sheet: SignInSheet) -> Refused | None:
    if sheet.returned_at is None:
        return None
    return Refused(
        "sheet-returned", _("这张表已经收回了。"), _("漏了的人，请在门口页面按人数补记。")
    )


def _one_band(under_18: bool, aged_60: bool) -> Refused | None:
    if not (under_18 and aged_60):
        return None
    return Refused(
        "age-bands-unfit", _("一个人不能又是未成年人又是老人。"), _("请只选一样。"), status=422
    )


def _write(action: str, sheet: SignInSheet, by: Actor, at: dt.datetime) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"session:{sheet.session_id}",
        place=sheet.session.site.code, sheet=sheet.number, lines=sheet.lines,
    )  # fmt: skip
