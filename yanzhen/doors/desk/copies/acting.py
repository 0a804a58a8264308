"""What can be done to one copy from its page; each step is one use-case."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from yanzhen.doors.desk import saying
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.telling import tell
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.library.circulation import losing
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings import aliasing, disputing, flagging, transferring
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.holdings.queries import hub_of
from yanzhen.network.models import Node
from yanzhen.people.roles import SEE_STOCK


class Step(NamedTuple):
    """One form of the page: its name, its word, and whether a sentence is wanted with it."""

    name: str
    word: Promise
    wants_note: bool
    about: Promise | str = ""


DAMAGED = Step("damaged", _lazy("标为破损"), True, _lazy("还能借，先记下破在哪里。"))
MENDED = Step("mended", _lazy("修好了"), False, _lazy("送修的书修好了，就排进送回去的那一车。"))
REPAIR = Step("repair", _lazy("送去修补"), False, _lazy("送到总馆修；修好以前借不出去。"))
MISSING = Step("missing", _lazy("架上没有"), True, _lazy("读者暂时看不到它在架，账上不变。"))
SEEN = Step("seen", _lazy("找到了"), False)
LOST = Step("lost", _lazy("报告遗失"), True, _lazy("从账上去掉；以后在哪里扫到，都会自动找回来。"))
DISPUTE = Step("dispute", _lazy("记为差异"), False, _lazy("发了没收到：先记下，两头一起找。"))
HERE = Step("here", _lazy("书在这里"), False, _lazy("和在借还页扫一次一样：签收，差异查清。"))


def offered(copy: Copy, journey: Transit | None) -> list[Step]:
    """What makes sense for the copy as it stands."""
    if copy.state == Copy.State.WITHDRAWN:
        return []
    if copy.state == Copy.State.LOST:
        return [HERE]
    steps = [MENDED if copy.damaged else DAMAGED]
    if copy.state == Copy.State.AVAILABLE:
        steps.append(SEEN if copy.missing else MISSING)
        if hub_of(copy.current_node) != copy.current_node:
            steps.append(REPAIR)
    if journey:
        steps += [HERE] if copy.in_dispute else [HERE, DISPUTE]
    return [*steps, LOST]


@staff(SEE_STOCK)
@require_POST
def change(request: Request, code: str, copy_id: int) -> HttpResponse:
    """Do the step the pressed button names."""
    node = desk_node(code, request.actor, SEE_STOCK)
    act = STEPS.get(request.POST.get("step", ""))
    copy = Copy.objects.select_related("bib").filter(pk=copy_id).first()
    if act is None or copy is None:
        raise Http404
    return tell(request, lambda: act(request, node, copy), "desk:copy", node.code, copy_id)


def _flagging(use_case: Callable, line: Promise, more: Promise | str = "") -> Callable:
    def act(request: Request, node: Node, copy: Copy) -> Said:
        note = _posted(request, "note")
        use_case(copy_id=copy.pk, note=note, by=request.actor, at=clock.now())
        return Said("done", str(line), str(more))

    return act


def _dispute(request: Request, node: Node, copy: Copy) -> Said:
    disputing.dispute(copy_id=copy.pk, by=request.actor, at=clock.now())
    return Said("attention", _("已记为差异"), _("在任何一个馆扫到它，就自动查清。"))


def _here(request: Request, node: Node, copy: Copy) -> Said:
    taken = take_back(barcode=copy.barcode, node=node, by=request.actor, at=clock.now())
    return saying.taken(taken, node.code)


def _transfer(request: Request, node: Node, copy: Copy) -> Said:
    owner = _node(_posted(request, "to"))
    transferring.transfer(
        copy_id=copy.pk, to_node=owner, document=_posted(request, "document"),
        by=request.actor, at=clock.now(),
    )  # fmt: skip
    said = _("《%(title)s》从今往后是%(node)s的财产；排在哪里不变。")
    return Said("done", _("已过户"), said % {"title": copy.bib.title, "node": owner.label})


def _alias(request: Request, node: Node, copy: Copy) -> Said:
    branch = _node(_posted(request, "branch") or node.code)
    alias = aliasing.add_alias(
        copy_id=copy.pk, node=branch, barcode=_posted(request, "barcode"), by=request.actor,
        at=clock.now(),
    )  # fmt: skip
    said = _("在%(node)s扫 %(barcode)s，就是这册书。")
    return Said("done", _("旧条码记下了"), said % {"node": branch.label, "barcode": alias.barcode})


def _node(code: str) -> Node:
    node = Node.objects.libraries().filter(code=code).first()
    if node is None:
        raise Http404
    return node


def _posted(request: Request, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")


STEPS: dict[str, Callable[[Request, Node, Copy], Said]] = {
    "damaged": _flagging(flagging.mark_damaged, _lazy("已标为破损")),
    "mended": _flagging(flagging.mend, _lazy("修好了")),
    "repair": _flagging(
        flagging.send_to_repair, _lazy("准备送修"), _lazy("请放进去往总馆的箱子。")
    ),
    "missing": _flagging(flagging.mark_missing, _lazy("已标为“架上没有”")),
    "seen": _flagging(flagging.mark_seen, _lazy("找到了"), _lazy("读者又看得到它在架了。")),
    "lost": _flagging(
        losing.declare_lost, _lazy("已报告遗失"), _lazy("以后在哪里扫到它，都会自动找回来。")
    ),
    "dispute": _dispute,
    "here": _here,
    "transfer": _transfer,
    "alias": _alias,
}
