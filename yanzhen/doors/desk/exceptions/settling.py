"""Settling one entry: what the chosen way does, and the sentence that stays."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.doors.desk.exceptions.choices import DISPUTE, RETURNS, Choice
from yanzhen.doors.gate import Request
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import losing
from yanzhen.library.circulation import settling as returns
from yanzhen.library.circulation.models import ReturnException
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings import aliasing, flagging
from yanzhen.library.holdings.models import Dispute
from yanzhen.library.holdings.queries import copy_scanned
from yanzhen.library.withdrawal import deciding
from yanzhen.library.withdrawal.models import WithdrawalLine
from yanzhen.network.models import Node

Effect = Callable[[ReturnException, str, Request], object]


def settle(source: str, entry_id: int, request: Request, node: Node) -> None:
    """Do what was chosen and close the entry, both or neither. Raises Refused."""
    name, text = request.POST.get("action", ""), request.POST.get("note", "").replace("\x00", "")
    with transaction.atomic():
        {"return": _return, "dispute": _dispute}.get(source, _nothing)(
            entry_id, name, text.strip(), request, node
        )


def _return(entry_id: int, name: str, text: str, request: Request, node: Node) -> None:
    row = ReturnException.objects.select_related("copy", "node").filter(pk=entry_id).first()
    if row is None:
        raise _unknown()
    choice = _chosen(RETURNS[row.kind], name, text)
    # Closed first: two people at the same line must not both do what it takes.
    returns.settle(
        exception_id=row.pk, outcome=_outcome(choice, text), by=request.actor, at=clock.now()
    )
    if effect := EFFECTS.get(choice.name):
        effect(row, text, request)


def _dispute(entry_id: int, name: str, text: str, request: Request, node: Node) -> None:
    row = Dispute.objects.select_related("copy", "transit").filter(pk=entry_id).first()
    if row is None:
        raise _unknown()
    if _chosen(DISPUTE, name, text).name == "lost":
        losing.give_up(row.transit, note=text, by=request.actor, at=clock.now())
    else:
        take_back(barcode=row.copy.barcode, node=node, by=request.actor, at=clock.now())


def _nothing(*_anything: object) -> None:
    raise _unknown()


def _chosen(choices: tuple[Choice, ...], name: str, text: str) -> Choice:
    """The choice with this name; a plain sentence alone is one too. Raises Refused."""
    fallback = "other" if text else ""
    choice = next((each for each in choices if each.name == (name or fallback)), None)
    if choice is None:
        raise Refused(
            "action-missing", _("请选一种处理办法。"), _("选“其他”，就写一句怎么处理的。")
        )
    if choice.wants and not text:
        raise Refused(
            "outcome-missing",
            _("请写一句：%(what)s。") % {"what": choice.wants},
            _("写在处理办法旁边的格子里，再按回车。"),
        )
    return choice


def _outcome(choice: Choice, text: str) -> str:
    """The sentence that stays with the settled entry."""
    if choice.name == "other":
        return text
    if not text:
        return str(choice.word)
    return _("%(word)s：%(text)s") % {"word": choice.word, "text": text}


def _old_barcode(row: ReturnException, text: str, request: Request) -> None:
    copy = copy_scanned(text, row.node)
    if copy is None:
        raise Refused(
            "copy-unknown",
            _("没有找到条码 %(barcode)s。") % {"barcode": text[:40]},
            _("请扫这册书现在贴的条码；还没有的，选“交总馆编目”。"),
        )
    aliasing.add_alias(
        copy_id=copy.pk, node=row.node, barcode=row.barcode, by=request.actor, at=clock.now()
    )


def _damaged(row: ReturnException, text: str, request: Request) -> None:
    assert row.copy is not None  # what was lost is a copy
    flagging.mark_damaged(copy_id=row.copy.pk, note=text, by=request.actor, at=clock.now())


def _restored(row: ReturnException, text: str, request: Request) -> None:
    line = WithdrawalLine.objects.in_force().filter(copy=row.copy).first()
    deciding.undo(line_id=line.pk if line else 0, note=text, by=request.actor, at=clock.now())


def _taken_back(row: ReturnException, text: str, request: Request) -> None:
    take_back(barcode=row.barcode, node=row.node, by=request.actor, at=clock.now())


EFFECTS: dict[str, Effect] = {
    "old_barcode": _old_barcode, "damaged": _damaged, "restored": _restored,
    "taken_back": _taken_back,
}  # fmt: skip


def _unknown() -> Refused:
    return Refused("exception-unknown", _("没有找到这一条。"), _("请刷新页面再看看。"), status=404)
