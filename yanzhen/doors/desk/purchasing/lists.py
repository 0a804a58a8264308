"""A supplier's list in, with a look at it first; an order out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.purchasing.asking import buyers_desk, whole
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import queries
from yanzhen.library.acquisitions.models import Fund, Order, SupplierList
from yanzhen.library.acquisitions.spreadsheets import taking, writing
from yanzhen.library.acquisitions.spreadsheets.mapping import FIELDS
from yanzhen.people.roles import PURCHASE

SHOWN, SHOWN_PROBLEMS = 10, 200
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff(PURCHASE)
@require_POST
def upload(request: Request, code: str, order_id: int) -> HttpResponse:
    buyers_desk(request, code)
    file = request.FILES.get("file")
    try:
        kept = taking.upload(
            order_id, name=(file.name or "") if file else "", content=file.read() if file else b"",
            by=request.actor, at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.in_full)
        return redirect("desk:order", code, order_id)
    return redirect("desk:list", code, kept.pk)


@staff(PURCHASE)
def preview(request: Request, code: str, list_id: int) -> HttpResponse:
    """How the list is read; columns are changed by GET, and only a POST takes it."""
    node = buyers_desk(request, code)
    kept = get_object_or_404(SupplierList.objects.select_related("supplier", "order"), pk=list_id)
    told = request.POST if request.method == "POST" else request.GET
    columns = _chosen(told) if any(name in told for name in FIELDS) else taking.columns_for(kept)
    if request.method == "POST":
        fund = get_object_or_404(Fund, pk=whole(told.get("fund")))
        try:
            done = taking.take(
                list_id, columns, fund=fund, node=node, by=request.actor, at=clock.now()
            )
        except Refused as refused:
            messages.error(request, refused.in_full)
        else:
            said = _("加了 %(n)d 种，%(out)d 行没有加。")
            messages.success(request, said % {"n": done.added, "out": len(done.left_out)})
        return redirect("desk:order", code, kept.order_id)
    reads = taking.looked_at(kept, columns, node, at=clock.now())
    problems = [read for read in reads if read.problem]
    context = {
        "node": node, "desk_areas": True, "kept": kept, "reads": reads[:SHOWN],
        "problems": problems[:SHOWN_PROBLEMS], "all_problems": len(problems),
        "good": len(reads) - len(problems), "funds": queries.funds(),
        "head": list(enumerate(kept.rows[0][1:])),
        "fields": [(name, word, columns.get(name)) for name, (word, _w) in FIELDS.items()],
    }  # fmt: skip
    return render(request, "desk/purchasing/list.html", context)


def _chosen(told) -> dict[str, int]:
    return {name: whole(told.get(name)) for name in FIELDS if told.get(name)}


@staff(PURCHASE)
def export(request: Request, code: str, order_id: int, form: str) -> HttpResponse:
    """The order as a file; `?encoding=gb18030` for old Windows programs."""
    buyers_desk(request, code)
    order = get_object_or_404(Order, pk=order_id)
    rows = writing.sheet(queries.lines().filter(order=order))
    if form == "xlsx":
        body, kind = writing.as_excel(rows), EXCEL
    else:
        gb = request.GET.get("encoding") == "gb18030"
        body = writing.as_csv(rows, "gb18030" if gb else "utf-8-sig")
        kind = f"text/csv; charset={'gb18030' if gb else 'utf-8'}"
    name = f'attachment; filename="order-{order.number}.{form}"'
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": name})
