"""Making and changing a claim at the planner."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.activities.holding import session_named
from yanzhen.culture.resources import changing, claiming
from yanzhen.culture.resources.access import claim_unknown, managed_sites
from yanzhen.culture.resources.fitting import words_of
from yanzhen.culture.resources.models import Claim
from yanzhen.doors.desk.resources import planner
from yanzhen.doors.desk.resources.claim_forms import ClaimForm, MoveForm, SwapForm
from yanzhen.doors.desk.resources.pages import open_desk, page
from yanzhen.doors.desk.resources.weeks import DAY
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.roles import MANAGE_RESOURCES

DRAFT_DAYS = 3


@staff(MANAGE_RESOURCES)
@require_POST
def new(request: Request, code: str) -> HttpResponse:
    """Claim what a use needs; a conflict is said on the planner, everything typed kept."""
    node = open_desk(request, code)
    form = ClaimForm(request.POST, by=request.actor)
    if not form.is_valid():
        return planner.show(request, node, form=form)
    at = clock.now()
    try:
        claims = claiming.claim_all(
            reference=f"{changing.DESK}{uuid4().hex[:12]}", **form.use_told(),
            expires_at=at + DRAFT_DAYS * DAY if form.cleaned_data["draft"] else None,
            by=request.actor, at=at,
        )  # fmt: skip
    except Refused as refused:
        form.take(refused)
        return planner.show(request, node, form=form, day=form.cleaned_data["day"])
    messages.success(request, _("留好了：%(what)s") % {"what": words_of(claims[0])})
    return redirect(_week_url(node, claims[0]))


@staff(MANAGE_RESOURCES)
def one(request: Request, code: str, claim_id: int) -> HttpResponse:
    """A claim with all that belongs to its use, and what can be done about it."""
    node = open_desk(request, code)
    return _show(request, node, _claim(request, claim_id))


@staff(MANAGE_RESOURCES)
@require_POST
def move(request: Request, code: str, claim_id: int) -> HttpResponse:
    """Another time, from the form of the claim or from a drag on the grid (`back` says so)."""
    node = open_desk(request, code)
    claim = _claim(request, claim_id)
    form = MoveForm(request.POST)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    try:
        if not form.is_valid():
            return _show(request, node, claim, move_form=form)
        moved = changing.move_in_planner(
            claim.pk, **form.span(), opened_specially=form.cleaned_data["opened_specially"],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("移好了：%(what)s") % {"what": words_of(moved[0])})
    except Refused as refused:
        if not safe:
            form.take(refused)
            return _show(request, node, claim, move_form=form)
        messages.error(request, refused.in_full)
    return redirect(back if safe else _week_url(node, changing.known_claim(claim.pk)))


@staff(MANAGE_RESOURCES)
@require_POST
def swap(request: Request, code: str, claim_id: int) -> HttpResponse:
    """A substitute."""
    node = open_desk(request, code)
    claim = _claim(request, claim_id)
    form = SwapForm(request.POST, claim=claim, by=request.actor)
    if form.is_valid():
        try:
            swapped = changing.swap_in_planner(
                claim.pk, to_resource_id=form.cleaned_data["substitute"].pk, by=request.actor,
                at=clock.now(),
            )  # fmt: skip
            said = _("换好了，现在是“%(name)s”。") % {"name": swapped.resource.label}
            messages.success(request, said)
            return redirect("desk:claim", node.code, claim.pk)
        except Refused as refused:
            form.take(refused)
    return _show(request, node, claim, swap_form=form)


@staff(MANAGE_RESOURCES)
@require_POST
def release(request: Request, code: str, claim_id: int) -> HttpResponse:
    node = open_desk(request, code)
    claim = _claim(request, claim_id)

    def act() -> None:
        changing.release_in_planner(claim.pk, by=request.actor, at=clock.now())

    return _do(request, node, claim, act, _("放开了，别人可以用了。"))


@staff(MANAGE_RESOURCES)
@require_POST
def confirm(request: Request, code: str, claim_id: int) -> HttpResponse:
    node = open_desk(request, code)
    claim = _claim(request, claim_id)

    def act() -> None:
        claiming.confirm(reference=claim.reference, by=request.actor, at=clock.now())

    return _do(request, node, claim, act, _("定下来了，不会自动放开。"))


def _do(
    request: Request, node: Node, claim: Claim, act: Callable[[], None], said: str
) -> HttpResponse:
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect("desk:claim", node.code, claim.pk)


def _claim(request: Request, claim_id: int) -> Claim:
    """Any claim may be looked at by whoever plans. Raises Refused."""
    found = changing.known_claim(claim_id)
    if not managed_sites(request.actor):
        raise claim_unknown()
    return found


def _show(request: Request, node: Node, claim: Claim, **refused_forms) -> HttpResponse:
    held = claim.state in Claim.HELD
    mine = (claim.site or claim.resource.site).pk in managed_sites(request.actor)
    coming = claim.starts_at > clock.now()
    change = held and mine and changing.of_desk(claim)
    context = {
        "claim": claim,
        "start": timezone.localtime(claim.starts_at),
        "end": timezone.localtime(claim.ends_at),
        "others": Claim.objects.held().filter(reference=claim.reference).exclude(pk=claim.pk)
        .select_related("resource__site"),
        "held": held,
        "of_desk": changing.of_desk(claim),
        "mine": mine,
        "week_url": _week_url(node, claim),
        "move_form": MoveForm.of(claim) if change and coming else None,
        "swap_form": SwapForm(claim=claim, by=request.actor) if change and coming else None,
        "may_release": change,
        "session": session_named(claim.reference),
        **refused_forms,
    }  # fmt: skip
    step = {"url": _week_url(node, claim), "word": _("排期")}
    return page(request, node, "claim", context, step, claim.purpose)


def _week_url(node: Node, claim: Claim) -> str:
    week = timezone.localtime(claim.starts_at).date().isoformat()
    query = urlencode({"resource": str(claim.resource_id), "week": week})
    return f"{reverse('desk:planner', args=[node.code])}?{query}"
