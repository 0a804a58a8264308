"""要告诉的人: who has not heard yet, with the number to ring and the sentence to say."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yanzhen.culture.telling import hearing, queries
from yanzhen.culture.telling.models import Notice
from yanzhen.doors import telling_words
from yanzhen.doors.desk.bookings.doing import said_after
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.people.roles import BOOK_FOR_OTHERS


@staff(BOOK_FOR_OTHERS)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """Whose session begins first stands first; reading the numbers is written down."""
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)
    at = clock.now()
    context = {
        "node": node,
        "desk_bookings": True,
        "said": kept_banner(request),
        "groups": _grouped(queries.call_list(node, by=request.actor, at=at), node.label),
        "unheard": queries.unheard_at(node, at).count(),
        "ways": Notice.Way.choices,
    }
    return render(request, "desk/bookings/notices.html", context)


def _grouped(calls: list[queries.Call], here: str) -> list[tuple[str, str, list[queries.Call]]]:
    """Title, sentence and whom to say it to: of a full hall everybody hears the same."""
    said: dict[tuple[int, str], list[queries.Call]] = {}
    for call in calls:
        key = (call.notice.session_id, telling_words.sentence(call, here))
        said.setdefault(key, []).append(call)
    return [
        (telling_words.title(rows[0].notice), sentence, rows)
        for (_session, sentence), rows in said.items()
    ]


@staff(BOOK_FOR_OTHERS)
@require_POST
def told(request: Request, code: str, notice_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)

    def act() -> Said:
        hearing.tell(
            notice_id=notice_id, how=request.POST.get("how", ""), by=request.actor, at=clock.now()
        )
        undo = reverse("desk:notice-untold", args=[node.code, notice_id])
        return Said("done", _("记下了 · 说过了"), undo_url=undo)

    return said_after(request, act, "desk:notices", node.code)


@staff(BOOK_FOR_OTHERS)
@require_POST
def untold(request: Request, code: str, notice_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)

    def act() -> Said:
        hearing.untell(notice_id=notice_id, by=request.actor, at=clock.now())
        return Said("note", _("撤销了 · 还没有说"))

    return said_after(request, act, "desk:notices", node.code)


@staff(BOOK_FOR_OTHERS)
@require_POST
def missed(request: Request, code: str, notice_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)

    def act() -> Said:
        notice = hearing.miss(notice_id=notice_id, by=request.actor, at=clock.now())
        times = ngettext("打了 %(n)d 次", "打了 %(n)d 次", notice.tries) % {"n": notice.tries}
        return Said("note", _("没打通 · %(times)s") % {"times": times}, _("过一会儿再打。"))

    return said_after(request, act, "desk:notices", node.code)
