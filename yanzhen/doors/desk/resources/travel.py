"""How long the road takes between two towns."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yanzhen.culture.resources.access import headquarters
from yanzhen.culture.resources.models import TravelTime
from yanzhen.culture.resources.travel import UNKNOWN_MINUTES, set_travel_time
from yanzhen.doors.desk.resources.forms import TravelForm
from yanzhen.doors.desk.resources.pages import open_desk, page
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import MANAGE_RESOURCES


@staff(MANAGE_RESOURCES)
def times(request: Request, code: str) -> HttpResponse:
    """The known times; at headquarters one is laid down with a POST."""
    node = open_desk(request, code)
    form = TravelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_travel_time(**form.cleaned_data, by=request.actor, at=clock.now())
            messages.success(request, _("记下了，以后排老师就按这个时间算。"))
            return redirect("desk:travel-times", node.code)
        except Refused as refused:
            if refused.status == 403:
                raise
            form.take(refused)
    rows = TravelTime.objects.select_related("one", "other").order_by("one__code", "other__code")
    context = {
        "rows": rows, "form": form, "unknown": UNKNOWN_MINUTES,
        "may_set": headquarters(request.actor),
    }  # fmt: skip
    return page(request, node, "travel", context, _("路上时间"))
