"""Which way of call numbers holds where."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.call_numbers import queries
from yanzhen.library.call_numbers.models import CallNumberScheme
from yanzhen.library.call_numbers.schemes import add_scheme, use_scheme
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.network.models import Node
from yanzhen.people.roles import CATALOGUE


@staff(CATALOGUE)
def schemes(request: Request, code: str) -> HttpResponse:
    """On POST add a scheme (`name`), or let one hold at a place (`branch`, `shelf`, `scheme`)."""
    node = desk_node(code, request.actor, CATALOGUE)
    require_cataloguing(request.actor)
    shown = {"node": node, "desk_areas": True, "typed": request.POST}
    if request.method == "POST":
        try:
            _do(request)
            request.session[KEPT] = Said("done", _("记下了"), "").as_dict()
            return redirect("desk:call-number-schemes", node.code)
        except Refused as refusal:
            shown["refused"] = refusal
    shown |= {"schemes": CallNumberScheme.objects.all(), "uses": queries.uses()}
    shown |= {"kinds": CallNumberScheme.Kind.choices, "said": kept_banner(request)}
    shown["branches"] = Node.objects.libraries().serving().order_by("path")
    return render(request, "desk/cataloguing/schemes.html", shown)


def _do(request: Request) -> None:
    post, by, at = request.POST, request.actor, clock.now()
    if "name" in post:
        serial = CallNumberScheme.Kind.SERIAL
        kind = post["kind"] if post.get("kind") in CallNumberScheme.Kind.values else serial
        add_scheme(post["name"].replace("\x00", ""), kind, by=by, at=at)
        return
    name = post.get("scheme", "")
    scheme = CallNumberScheme.objects.filter(name=name).first()
    node = Node.objects.libraries().serving().filter(code=post.get("branch", "")).first()
    if (name and scheme is None) or (post.get("branch") and node is None):
        raise Refused("place-unknown", _("没有这个馆或方案。"), _("请重新选。"), status=422)
    use_scheme(scheme, node=node, shelf=post.get("shelf", "").replace("\x00", ""), by=by, at=at)
