"""What the pages of sessions share: the session of this branch, and saying what came of a form."""

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import queries
from yanzhen.doors.desk import telling
from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.typed import forget, keep
from yanzhen.doors.desk.work import KEPT
from yanzhen.doors.gate import Request
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node

LONGEST_NUMBER = 4
A_YEAR = dt.timedelta(days=366)


def session_of(node: Node, session_id: int) -> Session:
    """A session on the sites of this branch or below. Raises Http404."""
    at = clock.now()
    rows = queries.sessions_at(node, at - A_YEAR, at + A_YEAR)
    session = rows.filter(pk=session_id).first()
    if session is None:
        raise Http404(_("这里没有这一场。"))
    return session


def number(text: str, usual: int = 0, longest: int = LONGEST_NUMBER) -> int:
    """A typed whole number; `usual` where nothing was typed. Raises Refused `number-unfit`."""
    if not text.strip():
        return usual
    found = telling.number(text, longest)
    if found is None:
        raise Refused(
            "number-unfit",
            _("“%(text)s”不是这里能用的数字。") % {"text": text.strip()[:12]},
            _("请用 0 到 9 写，最多 %(n)d 位，例如 12。") % {"n": longest},
            status=422,
        )
    return found


def said_after(request: Request, act: Callable[[], Said], back: str, *args) -> HttpResponse:
    """Do one thing and lead to the page, which says what came of it; 403 and 404 stay what they
    are. What was typed into a refused form is kept for the page."""
    forget(request)
    try:
        said = act()
    except Refused as refusal:
        if refusal.status in {403, 404}:
            raise
        said = refused(refusal)
        keep(request)
    request.session[KEPT] = said.as_dict()
    return redirect(back, *args)
