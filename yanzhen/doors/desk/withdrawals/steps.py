"""Working on a list and deciding on it; each step is one use-case."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.telling import number, tell
from yanzhen.doors.desk.withdrawals.views import seen
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.library.acquisitions.spreadsheets.reading import rows_of
from yanzhen.library.withdrawal import deciding, proposing
from yanzhen.library.withdrawal.choosing import Choice
from yanzhen.library.withdrawal.proposing import Added
from yanzhen.people.roles import COUNT_STOCK, WITHDRAW_STOCK

MOST_TOLD = 10


@staff(COUNT_STOCK)
@require_POST
def step(request: Request, code: str, list_id: int) -> HttpResponse:
    """One step on a list that is being made, named by the button that was pressed."""
    return _do(request, code, list_id, COUNT_STOCK, MAKING)


@staff(WITHDRAW_STOCK)
@require_POST
def decide(request: Request, code: str, list_id: int) -> HttpResponse:
    """Approve, refuse or undo."""
    return _do(request, code, list_id, WITHDRAW_STOCK, DECIDING)


def _do(request: Request, code: str, list_id: int, capability: str, steps: dict) -> HttpResponse:
    node = desk_node(code, request.actor, capability)
    wanted: Callable[[Request, int], Said] | None = steps.get(request.POST.get("step", ""))
    if wanted is None:
        raise Http404
    made = seen(request, list_id)
    return tell(request, lambda: wanted(request, made.pk), "desk:withdrawal", node.code, made.pk)


def _scan(request: Request, list_id: int) -> Said:
    line = proposing.add_scanned(
        list_id=list_id, barcode=_posted(request, "barcode"), reason=_posted(request, "reason"),
        by=request.actor, at=clock.now(),
    )  # fmt: skip
    title = _("《%(title)s》") % {"title": line.copy.bib.title}
    return Said("done", _("列上了"), title + line.get_reason_display())


def _choose(request: Request, list_id: int) -> Said:
    choice = Choice(_posted(request, "reason"), number(_posted(request, "years")) or 5)
    n = proposing.add_fitting(list_id=list_id, choice=choice, by=request.actor, at=clock.now())
    if not n:
        return Said("note", _("没有挑到"), _("这个条件下没有还没列上的书。"))
    return Said("done", ngettext("挑出 %(n)d 册", "挑出 %(n)d 册", n) % {"n": n},
                _("请对着书架看一遍，不该剔的拿掉，再报总馆。"))  # fmt: skip


def _file(request: Request, list_id: int) -> Said:
    file = request.FILES.get("file")
    rows = rows_of(file.name or "", file.read()) if file else rows_of("", b"")
    done = proposing.add_barcodes(
        list_id=list_id, rows=_barcodes(rows), reason=_posted(request, "reason"),
        by=request.actor, at=clock.now(),
    )  # fmt: skip
    line = ngettext("列上了 %(n)d 册", "列上了 %(n)d 册", done.added) % {"n": done.added}
    return Said("attention" if done.left_out else "done", line, _told(done))


def _barcodes(rows: list[list[str]]) -> Iterator[tuple[int, str]]:
    """(row of the file, barcode): from the column headed 条码, else from the first one."""
    head = rows[0][1:]
    named = [at for at, cell in enumerate(head, 1) if "条码" in cell or cell.lower() == "barcode"]
    column = named[0] if named else 1
    for row in rows[1:] if named else rows:
        if len(row) > column and row[column]:
            yield int(row[0]), row[column]


def _told(done: Added) -> str:
    told = [_("第 %(row)d 行：%(why)s") % {"row": row, "why": why} for row, why in done.left_out]
    rest = len(told) - MOST_TOLD
    if rest > 0:
        told = [*told[:MOST_TOLD], _("另有 %(n)d 行没有列上。") % {"n": rest}]
    return " ".join(told)


def _remove(request: Request, list_id: int) -> Said:
    line = number(_posted(request, "line")) or 0
    proposing.remove_line(line_id=line, by=request.actor, at=clock.now())
    return Said("done", _("已从清单上拿掉"))


def _submit(request: Request, list_id: int) -> Said:
    made = proposing.submit(list_id=list_id, by=request.actor, at=clock.now())
    return Said(
        "done", _("清单 %(number)s 已报总馆") % {"number": made.number},
        _("有结果以前，这些书标着“拟剔旧”，读者看不到它们在架。"),
    )  # fmt: skip


def _approve(request: Request, list_id: int) -> Said:
    lines = _picked(request)
    done = deciding.approve(list_id=list_id, line_ids=lines, by=request.actor, at=clock.now())
    n = done.withdrawn
    line = ngettext("批准剔旧 %(n)d 册", "批准剔旧 %(n)d 册", n) % {"n": n}
    if not done.waiting:
        return Said("done", line, _("已从账上去掉；七天里还能撤销。"))
    why = " ".join(f"{each.copy.barcode} {refusal.message}"
                   for each, refusal in done.waiting[:MOST_TOLD])  # fmt: skip
    stays = ngettext("还有 %(n)d 册留在清单上。", "还有 %(n)d 册留在清单上。", len(done.waiting))
    return Said("attention", line, stays % {"n": len(done.waiting)} + why)


def _refuse(request: Request, list_id: int) -> Said:
    n = deciding.refuse(
        list_id=list_id, line_ids=_picked(request), note=_posted(request, "note"),
        by=request.actor, at=clock.now(),
    )  # fmt: skip
    return Said("done", ngettext("不批准 %(n)d 册", "不批准 %(n)d 册", n) % {"n": n},
                _("书照旧在架。"))  # fmt: skip


def _undo(request: Request, list_id: int) -> Said:
    line = number(_posted(request, "line")) or 0
    copy = deciding.undo(
        line_id=line, note=_posted(request, "note"), by=request.actor, at=clock.now()
    )
    return Said("done", _("剔旧已撤销"), _("《%(title)s》") % {"title": copy.bib.title})


def _picked(request: Request) -> list[int]:
    return [found for each in request.POST.getlist("line") if (found := number(each))]


def _posted(request: Request, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")


MAKING = {"scan": _scan, "choose": _choose, "file": _file, "remove": _remove, "submit": _submit}
DECIDING = {"approve": _approve, "refuse": _refuse, "undo": _undo}
