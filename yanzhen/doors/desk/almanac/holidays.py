"""The yearly notice of days off: entered span by span, taken back the same way."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.almanac import years
from yanzhen.doors.desk.almanac.forms import HolidayForm, SpanForm
from yanzhen.doors.desk.almanac.pages import change, open_desk
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.holidays import clear_holidays, set_holidays
from yanzhen.people.roles import MANAGE_NETWORK


@staff(MANAGE_NETWORK)
@require_POST
def enter(request: Request, code: str, year: int) -> HttpResponse:
    node, form = open_desk(request, code, year), HolidayForm(request.POST)
    if form.is_valid():
        try:
            days = set_holidays(**form.cleaned_data, by=request.actor, at=clock.now())
            messages.success(request, _("记下了 %(days)d 天。") % {"days": days})
            return redirect("desk:almanac-year", node.code, form.cleaned_data["first_day"].year)
        except Refused as refused:
            form.take(refused)
    return years.show(request, code, year, form)


@staff(MANAGE_NETWORK)
@require_POST
def clear(request: Request, code: str, year: int) -> HttpResponse:
    node, form = open_desk(request, code, year), SpanForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise Refused("days-unreadable", _("看不懂是哪几天。"), _("请重新打开这一页再点。"))
        gone = clear_holidays(**form.cleaned_data, by=request.actor, at=clock.now())
        return _("删去了 %(days)d 天。") % {"days": gone}

    return change(request, node, year, act)
