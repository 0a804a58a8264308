"""Typing in a judge's sheet of paper."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yanzhen.culture.contests import judging, queries
from yanzhen.doors.contest_words import round_name, typed_tenths
from yanzhen.doors.desk.contests.opened import contest_round
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.templatetags.doors import tenths
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
def sheet(request: Request, code: str, round_id: int, judge_id: int, entry_id: int) -> HttpResponse:
    node, round_ = contest_round(request, code, round_id)
    judge = round_.judges.filter(pk=judge_id).first()
    entry = round_.entries.select_related("team__division").filter(pk=entry_id).first()
    if judge is None or entry is None:
        raise Http404(_("没有这张评分表。"))
    criteria, own = queries.criteria_of(round_), queries.own_sheets(judge).get(entry.pk)
    given = own.lines.all() if own else []
    typed, refusal = {f"c{line.criterion_id}": tenths(line.tenths) for line in given}, None
    if request.method == "POST":
        typed = {name: value[:20] for name, value in request.POST.items() if name[:1] == "c"}
        try:
            judging.hand_in(
                judge.pk, entry.pk, typed_tenths(request.POST, criteria), by=request.actor,
                at=clock.now(), reason=request.POST.get("reason", ""),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            told = {"who": judge.name, "name": entry.label}
            messages.success(request, _("%(who)s给《%(name)s》的评分表录好了。") % told)
            return redirect("desk:contest-round", node.code, round_.pk)
    context = {
        "node": node, "desk_areas": True, "round": round_, "judge": judge, "entry": entry,
        "own": own, "refusal": refusal, "name": round_name(round_),
        "reason": request.POST.get("reason", "")[:200],
        "lines": [(line, typed.get(f"c{line.pk}", "")) for line in criteria],
    }  # fmt: skip
    return render(request, "desk/contests/sheet.html", context, status=409 if refusal else 200)
