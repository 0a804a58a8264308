"""The list of targets: the main house adds, changes, tries and removes them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.doors.desk.copying.forms import TargetForm, TrialForm
from yanzhen.doors.desk.copying.pages import crumbs, to_targets
from yanzhen.doors.desk.copying.words import trial_words
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.cataloguing import passwords
from yanzhen.library.cataloguing.configuring import put_target, remove_target, whereabouts
from yanzhen.library.cataloguing.models import Target
from yanzhen.library.cataloguing.trying import try_target
from yanzhen.library.cataloguing.yaz import installed
from yanzhen.network.models import Node
from yanzhen.people.roles import CATALOGUE


@staff(CATALOGUE)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """Every target: where it is, whether it is on, what came of the last trial."""
    node = _node(request, code)
    rows = Target.objects.all()
    speaks_z3950 = any(row.kind == Target.Kind.Z3950 for row in rows)
    shown = {
        "node": node, "desk_areas": True, "crumbs": crumbs(node, _("套录目标")),
        "rows": [
            (row, whereabouts(row), trial_words(row.tried) if row.tried else None) for row in rows
        ],
        "needs_yaz": speaks_z3950 and installed() is None,
    }  # fmt: skip
    return render(request, "desk/copying/targets.html", shown)


@staff(CATALOGUE)
def new(request: Request, code: str) -> HttpResponse:
    return _editor(request, _node(request, code), None)


@staff(CATALOGUE)
def edit(request: Request, code: str, target_id: int) -> HttpResponse:
    node = _node(request, code)
    return _editor(request, node, get_object_or_404(Target, pk=target_id))


@staff(CATALOGUE)
@require_POST
def try_now(request: Request, code: str, target_id: int) -> HttpResponse:
    """Ask it one question; what came of it stands on its page."""
    node = _node(request, code)
    target = get_object_or_404(Target, pk=target_id)
    form = TrialForm(request.POST)
    if form.is_valid():
        try:
            try_target(target.pk, **form.cleaned_data, by=request.actor, at=clock.now())
            return redirect("desk:target", node.code, target.pk)
        except Refused as refused:
            form.take(refused)
    return _show(request, node, target, _form(target), form)


@staff(CATALOGUE)
@require_POST
def remove(request: Request, code: str, target_id: int) -> HttpResponse:
    node = _node(request, code)
    target = get_object_or_404(Target, pk=target_id)
    remove_target(target.pk, by=request.actor, at=clock.now())
    messages.success(request, _("“%(name)s”拿掉了；从它那里套录的书目还在。") % {"name": target})
    return redirect("desk:targets", node.code)


def _node(request: Request, code: str) -> Node:
    require_cataloguing(request.actor)
    return desk_node(code, request.actor, CATALOGUE)


def _editor(request: Request, node: Node, target: Target | None) -> HttpResponse:
    form = _form(target)
    if request.method == "POST":
        form = TargetForm(request.POST, has_password=_has_password(target))
        if form.is_valid():
            try:
                saved = put_target(
                    form.wanted(), target_id=target.pk if target else None,
                    password=form.cleaned_data["password"], by=request.actor, at=clock.now(),
                )  # fmt: skip
                messages.success(request, _("保存好了。改过地址的话，请试一试。"))
                return redirect("desk:target", node.code, saved.pk)
            except Refused as refused:
                form.take(refused)
    return _show(request, node, target, form, TrialForm())


def _form(target: Target | None) -> TargetForm:
    if target is None:
        return TargetForm(initial={"position": Target.objects.count() + 1})
    told = {name: getattr(target, name) for name in TargetForm.base_fields if name != "password"}
    return TargetForm(initial=told, has_password=_has_password(target))


def _has_password(target: Target | None) -> bool:
    return target is not None and bool(passwords.kept(target.pk))


def _show(
    request: Request, node: Node, target: Target | None, form: TargetForm, trial: TrialForm
) -> HttpResponse:
    word = target.name if target else _("新的目标")
    shown = {
        "node": node, "desk_areas": True, "target": target, "form": form, "trial": trial,
        "crumbs": crumbs(node, to_targets(node), word), "needs_yaz": installed() is None,
        "tried": trial_words(target.tried) if target and target.tried else None,
    }  # fmt: skip
    return render(request, "desk/copying/target.html", shown)
