"""What is on the road to and from a branch."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import refused, undone
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holdings import queries, travelling
from yanzhen.library.holdings.models import Transit
from yanzhen.library.rotation.models import Manifest
from yanzhen.library.rotation.queries import manifests_of
from yanzhen.people.roles import CIRCULATE


@staff(CIRCULATE)
def road(request: Request, code: str) -> HttpResponse:
    """Journeys to receive and journeys set out from here, oldest first."""
    node = desk_node(code, request.actor, CIRCULATE)
    return render(
        request,
        "desk/road.html",
        {
            "node": node,
            "desk_road": True,
            "now": clock.now(),
            "said": kept_banner(request),
            "arriving": _listed(queries.arriving_at(node)),
            "leaving": _listed(queries.leaving_from(node)),
        },
    )


def _listed(journeys: QuerySet[Transit]) -> list[tuple[Transit, Manifest | None]]:
    """Each journey with the manifest it travels on."""
    found = list(journeys)
    manifests = manifests_of(found)
    return [(journey, manifests.get(journey.pk)) for journey in found]


@staff(CIRCULATE)
@require_POST
def cancel(request: Request, code: str, transit_id: int) -> HttpResponse:
    """Stop a journey that will not happen; the reason is asked for."""
    node = desk_node(code, request.actor, CIRCULATE)
    transit = get_object_or_404(Transit.objects.select_related("copy__bib"), pk=transit_id)
    try:
        travelling.abort(
            transit, note=request.POST.get("note", ""), by=request.actor, at=clock.now()
        )
        said = undone(_("这一程已中止，书留在本馆"), transit.copy.bib.title)
    except Refused as refusal:
        said = refused(refusal)
    request.session[KEPT] = said.as_dict()
    return redirect("desk:road", node.code)
