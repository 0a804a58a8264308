"""What was handed in and nobody has explained yet."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import queries, settling
from yanzhen.people.roles import CIRCULATE


@staff(CIRCULATE)
def listing(request: Request, code: str) -> HttpResponse:
    node = desk_node(code, request.actor, CIRCULATE)
    return render(
        request,
        "desk/exceptions.html",
        {
            "node": node,
            "desk_exceptions": True,
            "rows": queries.exceptions_at(node),
            "said": kept_banner(request),
        },
    )


@staff(CIRCULATE)
@require_POST
def settle(request: Request, code: str, exception_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CIRCULATE)
    try:
        settling.settle(
            exception_id=exception_id,
            outcome=request.POST.get("outcome", ""),
            by=request.actor,
            at=clock.now(),
        )
        said = Said("done", _("处理好了"), _("这一条已从“待核对”里划掉，记录还在。"))
    except Refused as refusal:
        said = refused(refusal)
    request.session[KEPT] = said.as_dict()
    return redirect("desk:exceptions", node.code)
