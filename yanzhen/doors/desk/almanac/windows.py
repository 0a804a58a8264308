"""How wide the window around a festival is: the county's own width, or the custom."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.almanac import setting
from yanzhen.culture.almanac.models import Festival
from yanzhen.doors.desk.almanac.forms import WidthForm
from yanzhen.doors.desk.almanac.pages import change, open_desk
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import MANAGE_NETWORK


@staff(MANAGE_NETWORK)
@require_POST
def width(request: Request, code: str, year: int, festival: str) -> HttpResponse:
    if festival not in Festival.values:
        raise Http404
    node, which = open_desk(request, code, year), Festival(festival)

    def act() -> str:
        if "custom" in request.POST:
            setting.follow_custom(which, by=request.actor, at=clock.now())
            return _("%(festival)s的窗口照习俗算。") % {"festival": which.label}
        form = WidthForm(request.POST)
        if not form.is_valid():
            raise Refused(
                "festival-window-too-wide",
                _("节日前后各填 0 到 60 天。"),
                _("请改好再保存；要照习俗算，请点“照习俗”。"),
            )
        setting.set_festival_window(which, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("%(festival)s的窗口改好了。") % {"festival": which.label}

    return change(request, node, year, act)
