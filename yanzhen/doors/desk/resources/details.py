"""What is written down about one facility or teacher, form by form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.resources import describing
from yanzhen.culture.resources.models import Facility, FacilityPhoto, Resource, Teacher
from yanzhen.doors.desk.resources.fields import ResourceForm
from yanzhen.doors.desk.resources.forms import AccessForm, CheckForm, HoursForm, PhotoForm
from yanzhen.doors.desk.resources.pages import managed, open_desk
from yanzhen.doors.desk.resources.register import show
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import MANAGE_RESOURCES


@staff(MANAGE_RESOURCES)
@require_POST
def hours(request: Request, code: str, resource_id: int) -> HttpResponse:
    def act(form: Any, told: dict) -> None:
        try:
            week = form.week()
        except ValueError:
            raise Refused("hours-unfit", _("有一个时间不存在。"), _("请按 24 小时制填。")) from None
        describing.set_facility_hours(resource_id, week, **told)

    form = HoursForm(request.POST)
    return _kept(request, code, resource_id, Facility, "hours_form", form, act)


@staff(MANAGE_RESOURCES)
@require_POST
def access(request: Request, code: str, resource_id: int) -> HttpResponse:
    def act(form: Any, told: dict) -> None:
        describing.set_facility_access(resource_id, form.facts(), **told)

    form = AccessForm(request.POST)
    return _kept(request, code, resource_id, Facility, "access_form", form, act)


@staff(MANAGE_RESOURCES)
@require_POST
def photo(request: Request, code: str, resource_id: int) -> HttpResponse:
    def act(form: Any, told: dict) -> None:
        file = form.cleaned_data["photo"]
        content = file.read(describing.LARGEST + 1)
        describing.add_photo(resource_id, content, form.cleaned_data["caption"], **told)

    form = PhotoForm(request.POST, request.FILES)
    return _kept(request, code, resource_id, Facility, "photo_form", form, act)


@staff(MANAGE_RESOURCES)
@require_POST
def check(request: Request, code: str, resource_id: int) -> HttpResponse:
    def act(form: Any, told: dict) -> None:
        describing.enter_check(resource_id, **form.cleaned_data, **told)

    form = CheckForm(request.POST)
    return _kept(request, code, resource_id, Teacher, "check_form", form, act)


@staff(MANAGE_RESOURCES)
@require_POST
def remove_photo(request: Request, code: str, photo_id: int) -> HttpResponse:
    node = open_desk(request, code)
    found = FacilityPhoto.objects.filter(pk=photo_id).first()
    if found is None:
        raise Http404
    managed(request, found.facility_id)
    describing.remove_photo(photo_id, by=request.actor, at=clock.now())
    messages.success(request, _("照片拿掉了。"))
    return redirect("desk:resource", node.code, found.facility_id)


def _kept(
    request: Request,
    code: str,
    resource_id: int,
    model: type[Resource],
    name: str,
    form: ResourceForm,
    act: Callable[[Any, dict], None],
) -> HttpResponse:
    """Write it down and go back to the page; what is refused is shown in its form there."""
    node = open_desk(request, code)
    managed(request, resource_id)
    row = model.objects.select_related("site").filter(pk=resource_id).first()
    if row is None:
        raise Http404
    if form.is_valid():
        try:
            act(form, {"by": request.actor, "at": clock.now()})
            messages.success(request, _("记下了。"))
            return redirect("desk:resource", node.code, resource_id)
        except Refused as refused:
            form.take(refused)
    return show(request, node, row, **{name: form})
