"""Self-service machines: which there are, how each writes, what it did today."""

from collections.abc import Callable

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.machines.forms import MachineForm, NewMachineForm, manageable
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.sip2 import terminals
from yanzhen.doors.sip2.models import Terminal, TerminalDay
from yanzhen.doors.sip2.wire import Wire
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.roles import MANAGE_NETWORK

FRESH = {"charset": "utf-8", "counting": "bytes", "reach": "az", "screen_width": 80}


@staff(MANAGE_NETWORK)
def listing(request: Request, code: str) -> HttpResponse:
    node = desk_node(code, request.actor, MANAGE_NETWORK)
    machines = Terminal.objects.filter(node__in=manageable(request.actor))
    days = {day.terminal_id: day for day in TerminalDay.objects.filter(day=clock.today())}
    rows = [
        (machine, written(machine.wire), days.get(machine.pk))
        for machine in machines.select_related("node__site").order_by("node__path", "account")
    ]
    return _page(request, node, "listing", {"rows": rows}, _("自助机"))


@staff(MANAGE_NETWORK)
def new(request: Request, code: str) -> HttpResponse:
    """A machine gets its account; its password is shown this once."""
    node = desk_node(code, request.actor, MANAGE_NETWORK)
    form = NewMachineForm(request.POST or None, by=request.actor, initial={**FRESH, "node": code})
    if request.method == "POST" and form.is_valid():
        secret = terminals.new_secret()
        settings = dict(form.cleaned_data)
        account = settings.pop("account")
        try:
            made = terminals.add_terminal(
                account, secret, by=request.actor, at=clock.now(), **settings
            )
            return _given(request, node, made, secret)
        except Refused as refused:
            form.take(refused)
    return _page(request, node, "new", {"form": form}, _("新机器"))


@staff(MANAGE_NETWORK)
def machine(request: Request, code: str, terminal_id: int) -> HttpResponse:
    """One machine; a POST changes its settings."""
    node = desk_node(code, request.actor, MANAGE_NETWORK)
    found = _machine(request, terminal_id)
    current = {**model_to_dict(found), "node": found.node.code}
    form = MachineForm(request.POST or None, by=request.actor, initial=current)
    if request.method == "POST" and form.is_valid():
        try:
            terminals.change_terminal(
                found.pk, by=request.actor, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("改好了，几秒钟内生效，机器不用重连。"))
            return redirect("desk:machine", node.code, found.pk)
        except Refused as refused:
            form.take(refused)
    context = {
        "machine": found, "form": form, "wire": written(found.wire), "fits": _fits(found),
        "telling": found.learned.get("telling", 0), "frames": found.learned.get("frames", 0),
        "days": found.days.order_by("-day")[:7],
    }  # fmt: skip
    return _page(request, node, "machine", context, found.name)


@staff(MANAGE_NETWORK)
@require_POST
def password(request: Request, code: str, terminal_id: int) -> HttpResponse:
    """A new password, shown this once; connections with the old one end."""
    node = desk_node(code, request.actor, MANAGE_NETWORK)
    found = _machine(request, terminal_id)
    return _given(
        request, node, *terminals.give_password(found.pk, by=request.actor, at=clock.now())
    )


@staff(MANAGE_NETWORK)
@require_POST
def block(request: Request, code: str, terminal_id: int) -> HttpResponse:
    """Keep a machine out (`active` empty), or let it in again (`active` 1)."""
    active = request.POST.get("active") == "1"

    def act() -> None:
        terminals.set_active(terminal_id, active=active, by=request.actor, at=clock.now())

    said = _("又可以用了。") if active else _("停用了，它的连接几秒钟内断开。")
    return _do(request, code, terminal_id, act, said)


@staff(MANAGE_NETWORK)
@require_POST
def adopt(request: Request, code: str, terminal_id: int) -> HttpResponse:
    """Take a way of writing that was learned, and stop learning."""
    wire = Wire.read(request.POST.get("wire", ""))
    if wire is None:
        raise Http404

    def act() -> None:
        terminals.change_terminal(
            terminal_id, by=request.actor, at=clock.now(), learning=False,
            charset=wire.charset, counting=wire.checksum.value, reach=wire.trailer.value,
        )  # fmt: skip

    return _do(request, code, terminal_id, act, _("照这个写法办，不再学习。"))


def _do(
    request: Request, code: str, terminal_id: int, act: Callable[[], None], said: str
) -> HttpResponse:
    node = desk_node(code, request.actor, MANAGE_NETWORK)
    _machine(request, terminal_id)
    act()
    messages.success(request, said)
    return redirect("desk:machine", node.code, terminal_id)


def _machine(request: Request, terminal_id: int) -> Terminal:
    found = Terminal.objects.select_related("node__site").filter(pk=terminal_id).first()
    if found is None or not request.actor.may(MANAGE_NETWORK, found.node.path):
        raise Http404(_("没有这台机器。"))
    return found


def written(wire: Wire) -> str:
    """A way of writing in words: GB18030，按字节，算到 AZ."""
    words = [
        Terminal.Charset(wire.charset).label,
        Terminal.Counting(wire.checksum.value).label,
        Terminal.Reach(wire.trailer.value).label,
    ]
    return _("，").join(str(word) for word in words[: 2 if wire.checksum == "off" else 3])


def _fits(found: Terminal) -> list[tuple[str, str, int]]:
    """What was learned, the best first: as it is kept, in words, how many frames it fitted."""
    counts = sorted(found.learned.get("fits", {}).items(), key=lambda each: -each[1])
    known = ((told, Wire.read(told), times) for told, times in counts)
    return [(told, written(wire), times) for told, wire, times in known if wire]


def _given(request: Request, node: Node, made: Terminal, secret: str) -> HttpResponse:
    return _page(request, node, "password", {"machine": made, "password": secret}, _("密码"))


def _page(request: Request, node: Node, name: str, context: dict, word: str) -> HttpResponse:
    crumbs = [{"url": reverse("desk:areas", args=[node.code]), "word": _("馆务")}]
    if name != "listing":
        crumbs.append({"url": reverse("desk:machines", args=[node.code]), "word": _("自助机")})
    told = {"node": node, "desk_areas": True, "crumbs": [*crumbs, {"word": word}], **context}
    response = render(request, f"desk/machines/{name}.html", told)
    response["Cache-Control"] = "no-store"
    return response
