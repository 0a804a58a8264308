"""Book boxes 流动图书箱 and rotation plans 流动轮换."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.telling import number, tell
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.rotation import boxing, planning
from yanzhen.library.rotation.models import BookBox
from yanzhen.network.models import Node
from yanzhen.people.roles import CIRCULATE, MOVE_STOCK, Actor

STAGES = [(n, f"node-{n}", f"from-{n}", f"until-{n}") for n in range(1, 5)]


@staff(CIRCULATE)
def listing(request: Request, code: str) -> HttpResponse:
    """The boxes of this branch: where each stands and when it is due back."""
    node = desk_node(code, request.actor, CIRCULATE)
    if request.method == "POST":
        return tell(request, lambda: _made(request, node), "desk:boxes", node.code)
    boxes = [(box, _stay(box), _held(box)) for box in node.book_boxes.order_by("pk")]
    return render(
        request,
        "desk/rotation/boxes.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "boxes": boxes,
            "today": clock.today(),
        },
    )


@staff(CIRCULATE)
def show(request: Request, code: str, box_id: int) -> HttpResponse:
    """One box: what is in it, where it may go."""
    node = desk_node(code, request.actor, CIRCULATE)
    box = get_object_or_404(BookBox.objects.select_related("owner"), pk=box_id, owner=node)
    if request.method == "POST":
        acts = {"put-in": _put_in, "take-out": _take_out, "send": _send}
        act = acts.get(request.POST.get("step", ""), _send)
        return tell(request, lambda: act(request, box), "desk:box", node.code, box.pk)
    contents = box.contents.filter(removed_at=None).select_related(
        "copy__bib", "copy__current_node"
    )
    return render(
        request,
        "desk/rotation/box.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "box": box,
            "stay": _stay(box),
            "contents": contents.order_by("-added_at", "pk"),
            "places": _places(box, request.actor),
        },
    )


@staff(MOVE_STOCK)
def plans(request: Request, code: str) -> HttpResponse:
    """What is due to move, and the plans."""
    node = desk_node(code, request.actor, MOVE_STOCK)
    if request.method == "POST":
        act = _carry_out if request.POST.get("plan") else _plan
        return tell(request, lambda: act(request), "desk:plans", node.code)
    return render(
        request,
        "desk/rotation/plans.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "moves": planning.next_moves(clock.today()),
            "plans": planning.all_plans(),
            "boxes": BookBox.objects.select_related("owner").order_by("pk"),
            "places": Node.objects.libraries().serving().exclude(level=Node.Level.HUB),
            "stages": STAGES,
            "today": clock.today(),
        },
    )


def _made(request: Request, node: Node) -> Said:
    name = request.POST.get("name", "")
    box = boxing.make_box(name=name, owner=node, by=request.actor, at=clock.now())
    return Said("done", _("箱子建好了：%(label)s") % {"label": box.label}, box.name)


def _put_in(request: Request, box: BookBox) -> Said:
    barcode = request.POST.get("barcode", "")
    row = boxing.put_in(box_id=box.pk, barcode=barcode, by=request.actor, at=clock.now())
    return Said("done", _("已放进箱子"), _("《%(title)s》") % {"title": row.copy.bib.title})


def _take_out(request: Request, box: BookBox) -> Said:
    copy_id = number(request.POST.get("copy", "")) or 0
    boxing.take_out(box_id=box.pk, copy_id=copy_id, by=request.actor, at=clock.now())
    return Said("done", _("已从箱子拿出"))


def _send(request: Request, box: BookBox) -> Said:
    to_node = get_object_or_404(Node.objects.libraries(), code=request.POST.get("to", ""))
    due_on = _day(request.POST.get("due", ""))
    sent = boxing.send_box(
        box_id=box.pk, to_node=to_node, due_on=due_on, by=request.actor, at=clock.now()
    )
    return _on_its_way(sent, to_node)


def _on_its_way(sent: boxing.Sent, to_node: Node) -> Said:
    line = _("箱子出发 · 去 %(to)s") % {"to": to_node.short_label}
    travels = ngettext("%(n)d 本随箱，交接单 %(number)s。", "%(n)d 本随箱，交接单 %(number)s。",
                       sent.manifest.sent or 0)  # fmt: skip
    more = travels % {"n": sent.manifest.sent, "number": sent.manifest.number}
    if sent.left_behind:
        stays = ngettext("%(n)d 本没有跟去（借着，或不在这里）。",
                         "%(n)d 本没有跟去（借着，或不在这里）。",
                         len(sent.left_behind))  # fmt: skip
        more += stays % {"n": len(sent.left_behind)}
    return Said("in-transit", line, more)


def _carry_out(request: Request) -> Said:
    plan_id = number(request.POST.get("plan", "")) or 0
    sent = planning.carry_out(plan_id=plan_id, by=request.actor, at=clock.now())
    return _on_its_way(sent, sent.manifest.to_node)


def _plan(request: Request) -> Said:
    box = get_object_or_404(BookBox.objects.select_related("owner"),
                            pk=number(request.POST.get("box", "")) or 0)  # fmt: skip
    stages = []
    for _n, place, *ends in STAGES:
        node = Node.objects.libraries().filter(code=request.POST.get(place, "")).first()
        first, last = (_day(request.POST.get(end, "")) for end in ends)
        if node is None:
            continue
        if first is None or last is None:
            raise Refused("stage-undated", _("有一站没有写日期。"), _("请给每一站写上起止日期。"))
        stages.append((node, first, last))
    plan = planning.make_plan(
        box=box, name=request.POST.get("name", ""), stages=stages, by=request.actor, at=clock.now()
    )
    return Said("done", _("计划做好了"), plan.name)


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _stay(box: BookBox):
    return box.stays.filter(ended_at=None).select_related("node", "manifest").first()


def _held(box: BookBox) -> int:
    return box.contents.filter(removed_at=None).count()


def _places(box: BookBox, by: Actor) -> list[Node]:
    """Where whoever asks may send this box: the branch's own points first, home, or anywhere."""
    stay = _stay(box)
    at_node = stay.node_id if stay else box.owner_id
    nodes = Node.objects.libraries().serving().exclude(level=Node.Level.HUB).exclude(pk=at_node)
    own = [node for node in nodes if node.path.startswith(box.owner.path)]
    return own + [node for node in nodes if node not in own and by.may(MOVE_STOCK, node.path)]
