"""Paper sign-in sheets: printed with a number, typed back in line by line (R20)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.culture.booking import scanning, sheets
from yanzhen.culture.booking.models import SignInSheet
from yanzhen.culture.booking.rules import LARGEST_SCAN
from yanzhen.doors import booking_words as words
from yanzhen.doors.desk.bookings.doing import number, said_after, session_of
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.photos import photo_answer
from yanzhen.groundwork import clock
from yanzhen.people.roles import CHECK_IN


@staff(CHECK_IN)
@require_POST
def print_one(request: Request, code: str, session_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CHECK_IN)

    def act() -> Said:
        sheet = sheets.print_sheet(
            session_id=session_id, lines=number(request.POST.get("lines", "")),
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        told = {"n": sheet.number, "lines": sheet.lines}
        return Said(
            "done",
            _("签到表 %(n)d 号 · %(lines)d 行") % told,
            _("这些现场名额留给这张表；在下面打开它打印，收回后录入。"),
        )

    return said_after(request, act, "desk:door", node.code, session_id)


@staff(CHECK_IN)
@require_safe
def sheet(request: Request, code: str, session_id: int, sheet_id: int) -> HttpResponse:
    """The sheet to print, and the same lines to type in when it is back."""
    node = desk_node(code, request.actor, CHECK_IN)
    session = session_of(node, session_id)
    row = SignInSheet.objects.filter(pk=sheet_id, session=session).first()
    if row is None:
        raise Http404(_("没有这张签到表。"))
    typed = {each.line: each.booking for each in row.typed.select_related("booking")}
    context = {
        "node": node, "desk_sessions": True, "session": session, "when": words.when(session),
        "sheet": row, "lines": [(n, typed.get(n)) for n in range(1, row.lines + 1)],
        "scans": row.scans.all(), "said": kept_banner(request),
    }  # fmt: skip
    return render(request, "desk/bookings/sheet.html", context)


@staff(CHECK_IN)
@require_POST
def type_in(request: Request, code: str, session_id: int, sheet_id: int) -> HttpResponse:
    """Every line with a name or a tick; the same page sent twice counts once."""
    node = desk_node(code, request.actor, CHECK_IN)
    told = request.POST

    def act() -> Said:
        done = 0
        for line in range(1, sheets.MOST_LINES + 1):
            name, band = told.get(f"name-{line}", ""), told.get(f"band-{line}", "")
            if name.strip() or band:
                sheets.type_in(
                    sheet_id=sheet_id, line=line, name=name[:60], under_18=band == "under_18",
                    aged_60=band == "aged_60", by=request.actor, at=clock.now(),
                )  # fmt: skip
                done += 1
        attached = _attach(request, sheet_id)
        if told.get("finished"):
            sheets.take_back(sheet_id=sheet_id, by=request.actor, at=clock.now())
        return Said("done", _("录了 %(n)d 行") % {"n": done}, _("照片收下了。") if attached else "")

    return said_after(request, act, "desk:sheet", node.code, session_id, sheet_id)


def _attach(request: Request, sheet_id: int) -> bool:
    """Whether a page of the signed sheet came along; no more of it is read than shows that it is
    too large."""
    sent = request.FILES.get("scan")
    if sent is None:
        return False
    content = sent.read(LARGEST_SCAN + 1)
    scanning.attach(sheet_id=sheet_id, content=content, by=request.actor, at=clock.now())
    return True


@staff(CHECK_IN)
@require_safe
def scan(request: Request, code: str, session_id: int, sheet_id: int, scan_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CHECK_IN)
    session_of(node, session_id)
    found = scanning.look_at(scan_id=scan_id, by=request.actor, at=clock.now())
    return photo_answer(found.file)


@staff(CHECK_IN)
@require_POST
def remove_scan(
    request: Request, code: str, session_id: int, sheet_id: int, scan_id: int
) -> HttpResponse:
    node = desk_node(code, request.actor, CHECK_IN)

    def act() -> Said:
        scanning.remove(scan_id=scan_id, by=request.actor, at=clock.now())
        return Said("note", _("照片拿掉了"))

    return said_after(request, act, "desk:sheet", node.code, session_id, sheet_id)
