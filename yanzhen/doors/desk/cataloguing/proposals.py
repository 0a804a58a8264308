"""The main house decides what branches proposed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.work import KEPT
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.models import Proposal
from yanzhen.library.catalogue.proposing import adopt, decline
from yanzhen.people.roles import CATALOGUE


@staff(CATALOGUE)
@require_POST
def decide(request: Request, code: str, proposal_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CATALOGUE)
    get_object_or_404(Proposal, pk=proposal_id)
    try:
        if request.POST.get("decision") == "adopt":
            done = adopt(proposal_id, by=request.actor, at=clock.now())
            said = Said("done", _("已采纳"), done.title)
        else:
            answer = request.POST.get("answer", "")
            done = decline(proposal_id, answer, by=request.actor, at=clock.now())
            said = Said("done", _("已回复，没有采纳"), done.title)
    except Refused as refusal:
        said = refused(refusal)
    request.session[KEPT] = said.as_dict()
    return redirect("desk:cataloguing", node.code)
