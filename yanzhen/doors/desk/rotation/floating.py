"""Floating groups 浮动馆藏 and shelf room 书架容量, laid down by the main library."""

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.telling import number, tell
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holdings import floating_groups
from yanzhen.library.holdings.models import FloatingGroup, ItemKind
from yanzhen.library.rotation import shelves
from yanzhen.network.models import Node
from yanzhen.people.roles import MOVE_STOCK


@staff(MOVE_STOCK)
def groups(request: Request, code: str) -> HttpResponse:
    """The groups with their branches and the room of each, and the titles that never stay."""
    node = desk_node(code, request.actor, MOVE_STOCK)
    if request.method == "POST":
        return tell(request, lambda: _opened(request), "desk:floating", node.code)
    found = FloatingGroup.objects.prefetch_related("kinds", "members__node", "exclusions__bib")
    housed = {each.node.pk: each.housed for each in shelves.all_shelves()}
    return render(
        request,
        "desk/rotation/floating.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "groups": [
                (group, [(member, housed.get(member.node_id, 0)) for member in group.members.all()])
                for group in found.annotate(moved=Count("moves")).order_by("-begins_on", "-pk")
            ],
            "kinds": ItemKind.objects.order_by("pk"),
            "branches": _branches(),
            "today": clock.today(),
        },
    )


def _branches():
    levels = [Node.Level.HUB, Node.Level.BRANCH]
    return Node.objects.libraries().serving().filter(level__in=levels)


def _opened(request: Request) -> Said:
    group = floating_groups.open_group(
        name=request.POST.get("name", ""),
        most_of_a_title=number(request.POST.get("most", "")) or 0,
        kinds=ItemKind.objects.filter(code__in=request.POST.getlist("kind")),
        by=request.actor,
        at=clock.now(),
    )
    return Said(
        "done", _("浮动组建好了"), _("《%(name)s》还没有馆，请加进来。") % {"name": group.name}
    )


@staff(MOVE_STOCK)
@require_POST
def change(request: Request, code: str, group_id: int) -> HttpResponse:
    """One change of a group, named by the button that was pressed."""
    node = desk_node(code, request.actor, MOVE_STOCK)
    wanted = CHANGES.get(request.POST.get("step", ""))
    if wanted is None:
        raise Http404
    return tell(request, lambda: wanted(request, group_id, node), "desk:floating", node.code)


def _branch_in(request: Request, group_id: int, _node: Node) -> Said:
    branch = get_object_or_404(_branches(), code=request.POST.get("branch", ""))
    capacity = _places(request.POST.get("capacity", ""))
    floating_groups.let_branch_in(
        group_id=group_id, node=branch, capacity=capacity, by=request.actor, at=clock.now()
    )
    line = _("%(branch)s最多放 %(n)d 本") % {"branch": branch.short_label, "n": capacity}
    return Said("done", line, _("组里的书还到那里就留在那里，放满为止。"))


def _branch_out(request: Request, group_id: int, _node: Node) -> Said:
    branch = get_object_or_404(Node.objects.libraries(), code=request.POST.get("branch", ""))
    floating_groups.take_branch_out(
        group_id=group_id, node=branch, by=request.actor, at=clock.now()
    )
    return Said("done", _("%(branch)s不再浮动") % {"branch": branch.short_label},
                _("已经留在那里的书不动。"))  # fmt: skip


def _title_out(request: Request, group_id: int, node: Node) -> Said:
    barcode = request.POST.get("barcode", "")
    left = floating_groups.leave_title_out(
        group_id=group_id, barcode=barcode, at_node=node, by=request.actor, at=clock.now()
    )
    return Said("done", _("《%(title)s》不留，总是送回去") % {"title": left.bib.title})


def _title_in(request: Request, group_id: int, _node: Node) -> Said:
    bib_id = number(request.POST.get("bib", "")) or 0
    floating_groups.let_title_in(group_id=group_id, bib_id=bib_id, by=request.actor, at=clock.now())
    return Said("done", _("这种书又可以留了"))


def _end(request: Request, group_id: int, _node: Node) -> Said:
    group = floating_groups.end_group(group_id=group_id, by=request.actor, at=clock.now())
    return Said("done", _("今天是这个组的最后一天"), group.name)


CHANGES = {
    "branch-in": _branch_in,
    "branch-out": _branch_out,
    "title-out": _title_out,
    "title-in": _title_in,
    "end": _end,
}


@staff(MOVE_STOCK)
def rooms(request: Request, code: str) -> HttpResponse:
    """How many copies each branch has shelves for."""
    node = desk_node(code, request.actor, MOVE_STOCK)
    if request.method == "POST":
        return tell(request, lambda: _counted(request), "desk:shelf-room", node.code)
    return render(
        request,
        "desk/rotation/shelf_room.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "shelves": [(f"room-{each.node.code}", each) for each in shelves.all_shelves()],
        },
    )


def _counted(request: Request) -> Said:
    """Store what differs from what is known; nothing is stored when one box is unreadable."""
    changed = []
    for each in shelves.all_shelves():
        text = request.POST.get(f"room-{each.node.code}")
        wanted = _places(text) if text and text.strip() else None
        if text is not None and wanted != each.counted:
            changed.append((each.node, wanted))
    for branch, wanted in changed:
        shelves.set_room(node=branch, copies=wanted, by=request.actor, at=clock.now())
    return Said("done", _("书架容量记好了"), _("下次算调拨建议就照这个。"))


def _places(text: str) -> int:
    """A number of copies somebody typed. Raises Refused."""
    found = number(text, longest=6)
    if found is None:
        raise Refused(
            "number-unreadable", _("能放多少本，要写数字。"), _("请写 0 到 999999 之间的整数。")
        )
    return found
