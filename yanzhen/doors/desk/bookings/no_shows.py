"""没有来: what people say for themselves, what is not counted, and the county's rule."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.culture.booking import absences, standing
from yanzhen.doors import booking_words as words
from yanzhen.doors.desk.bookings.doing import number, said_after
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.people.access import may_at_hub
from yanzhen.people.roles import CHECK_IN, SET_RULES


@staff(CHECK_IN)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """Appeals on top, then session by session who did not come; reading it is written down."""
    node = desk_node(code, request.actor, CHECK_IN)
    marks = absences.marks_at(node, by=request.actor, at=clock.now())
    sessions: dict[int, list] = {}
    for mark in marks:
        sessions.setdefault(mark.booking.session_id, []).append(mark)
    context = {
        "node": node,
        "desk_sessions": True,
        "said": kept_banner(request),
        "appeals": [mark for mark in marks if mark.state == mark.State.APPEALED],
        "sessions": [
            (rows[0].booking.session, words.when(rows[0].booking.session), rows)
            for rows in sessions.values()
        ],
        "rule": standing.rule_in_force(),
        "sets_rules": may_at_hub(request.actor, SET_RULES),
    }
    return render(request, "desk/bookings/no_shows.html", context)


@staff(CHECK_IN)
@require_POST
def excuse(request: Request, code: str, no_show_id: int) -> HttpResponse:
    return _decide(request, code, no_show_id, standing.excuse, _("不计了"))


@staff(CHECK_IN)
@require_POST
def uphold(request: Request, code: str, no_show_id: int) -> HttpResponse:
    return _decide(request, code, no_show_id, standing.uphold, _("答复了 · 照旧记着"))


def _decide(
    request: Request, code: str, no_show_id: int, decide: Callable, said: str
) -> HttpResponse:
    node = desk_node(code, request.actor, CHECK_IN)

    def act() -> Said:
        mark = decide(
            no_show_id=no_show_id, reason=request.POST.get("reason", ""), by=request.actor,
            at=clock.now(),
        )  # fmt: skip
        return Said("done", said, mark.booking.who)

    return said_after(request, act, "desk:no-shows", node.code)


@staff(CHECK_IN)
@require_POST
def amnesty(request: Request, code: str, session_id: int) -> HttpResponse:
    """A storm, a bus that did not come: nobody is blamed for this session."""
    node = desk_node(code, request.actor, CHECK_IN)

    def act() -> Said:
        done = standing.amnesty(
            session_id=session_id, reason=request.POST.get("reason", ""), by=request.actor,
            at=clock.now(),
        )  # fmt: skip
        return Said("done", _("这一场都不计了 · %(n)d 条") % {"n": done})

    return said_after(request, act, "desk:no-shows", node.code)


@staff(SET_RULES)
@require_POST
def set_rule(request: Request, code: str) -> HttpResponse:
    node = desk_node(code, request.actor, CHECK_IN)
    told = request.POST

    def act() -> Said:
        standing.set_rule(
            strikes=number(told.get("strikes", "")), window_days=number(told.get("window", "")),
            pause_days=number(told.get("pause", ""), -1), by=request.actor, at=clock.now(),
        )  # fmt: skip
        return Said("done", _("规则改好了"), _("从现在起按新的算。"))

    return said_after(request, act, "desk:no-shows", node.code)
