"""The desk itself: scan, see, undo."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk import saying, scanning
from yanzhen.doors.desk.places import desk_node, desks_of, planning_nodes
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.words import long_day
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import queries
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.renewing import renew
from yanzhen.library.circulation.rules import only_a_fresh_action_is_undone
from yanzhen.library.circulation.undoing import undo_lending, undo_return
from yanzhen.library.holds.queries import ready_for
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.library.patrons.queries import current_card_of
from yanzhen.network.models import Node
from yanzhen.people.models import Person
from yanzhen.people.queries import Reason, open_person_file
from yanzhen.people.roles import CIRCULATE, PLAN_ACTIVITIES, RENEW, SEE_READERS

KEPT = "desk-said"
OPENED = "desk-reader"
LONGEST_ID = 18


@staff(SEE_READERS, or_else=PLAN_ACTIVITIES)
def choose(request: Request) -> HttpResponse:
    """The desks one may work at; straight to it when there is one. The telephone has only
    readers, the culture centre only activities."""
    circulates = request.actor.may(CIRCULATE)
    if not circulates and (houses := planning_nodes(request.actor)):
        return redirect("desk:activities", houses[0].code)
    desks = desks_of(request.actor, CIRCULATE if circulates else SEE_READERS)
    if desks and not circulates:
        return redirect("desk:readers", desks[0].code)
    if len(desks) == 1:
        return redirect("desk:work", desks[0].code)
    return render(request, "desk/choose.html", {"desks": desks, "section_desk": True})


@staff(CIRCULATE)
def work(request: Request, code: str) -> HttpResponse:
    """The desk of a branch; `?reader=` keeps a reader open across page loads."""
    node = desk_node(code, request.actor, CIRCULATE)
    said = kept_banner(request)
    reader = _reader(request, request.GET.get("reader", ""))
    return render(request, "desk/work.html", board(request, node, reader, said))


@staff(CIRCULATE)
@require_POST
def scan(request: Request, code: str) -> HttpResponse:
    node = desk_node(code, request.actor, CIRCULATE)
    done = scanning.scan(
        request.POST.get("code", ""),
        node=node,
        reader=_reader(request, request.POST.get("reader", "")),
        by=request.actor,
        at=clock.now(),
        although_held=request.POST.get("although_held", "")[:200],
    )
    if done.reader:
        request.session[OPENED] = done.reader.person_id
    if done.look_up:
        address = reverse("desk:readers", args=[node.code])
        return _go(request, f"{address}?{urlencode({'q': done.look_up})}")
    return _show(request, node, done.reader, done.said)


@staff(RENEW)
@require_POST
def renewal(request: Request, code: str, loan_id: int) -> HttpResponse:
    if request.POST.get("from") == "file":
        return _renew_from_file(request, code, loan_id)
    return _act(
        request, code, lambda at: saying.renewed(renew(loan_id=loan_id, by=request.actor, at=at))
    )


def _renew_from_file(request: Request, code: str, loan_id: int) -> HttpResponse:
    """Renewing on a reader's own page, e.g. while they are on the telephone."""
    node = desk_node(code, request.actor, RENEW)
    try:
        said = saying.renewed(renew(loan_id=loan_id, by=request.actor, at=clock.now()))
        messages.success(request, f"{said.line} {said.detail}")
    except Refused as refusal:
        messages.error(request, f"{refusal.message}{refusal.remedy}")
    loan = Loan.objects.filter(pk=loan_id).first()
    if loan is None or loan.person_id is None:
        return redirect("desk:readers", node.code)
    return redirect("desk:reader", node.code, loan.person_id)


@staff(CIRCULATE)
@require_POST
def cancel_loan(request: Request, code: str, loan_id: int) -> HttpResponse:
    return _act(
        request,
        code,
        lambda at: saying.undone(
            _("已撤销借出"), undo_lending(loan_id=loan_id, by=request.actor, at=at).copy.bib.title
        ),
    )


@staff(CIRCULATE)
@require_POST
def cancel_return(request: Request, code: str, loan_id: int) -> HttpResponse:
    return _act(
        request,
        code,
        lambda at: saying.undone(
            _("已撤销还书"), undo_return(loan_id=loan_id, by=request.actor, at=at).copy.bib.title
        ),
    )


@staff(CIRCULATE)
def slip(request: Request, code: str, person_id: int) -> HttpResponse:
    """What a reader has at home, on an 80 mm slip or, with `?paper=a5`, on a sheet."""
    node = desk_node(code, request.actor, CIRCULATE)
    person = get_object_or_404(Person, pk=person_id)
    _note_opened(request, person)
    lines = [
        {"title": loan.copy.bib.title, "due": long_day(loan.due_on), "note": loan.copy.barcode}
        for loan in queries.open_loans_of(person_id)
    ]
    return render(
        request,
        "desk/slip.html",
        {
            "node": node,
            "person": person,
            "lines": lines,
            "at": clock.now(),
            "paper": "a5" if request.GET.get("paper") == "a5" else "slip",
        },
    )


def board(
    request: Request, node: Node, reader: ReaderCard | None, said: dict | None
) -> dict[str, Any]:
    """Everything the desk shows: banner, deeds, figures, and the open reader."""
    at = clock.now()
    loans = list(queries.open_loans_of(reader.person_id)) if reader else []
    return {
        "node": node,
        "desk_work": True,
        "said": said,
        "reader": reader,
        "loans": loans,
        "held": ready_for(reader.person_id, node) if reader else [],
        "today": clock.today(),
        "day": queries.day_at(node, at),
        "actions": _stream(queries.deeds_at(node, at), node.code, at),
    }


def _stream(deeds: list[queries.Deed], code: str, at: dt.datetime) -> list[dict[str, Any]]:
    """The deeds newest first; of one loan only the last can still be undone."""
    seen: set[int | None] = set()
    lines = []
    for deed in deeds:
        lines.append(_line(deed, code, at, last=deed.loan_id not in seen))
        seen.add(deed.loan_id)
    return lines


def kept_banner(request: Request) -> dict | None:
    """What the last POST had to say, once; the session is only written if there is something."""
    return request.session.pop(KEPT) if KEPT in request.session else None


def _act(request: Request, code: str, act) -> HttpResponse:
    """Do one thing from a button of the desk and say what came of it."""
    node = desk_node(code, request.actor, CIRCULATE)
    try:
        said = act(clock.now())
    except Refused as refusal:
        said = saying.refused(refusal)
    return _show(request, node, _reader(request, request.POST.get("reader", "")), said)


def _show(request: Request, node: Node, reader: ReaderCard | None, said: Said) -> HttpResponse:
    """The fragment for htmx; without scripts the banner is kept for the page that follows."""
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/board.html", board(request, node, reader, said.as_dict()))
    request.session[KEPT] = said.as_dict()
    address = reverse("desk:work", args=[node.code])
    return redirect(f"{address}?reader={reader.person_id}" if reader else address)


def _go(request: Request, address: str) -> HttpResponse:
    """Lead to another page, through htmx or without it."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _reader(request: Request, person_id: str) -> ReaderCard | None:
    """The card of the reader who is open at this desk. Whoever is opened by an address instead of
    a scan is opened as a file is: written down, with the counter as the reason (L02)."""
    if not (person_id.isascii() and person_id.isdigit() and len(person_id) <= LONGEST_ID):
        return None
    card = current_card_of(int(person_id))
    if card:
        _note_opened(request, card.person)
    return card


def _note_opened(request: Request, person: Person) -> None:
    if request.session.get(OPENED) != person.pk:
        open_person_file(person, by=request.actor, at=clock.now(), reason=Reason.COUNTER)
        request.session[OPENED] = person.pk


def _line(deed: queries.Deed, code: str, at: dt.datetime, *, last: bool) -> dict[str, Any]:
    """A deed as a line of the stream, with its undo while it can be undone."""
    words = {"lent": _("借出"), "returned": _("还回"), "received": _("签收")}
    icons = {"lent": "arrow-right", "returned": "return", "received": "truck"}
    fresh = only_a_fresh_action_is_undone(deed.at, at) is None
    undo = {"lent": "desk:cancel-loan", "returned": "desk:cancel-return"}.get(deed.what)
    detail = " · ".join(part for part in (words[deed.what], deed.person_name, deed.barcode) if part)
    return {
        "at": deed.at,
        "icon": icons[deed.what],
        "line": deed.title,
        "detail": detail,
        "undo_url": reverse(undo, args=[code, deed.loan_id]) if undo and fresh and last else "",
    }
