"""Manifests 交接单: what waits for the van, packing, handing over, receiving, printing."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yanzhen.doors.desk import saying
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.telling import number, tell
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.library.circulation import losing
from yanzhen.library.holdings.models import Transit
from yanzhen.library.patrons.card_face import barcode_svg
from yanzhen.library.rotation import access, handing_over, packing, queries, receiving
from yanzhen.library.rotation.models import Manifest
from yanzhen.network.models import Node
from yanzhen.people.roles import CIRCULATE, MOVE_STOCK


@staff(CIRCULATE)
def listing(request: Request, code: str) -> HttpResponse:
    """What waits here for a van, the manifests of this node, and what is in dispute."""
    node = desk_node(code, request.actor, CIRCULATE)
    if request.method == "POST":
        return _open(request, node)
    nodes = Node.objects.libraries().serving().exclude(pk=node.pk)
    return render(
        request,
        "desk/rotation/manifests.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "now": clock.now(),
            "directions": queries.directions_from(node),
            "manifests": queries.manifests_at(node)[:50],
            "disputes": queries.open_disputes_at(node),
            "nodes": nodes.filter(level__in=[Node.Level.HUB, Node.Level.BRANCH]),
        },
    )


def _open(request: Request, node: Node) -> HttpResponse:
    scanned = queries.manifest_numbered(request.POST.get("number", ""))
    if scanned:
        return redirect("desk:manifest", node.code, scanned)
    to_node = Node.objects.libraries().serving().filter(code=request.POST.get("to", "")).first()

    opened: list[int] = []

    def act() -> Said:
        if to_node is None:
            raise queries.manifest_unknown()
        at = clock.now()
        manifest = packing.open_manifest(from_node=node, to_node=to_node, by=request.actor, at=at)
        found = packing.gather(manifest_id=manifest.pk, by=request.actor, at=at)
        opened.append(manifest.pk)
        line = _("开了交接单 %(number)s，去 %(to)s")
        more = ngettext("等着送去的 %(n)d 本已列上。", "等着送去的 %(n)d 本已列上。", found)
        return Said(
            "done",
            line % {"number": manifest.number, "to": to_node.short_label},
            more % {"n": found},
        )

    back = tell(request, act, "desk:manifests", node.code)
    return redirect("desk:manifest", node.code, opened[0]) if opened else back


@staff(CIRCULATE)
def show(request: Request, code: str, manifest_id: int) -> HttpResponse:
    """One manifest: the sender packs and hands over, the receiver scans and closes."""
    node = desk_node(code, request.actor, CIRCULATE)
    manifest = _seen(request, manifest_id)
    at_start = node.pk == manifest.from_node_id
    return render(
        request,
        "desk/rotation/manifest.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "manifest": manifest,
            "lines": queries.lines_of(manifest),
            "totals": queries.totals(manifest),
            "surplus": manifest.surplus.select_related("copy__bib").order_by("-at"),
            "packing": at_start and not manifest.handed_over_at,
            "receiving": node.pk == manifest.to_node_id
            and bool(manifest.handed_over_at)
            and not manifest.closed_at,
            "moves": request.actor.may(MOVE_STOCK, manifest.from_node.path),
            "staffed": manifest.to_node.level in {Node.Level.HUB, Node.Level.BRANCH},
        },
    )


def _seen(request: Request, manifest_id: int) -> Manifest:
    manifests = Manifest.objects.select_related("from_node", "to_node", "document")
    manifest = get_object_or_404(manifests, pk=manifest_id)
    if not access.may_see(request.actor, manifest):
        raise Http404
    return manifest


@staff(CIRCULATE)
@require_POST
def step(request: Request, code: str, manifest_id: int) -> HttpResponse:
    """One step on a manifest, named by the button that was pressed."""
    node = desk_node(code, request.actor, CIRCULATE)
    wanted = STEPS.get(request.POST.get("step", ""))
    if wanted is None:
        raise Http404
    return tell(
        request, lambda: wanted(request, manifest_id), "desk:manifest", node.code, manifest_id
    )


def _pack(request: Request, manifest_id: int) -> Said:
    done = packing.pack(
        manifest_id=manifest_id,
        barcode=request.POST.get("barcode", ""),
        note=request.POST.get("note", ""),
        by=request.actor,
        at=clock.now(),
    )
    title = _("《%(title)s》") % {"title": done.line.copy.bib.title}
    more = _("从今往后排在那边，产权不变。") if done.moves_home else ""
    return Said("done", _("已装箱"), title + more)


def _unpack(request: Request, manifest_id: int) -> Said:
    line = get_object_or_404(
        Manifest.objects.get(pk=manifest_id).lines, pk=number(request.POST.get("line", "")) or 0
    )
    packing.unpack(line_id=line.pk, by=request.actor, at=clock.now())
    return Said("done", _("已从单上拿掉"), _("这本书还等着送去那边，下一车再装。"))


def _crate(request: Request, manifest_id: int) -> Said:
    crate = packing.add_crate(manifest_id=manifest_id, by=request.actor, at=clock.now())
    return Said("done", _("加了第 %(n)d 箱") % {"n": crate.position}, _("接着扫的书都记在这一箱。"))


def _gather(request: Request, manifest_id: int) -> Said:
    n = packing.gather(manifest_id=manifest_id, by=request.actor, at=clock.now())
    return Said("done", ngettext("列上了 %(n)d 本", "列上了 %(n)d 本", n) % {"n": n})


def _hand_over(request: Request, manifest_id: int) -> Said:
    manifest = handing_over.hand_over(
        manifest_id=manifest_id,
        counted=number(request.POST.get("counted", "")),
        by=request.actor,
        at=clock.now(),
    )
    line = ngettext("已交出 %(n)d 本", "已交出 %(n)d 本", manifest.sent or 0)
    return Said("done", line % {"n": manifest.sent}, _("请打印交接单，随箱子一起走。"))


def _receive(request: Request, manifest_id: int) -> Said:
    taken, surplus = receiving.receive(
        manifest_id=manifest_id,
        barcode=request.POST.get("barcode", ""),
        by=request.actor,
        at=clock.now(),
    )
    said = saying.taken(taken, request.POST.get("at", ""))
    if not surplus:
        return said
    return Said("attention", _("单上没有这本，已收下"), f"{said.line} {said.detail}")


def _receive_whole(request: Request, manifest_id: int) -> Said:
    n = receiving.receive_whole(manifest_id=manifest_id, by=request.actor, at=clock.now())
    return Said("done", ngettext("整箱签收 %(n)d 本", "整箱签收 %(n)d 本", n) % {"n": n})


def _close(request: Request, manifest_id: int) -> Said:
    manifest = receiving.close(
        manifest_id=manifest_id,
        confirmed=bool(request.POST.get("confirmed")),
        note=request.POST.get("note", ""),
        by=request.actor,
        at=clock.now(),
    )
    counts = {"sent": manifest.sent, "come": manifest.come, "disputed": manifest.disputed}
    return Said(
        "attention" if manifest.disputed else "done",
        _("已结单"),
        _("发出 %(sent)d，收到 %(come)d，差异 %(disputed)d。") % counts,
    )


STEPS = {
    "pack": _pack,
    "unpack": _unpack,
    "crate": _crate,
    "gather": _gather,
    "hand-over": _hand_over,
    "receive": _receive,
    "receive-whole": _receive_whole,
    "close": _close,
}


@staff(CIRCULATE)
def sheet(request: Request, code: str, manifest_id: int) -> HttpResponse:
    """The manifest on A4 and a label for each crate."""
    node = desk_node(code, request.actor, CIRCULATE)
    manifest = _seen(request, manifest_id)
    crates = [
        (crate, mark_safe(barcode_svg(crate.label)), crate.lines.count())  # noqa: S308 - ours
        for crate in manifest.crates.select_related("manifest")
    ]
    return render(
        request,
        "desk/rotation/sheet.html",
        {
            "node": node,
            "desk_areas": True,
            "manifest": manifest,
            "lines": queries.lines_of(manifest),
            "crates": crates,
            "bars": mark_safe(barcode_svg(manifest.number)),  # noqa: S308 - ours
        },
    )


@staff(MOVE_STOCK)
@require_POST
def lost(request: Request, code: str, transit_id: int) -> HttpResponse:
    """Give up a journey in dispute; the reason is asked for."""
    node = desk_node(code, request.actor, MOVE_STOCK)
    transit = get_object_or_404(Transit.objects.select_related("copy__bib"), pk=transit_id)

    def act() -> Said:
        note = request.POST.get("note", "")
        losing.give_up(transit, note=note, by=request.actor, at=clock.now())
        return Said("done", _("已报告遗失"), _("以后在哪里扫到它，都会自动找回来。"))

    return tell(request, act, "desk:manifests", node.code)
