"""What the views of purchasing share: whose desk it is, what was typed, what came of it."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.typed import keep
from yanzhen.doors.gate import Request
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.acquisitions import rules
from yanzhen.library.acquisitions.access import require_purchasing
from yanzhen.library.acquisitions.amounts import fen_of
from yanzhen.network.models import Node
from yanzhen.people.roles import PURCHASE

LONGEST_NUMBER = 9


def buyers_desk(request: Request, code: str) -> Node:
    """The desk of headquarters. Raises Http404 or Refused."""
    node = desk_node(code, request.actor, PURCHASE)
    require_purchasing(request.actor)
    return node


def done(
    request: Request, act: Callable[[], Any], said: str, then: str, *arguments: Any
) -> HttpResponse:
    """Do it, say what came of it, and go on to a page; what was typed is kept for a refusal."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.in_full)
        keep(request)
    else:
        messages.success(request, said)
    return redirect(then, *arguments)


def whole(text: str | None) -> int:
    """A count as typed, 0 for an empty box. Raises Refused."""
    plain = (text or "").strip()
    if plain.isdecimal() and len(plain) <= LONGEST_NUMBER:
        return int(plain)
    if plain:
        raise Refused("number-unreadable", _("册数要写数字。"), _("请改一下。"), status=422)
    return 0


def sum_of(text: str | None) -> int:
    """分 as typed in yuan. Raises Refused."""
    fen = fen_of(text or "")
    refuse_first(rules.a_sum_is_money(fen, text or ""))
    return fen or 0


def discount_of(text: str | None) -> int:
    """75 or 75.5 as typed, in ten-thousandths. Raises Refused."""
    part = fen_of(text or "")
    refuse_first(rules.a_discount_is_a_part(part or 0))
    return part or 0


def counted(posted: Mapping[str, Any], prefix: str) -> dict[int, int]:
    """The counts of boxes named `prefix`-id, by id. Raises Refused."""
    ids = {
        name: name.removeprefix(prefix)
        for name in posted
        if name.startswith(prefix) and name.removeprefix(prefix).isdecimal()
    }
    return {int(pk[:18]): whole(posted.get(name)) for name, pk in ids.items()}


def day_of(text: str | None) -> dt.date | None:
    """A day as typed, None for an empty box. Raises Refused."""
    try:
        day = parse_date(text.strip()) if text else None
    except ValueError:
        day = None
    if text and day is None:
        raise Refused(
            "day-unreadable",
            _("没有这一天。"),
            _("请按 年-月-日 填，例如 2026-03-12。"),
            status=422,
        )
    return day
