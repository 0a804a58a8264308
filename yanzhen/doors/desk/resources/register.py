"""The register at a desk: the list, and one resource with all that is known of it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from yanzhen.culture.resources import entering, queries
from yanzhen.culture.resources.access import managed_sites
from yanzhen.culture.resources.models import Equipment, Facility, Resource, Teacher, Vehicle
from yanzhen.doors.desk.resources import forms
from yanzhen.doors.desk.resources.described import described
from yanzhen.doors.desk.resources.pages import managed, open_desk, page
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Division
from yanzhen.people.roles import MANAGE_RESOURCES

A_PAGE = 40
Sort = Resource.Sort


class Kept(NamedTuple):
    """How a sort of resource is kept: its table, its forms, the use-cases that write it."""

    model: type[Resource]
    form: type[forms.RegisterForm]
    new_form: type[forms.RegisterForm]
    enter: Any
    change: Any
    word: str | Promise


KEPT: dict[str, Kept] = {
    Sort.FACILITY: Kept(
        Facility, forms.FacilityForm, forms.FacilityForm, entering.enter_facility,
        entering.change_facility, _lazy("新场地"),
    ),
    Sort.TEACHER: Kept(
        Teacher, forms.TeacherForm, forms.NewTeacherForm, entering.enter_teacher,
        entering.change_teacher, _lazy("新老师"),
    ),
    Sort.EQUIPMENT: Kept(
        Equipment, forms.EquipmentForm, forms.EquipmentForm, entering.enter_equipment,
        entering.change_equipment, _lazy("新器材"),
    ),
    Sort.VEHICLE: Kept(
        Vehicle, forms.VehicleForm, forms.VehicleForm, entering.enter_vehicle,
        entering.change_vehicle, _lazy("新车辆"),
    ),
    Sort.TROUPE: Kept(
        Resource, forms.TroupeForm, forms.TroupeForm, entering.enter_troupe,
        entering.change_troupe, _lazy("新团队"),
    ),
}  # fmt: skip


@staff(MANAGE_RESOURCES)
def listing(request: Request, code: str) -> HttpResponse:
    """What one looks after and the teachers of all; `sort`, `kind`, `town` and `q` narrow it."""
    node = open_desk(request, code)
    sort = request.GET.get("sort", Sort.FACILITY)
    if sort not in Sort.values:
        sort = Sort.FACILITY
    sites = managed_sites(request.actor)
    rows = _found(request, sort, sites)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_by_sort(sites)
    today = clock.today()
    context: dict[str, Any] = {
        "rows": shown,
        "sort": sort,
        "tabs": [
            {"word": f"{each.label} {counts[each.value]}" if counts.get(each.value) else each.label,
             "url": f"?sort={each.value}", "current": each.value == sort}
            for each in Sort
        ],
        "new_word": KEPT[sort].word,
        "kinds": Facility.Kind.choices if sort == Sort.FACILITY else (),
        "towns": Division.objects.towns(),
        "wanted": request.GET,
        "today": today,
    }  # fmt: skip
    if sort == Sort.FACILITY:
        context["uses"] = queries.uses_in_year(
            [each.pk for each in shown], today.year, until=clock.now()
        )
    return page(request, node, "listing", context)


def _found(request: Request, sort: str, sites: set[int]) -> Any:
    """The rows of a sort, of its own table, that fit what is asked for."""
    rows: Any = KEPT[sort].model.objects.filter(sort=sort).select_related("site__division__parent")
    if sort == Sort.TEACHER:
        rows = rows.prefetch_related("checks").order_by("name", "pk")
    elif sort == Sort.FACILITY:
        rows = rows.select_related("part_of").filter(site__in=sites)
    else:
        rows = rows.filter(site__in=sites)
    if kind := request.GET.get("kind", "") if sort == Sort.FACILITY else "":
        rows = rows.filter(kind=kind)
    if code := request.GET.get("town", ""):
        rows = rows.filter(Q(site__division__code=code) | Q(site__division__parent__code=code))
    if words := request.GET.get("q", "").replace("\0", "").strip()[:60]:
        about = Q(name__contains=words) | Q(site__name__contains=words)
        rows = rows.filter(about | Q(subjects__contains=words) if sort == Sort.TEACHER else about)
    return rows


@staff(MANAGE_RESOURCES)
def new(request: Request, code: str, sort: str) -> HttpResponse:
    node = open_desk(request, code)
    kept = KEPT.get(sort)
    if kept is None:
        raise Http404
    form = kept.new_form(
        request.POST or None, sites=managed_sites(request.actor),
        initial={"site": node.site.code, "units": 1, "condition": "good"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            phone = form.cleaned_data.pop("phone", None)
            more = {} if phone is None else {"phone": phone}
            made = kept.enter(form.told(), **more, by=request.actor, at=clock.now())
            messages.success(request, _("“%(name)s”登记好了。") % {"name": made.label})
            return redirect("desk:resource", node.code, made.pk)
        except Refused as refused:
            form.take(refused)
    return page(request, node, "new", {"form": form, "word": kept.word}, str(kept.word))


@staff(MANAGE_RESOURCES)
def one(request: Request, code: str, resource_id: int) -> HttpResponse:
    """A resource; a POST corrects it."""
    node = open_desk(request, code)
    found = managed(request, resource_id)
    kept, sites = KEPT[found.sort], managed_sites(request.actor)
    row = kept.model.objects.select_related("site").get(pk=found.pk)
    current = {**model_to_dict(row), "site": row.site.code}
    if isinstance(row, Teacher) and row.home_town:
        current["home_town"] = row.home_town.code
    form = kept.form(request.POST or None, sites=sites, initial=current)
    if request.method == "POST" and form.is_valid():
        try:
            kept.change(row.pk, form.told(), by=request.actor, at=clock.now())
            messages.success(request, _("改好了。"))
            return redirect("desk:resource", node.code, row.pk)
        except Refused as refused:
            form.take(refused)
    return show(request, node, row, form=form)


def show(request: Request, node, row: Resource, **refused_forms) -> HttpResponse:
    """The page of a resource; a form that was refused takes the place of a fresh one."""
    mine = row.site_id in managed_sites(request.actor)
    if mine and "form" not in refused_forms:
        current = {**model_to_dict(row), "site": row.site.code}
        if isinstance(row, Teacher) and row.home_town:
            current["home_town"] = row.home_town.code
        refused_forms["form"] = KEPT[row.sort].form(
            sites=managed_sites(request.actor), initial=current
        )
    context = {"resource": row, "mine": mine, **described(row, clock.now()), **refused_forms}
    return page(request, node, "one", context, row.label)


@staff(MANAGE_RESOURCES)
@require_POST
def standing(request: Request, code: str, resource_id: int) -> HttpResponse:
    """Out of the register (`retire`), or back into it."""
    node = open_desk(request, code)
    retire = request.POST.get("step") == "retire"
    act = entering.retire if retire else entering.restore
    try:
        act(managed(request, resource_id).pk, by=request.actor, at=clock.now())
        messages.success(
            request, _("停用了，以前的占用还在记录里。") if retire else _("又可以用了。")
        )
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect("desk:resource", node.code, resource_id)
