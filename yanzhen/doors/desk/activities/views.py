"""What a branch plans: the list, one activity, the form."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.culture.activities import drafting, teaching
from yanzhen.culture.activities.counting import regularity
from yanzhen.culture.activities.holding import claims_of
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.activities.publishing import missing
from yanzhen.culture.activities.queries import access_answers, loaded
from yanzhen.culture.resources.access import managed_sites
from yanzhen.doors.desk.activities.forms import ActivityForm, typed_before
from yanzhen.doors.desk.activities.places import Desk, activity_at, planning_desk
from yanzhen.doors.desk.activities.teachers import choice
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.portal.activities.words import MARK_OF_ANSWER, for_whom, lines, price
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Cluster, Node
from yanzhen.people.roles import PLAN_ACTIVITIES

A_PAGE = 30
MARK_OF_STATE: dict[str, str] = {
    Activity.State.DRAFT: "note", Activity.State.PUBLISHED: "done",
    Activity.State.CANCELLED: "wrong",
}  # fmt: skip


@staff(PLAN_ACTIVITIES)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """What the house plans, drafts first to be seen; and in which months it offered anything."""
    desk, at = planning_desk(request, code), clock.now()
    state = request.GET.get("state", "")
    found = desk.activities
    if state in Activity.State.values:
        found = found.filter(state=state)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(each, MARK_OF_STATE[each.state], _next(each, at)) for each in page]
    regular = regularity(desk.node, clock.today().year, at=at)
    context = {
        "page": page,
        "rows": rows,
        "state": state,
        "states": [("", _("都看")), *Activity.State.choices],
        "regular": regular,
        "missing": _("、").join(
            _("%(n)d月") % {"n": month} for month in regular.missing if month < clock.today().month
        ),
    }
    return _page(request, desk, "desk/activities/listing.html", context)


def _next(activity: Activity, at):
    """The next date as a line; its sessions are loaded in order."""
    ahead = (each for each in activity.sessions.all() if each.ends_at > at)
    return next((each for each in ahead if each.state == Session.State.SCHEDULED), None)


@staff(PLAN_ACTIVITIES)
def new(request: Request, code: str) -> HttpResponse:
    desk = planning_desk(request, code)
    form = ActivityForm(request.POST or None, owners=desk.owners)
    if request.method == "POST" and form.is_valid():
        node, cluster = _owner(desk, form.cleaned_data["owner"])
        try:
            made = drafting.draft(
                details=form.details(), node=node, cluster=cluster, by=request.actor,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("记下了，还是草稿。接着排时间，再发布。"))
            return redirect("desk:activity", desk.node.code, made.pk)
    return _page(request, desk, "desk/activities/form.html", {"form": form})


def _owner(desk: Desk, value: str) -> tuple[Node | None, Cluster | None]:
    """`value` is one of the desk's owners: n<id> of a node, c<id> of a cluster."""
    number = int(value[1:])
    if value.startswith("n"):
        return desk.houses.get(pk=number), None
    return None, next(cluster for cluster in desk.clusters if cluster.pk == number)


@staff(PLAN_ACTIVITIES)
def edit(request: Request, code: str, activity_id: int) -> HttpResponse:
    desk = planning_desk(request, code)
    activity = activity_at(desk, activity_id)
    form = ActivityForm(request.POST or None, initial=typed_before(activity))
    if request.method == "POST" and form.is_valid():
        try:
            drafting.edit(
                activity_id=activity.pk, details=form.details(), by=request.actor, at=clock.now()
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("改好了。"))
            return redirect("desk:activity", desk.node.code, activity.pk)
    context = {"form": form, "activity": activity}
    return _page(request, desk, "desk/activities/form.html", context)


@staff(PLAN_ACTIVITIES)
@require_safe
def show(request: Request, code: str, activity_id: int) -> HttpResponse:
    """One activity with its dates and what is still missing before it can be published."""
    desk, at = planning_desk(request, code), clock.now()
    activity = activity_at(desk, activity_id)
    sessions = list(loaded(activity.sessions.all()).select_related("rain_date", "rain_date_of"))
    claims, mine = claims_of(sessions), managed_sites(request.actor)
    taught = teaching.claims_of(sessions)
    draft = activity.state == Activity.State.DRAFT
    answers = access_answers(activity)
    context = {
        "activity": activity,
        "mark": MARK_OF_STATE[activity.state],
        "whom": for_whom(activity),
        "price": price(activity),
        "answers": [(each, MARK_OF_ANSWER[each.state]) for each in answers if each.state],
        "missing": missing(activity, at) if draft else [],
        "draft": draft,
        "open": activity.state != Activity.State.CANCELLED,
        "rows": [
            (
                line,
                line.session.starts_at > at,
                claims.get(line.session.pk),
                taught.get(line.session.pk),
            )
            for line in lines(sessions)
        ],
        "teachers": choice(sessions),
        "managed": mine,
    }
    return _page(request, desk, "desk/activities/activity.html", context)


def _page(request: Request, desk: Desk, template: str, context: dict) -> HttpResponse:
    shown = {"node": desk.node, "desk_activities": True, "now": clock.now()}
    return render(request, template, shown | context)
