"""试一试: would this book be lent to this reader, and why."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.doors.desk.loan_rules.forms import TrialForm
from yanzhen.doors.desk.loan_rules.pages import crumbs, page
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.rule_words import RULE_WORDS, Names, due_lines
from yanzhen.groundwork import clock
from yanzhen.library.circulation.trying import Case, Trial, try_out
from yanzhen.network.models import Node
from yanzhen.people.roles import CIRCULATE


@staff(CIRCULATE)
@require_safe
def trial(request: Request, code: str) -> HttpResponse:
    """Ask every rule in order; nothing is written, and no reader's name is shown."""
    node = desk_node(code, request.actor, CIRCULATE)
    today = clock.today()
    asked = {**request.GET.dict(), "day": request.GET.get("day") or today.isoformat()}
    form = TrialForm(asked if request.GET else None, initial={"day": today})
    context = {"form": form, "crumbs": crumbs(node, _("试一试"))}
    if request.GET and form.is_valid():
        told = form.cleaned_data
        case = Case(told["card"], told["category"], told["copy"], told["kind"])
        tried = try_out(case, node=node, day=told["day"], by=request.actor, at=clock.now())
        context |= _said(tried, node)
    return page(request, node, "trial", context)


def _said(tried: Trial, node: Node) -> dict:
    names = Names()
    return {
        "tried": tried,
        "asked": [(RULE_WORDS.get(each.rule, each.rule), each.answer) for each in tried.asked],
        "given": [names.given(each) for each in tried.given],
        "due": due_lines(tried.due, node.short_label) if tried.due else [],
    }
