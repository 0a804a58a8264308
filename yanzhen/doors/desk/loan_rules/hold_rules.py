"""The rules of holds: how many, how long on the hold shelf; set in versions like loan rules."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.loan_rules.forms import HoldRuleForm
from yanzhen.doors.desk.loan_rules.pages import crumbs, page
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.groundwork.versions import DAY
from yanzhen.library.holds import access, setting
from yanzhen.library.holds.models import HoldRule
from yanzhen.people.roles import SEE_STOCK, SET_RULES


@staff(SEE_STOCK)
def listing(request: Request, code: str) -> HttpResponse:
    """Every version, what acts on top; headquarters sets a new one below."""
    node, today = desk_node(code, request.actor, SEE_STOCK), clock.today()
    form = HoldRuleForm(request.POST or None, initial=_initial(request))
    if request.method == "POST":
        access.require_setting(request.actor)
        if form.is_valid():
            try:
                rule = setting.set_hold_rule(**form.wanted(), by=request.actor, at=clock.now())
                said = _("记下了，从 %(day)s 起执行。") % {"day": rule.valid_from}
                messages.success(request, said)
                return redirect("desk:hold-rules", node.code)
            except Refused as refused:
                form.take(refused)
    rules = HoldRule.objects.select_related("category")
    rows = sorted(
        rules.order_by("-valid_from", "-pk"),
        key=lambda rule: (
            rule.withdrawn_at is not None or (rule.valid_to is not None and rule.valid_to < today)
        ),
    )
    context = {"rows": rows, "form": form, "today": today, "crumbs": crumbs(node, _("预约规则"))}
    return page(request, node, "holds", context)


@staff(SET_RULES)
@require_POST
def end(request: Request, code: str, rule_id: int) -> HttpResponse:
    """From tomorrow on the category is under the default again."""

    def act() -> None:
        setting.end_hold_rule(rule_id, last_day=clock.today(), by=request.actor, at=clock.now())

    return _change(request, code, act, _("今天过后停用，明天起同默认规则。"))


@staff(SET_RULES)
@require_POST
def withdraw(request: Request, code: str, rule_id: int) -> HttpResponse:
    def act() -> None:
        setting.withdraw_hold_rule(rule_id, by=request.actor, at=clock.now())

    return _change(request, code, act, _("撤回了，原来的版本照旧执行。"))


def _change(request: Request, code: str, act: Callable[[], None], said: str) -> HttpResponse:
    node = desk_node(code, request.actor, SEE_STOCK)
    access.require_setting(request.actor)
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect("desk:hold-rules", node.code)


def _initial(request: Request) -> dict[str, Any]:
    """Today's values of the category in the address, for a new version of its row."""
    day, category = clock.today(), request.GET.get("category", "")
    rules = HoldRule.objects.unended(day).filter(valid_from__lte=day)
    rule = rules.filter(category__code=category or None).first()
    values = (
        {}
        if rule is None
        else {
            "max_holds": rule.max_holds,
            "pickup_days": rule.pickup_days,
            "on_shelf_at_pickup": rule.on_shelf_at_pickup,
        }
    )
    return {"category": category, "valid_from": day + DAY, **values}
