"""Terms and school holidays, as the education authority announced them."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.almanac import setting
from yanzhen.culture.almanac.models import SchoolPeriod
from yanzhen.doors.desk.almanac.forms import PeriodForm
from yanzhen.doors.desk.almanac.pages import change, open_desk, page
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import MANAGE_NETWORK


@staff(MANAGE_NETWORK)
def new(request: Request, code: str, year: int) -> HttpResponse:
    return _form(request, code, year, None)


@staff(MANAGE_NETWORK)
def edit(request: Request, code: str, year: int, period_id: int) -> HttpResponse:
    period = SchoolPeriod.objects.filter(pk=period_id).first()
    if period is None:
        raise Http404
    return _form(request, code, year, period)


@staff(MANAGE_NETWORK)
@require_POST
def remove(request: Request, code: str, year: int, period_id: int) -> HttpResponse:
    node = open_desk(request, code, year)

    def act() -> str:
        setting.remove_school_period(period_id, by=request.actor, at=clock.now())
        return _("删去了。")

    return change(request, node, year, act)


def _form(request: Request, code: str, year: int, period: SchoolPeriod | None) -> HttpResponse:
    node = open_desk(request, code, year)
    form = PeriodForm(request.POST or None, initial=model_to_dict(period) if period else None)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "period_id": period.pk if period else None}
        try:
            setting.set_school_period(**told, by=request.actor, at=clock.now())
            messages.success(request, _("记下了。"))
            return redirect("desk:almanac-year", node.code, form.cleaned_data["first_day"].year)
        except Refused as refused:
            form.take(refused)
    title = _("改学期或假期") if period else _("新的学期或假期")
    return page(
        request, node, year, "period", {"form": form, "period": period, "title": title}, title
    )
