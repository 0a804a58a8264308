"""One step on a run, named by the button that was pressed; and signing off from paper."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yanzhen.culture.tours import assigning, planning, queries, signing_off
from yanzhen.culture.tours.models import SignOff, TourRun
from yanzhen.doors.desk.telling import number
from yanzhen.doors.desk.tours.pages import change, open_desk, page, sees_all
from yanzhen.doors.desk.tours.runs import seen_run
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.photos import photo_answer
from yanzhen.doors.sign_off_form import SignOffForm
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import PLAN_ACTIVITIES

Step = Callable[[Request, TourRun], str]


@staff(PLAN_ACTIVITIES)
@require_POST
def step(request: Request, code: str, run_id: int) -> HttpResponse:
    node = open_desk(request, code)
    run = seen_run(request, node, run_id)
    wanted = STEPS.get(request.POST.get("step", ""))
    if wanted is None:
        raise Http404
    return change(request, lambda: wanted(request, run), "desk:tour", node.code, run.pk)


@staff(PLAN_ACTIVITIES)
def sign_off(request: Request, code: str, run_id: int, stop_id: int) -> HttpResponse:
    """What the place wrote on the paper; again, when something has to be put right."""
    node = open_desk(request, code)
    run = seen_run(request, node, run_id)
    stop = queries.route_of(run).filter(pk=stop_id).first()
    if stop is None:
        raise Http404
    signed = getattr(stop, "sign_off", None)
    form = SignOffForm.about(signed, stop.order.contact)
    if request.method == "POST":
        form = SignOffForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                done = signing_off.sign_off(
                    stop.order_id, form.came(), channel=SignOff.Channel.PAPER, by=request.actor,
                    at=clock.now(),
                )  # fmt: skip
            except Refused as refused:
                form.take(refused)
            else:
                counted = _("签收录好了，算进流动服务。")
                owed = _("签收录好了；要有人数、有照片才算进流动服务。")
                messages.success(request, counted if done.photo and done.heads else owed)
                return redirect("desk:tour", node.code, run.pk)
    back = (reverse("desk:tour", args=[node.code, run.pk]), run.name)
    context = {"form": form, "stop": stop, "signed": signed}
    return page(request, node, "sign_off", context, back=back, status=422 if form.is_bound else 200)


@staff(PLAN_ACTIVITIES)
def photo(request: Request, code: str, sign_off_id: int) -> HttpResponse:
    node = open_desk(request, code)
    signed = queries.sign_off_with_photo(sign_off_id)
    own = signed is not None and signed.stop.run.node.site_id == node.site_id
    if signed is None or not (own or sees_all(request, node)):
        raise Http404
    return photo_answer(signed.photo)


def _told(request: Request) -> dict:
    return {"by": request.actor, "at": clock.now()}


def _id(request: Request, name: str) -> int:
    """The id that was sent; 0, which nothing has, for nonsense."""
    return number(request.POST.get(name, ""), longest=18) or 0


def _assign(request: Request, run: TourRun) -> str:
    try:
        day = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        day = run.first_day
    stop = assigning.assign(run.pk, _id(request, "order"), day=day, **_told(request))
    return _("排上了，第 %(n)d 站。") % {"n": stop.position}


def _up(request: Request, run: TourRun) -> str:
    return _moved(request, up=True)


def _down(request: Request, run: TourRun) -> str:
    return _moved(request, up=False)


def _moved(request: Request, *, up: bool) -> str:
    assigning.move_stop(_id(request, "stop"), up=up, **_told(request))
    return _("路线改了，时间重新算过。")


def _road(request: Request, run: TourRun) -> str:
    minutes = number(request.POST.get("minutes", ""), longest=4)
    assigning.change_road(
        _id(request, "stop"), -1 if minutes is None else minutes, **_told(request)
    )
    return _("路上的时间改了。")


def _take_off(request: Request, run: TourRun) -> str:
    order = assigning.cancel_stop(
        _id(request, "stop"), reason=request.POST.get("reason", ""), **_told(request)
    )
    said = _("撤下了，这一单回到“等安排”。请打电话告诉 %(name)s：%(phone)s")
    return said % {"name": order.contact, "phone": order.phone}


def _take(request: Request, run: TourRun) -> str:
    units = number(request.POST.get("units", ""), longest=3) or 1
    planning.take_along(run.pk, _id(request, "resource"), units, **_told(request))
    return _("带上了。")


def _leave(request: Request, run: TourRun) -> str:
    planning.leave_behind(run.pk, _id(request, "need"), **_told(request))
    return _("不带了，已经放开。")


def _call_off(request: Request, run: TourRun) -> str:
    orders = planning.cancel_run(run.pk, reason=request.POST.get("reason", ""), **_told(request))
    said = ngettext(
        "这一趟取消了，%(n)d 单回到“等安排”，请一家一家打电话。",
        "这一趟取消了，%(n)d 单回到“等安排”，请一家一家打电话。",
        len(orders),
    )
    return said % {"n": len(orders)}


def _end(request: Request, run: TourRun) -> str:
    planning.end_run(run.pk, **_told(request))
    return _("辛苦了。还没签收的，拿到纸单再补录。")


STEPS: dict[str, Step] = {
    "assign": _assign, "up": _up, "down": _down, "road": _road, "take-off": _take_off,
    "take": _take, "leave": _leave, "call-off": _call_off, "end": _end,
}  # fmt: skip
