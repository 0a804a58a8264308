"""The judge's own pages: entries in their order, and for each a sheet that works on a phone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yanzhen.culture.contests import judging, queries
from yanzhen.culture.contests.models import Entry, Judge, Round, ScoreSheet
from yanzhen.doors.contest_words import round_name, typed_tenths
from yanzhen.doors.gate import Request, signed_in
from yanzhen.doors.templatetags.doors import tenths
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused

TAKING = (Round.State.OPEN, Round.State.JUDGING)


@signed_in
def mine(request: Request) -> HttpResponse:
    """The rounds I judge, each with its entries and what I have handed in."""
    rounds = []
    for judge in queries.judgeships_of(request.user.person_id):
        sheets = queries.own_sheets(judge)
        slots = [(slot, sheets.get(slot.entry.pk)) for slot in queries.running_order(judge.round)]
        rounds.append(
            {
                "judge": judge, "name": round_name(judge.round), "slots": slots,
                "left": len(slots) - len(sheets), "taking": judge.round.state in TAKING,
            }
        )  # fmt: skip
    return render(request, "portal/contests/judging.html", {"rounds": rounds})


@signed_in
def sheet(request: Request, judge_id: int, entry_id: int) -> HttpResponse:
    """One entry's sheet. Only the judge's own; a change says why."""
    judge, entry = _own(request, judge_id, entry_id)
    own = queries.own_sheets(judge).get(entry.pk)
    typed, refusal = _given(own), None
    if request.method == "POST":
        typed = {name: value[:20] for name, value in request.POST.items() if name[:1] == "c"}
        try:
            _hand_in(request, judge, entry)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("《%(name)s》的分数收到了。") % {"name": entry.label})
            return redirect("portal:judging")
    context = {
        "judge": judge, "entry": entry, "own": own, "refusal": refusal,
        "name": round_name(judge.round), "reason": request.POST.get("reason", "")[:200],
        "lines": [
            (line, typed.get(f"c{line.pk}", "")) for line in queries.criteria_of(judge.round)
        ],
    }  # fmt: skip
    return render(request, "portal/contests/sheet.html", context, status=409 if refusal else 200)


def _hand_in(request: Request, judge: Judge, entry: Entry) -> None:
    criteria = queries.criteria_of(judge.round)
    judging.hand_in(
        judge.pk, entry.pk, typed_tenths(request.POST, criteria), by=request.actor,
        at=clock.now(), reason=request.POST.get("reason", ""),
    )  # fmt: skip


def _own(request: Request, judge_id: int, entry_id: int) -> tuple[Judge, Entry]:
    """Another's sheet, or one of a round that takes none, is simply not there."""
    judge = queries.judgeships_of(request.user.person_id).filter(pk=judge_id).first()
    if judge is None or judge.round.state not in TAKING:
        raise Http404(_("没有这张评分表。"))
    entry = judge.round.entries.select_related("team__division").filter(pk=entry_id).first()
    if entry is None:
        raise Http404(_("没有这张评分表。"))
    return judge, entry


def _given(own: ScoreSheet | None) -> dict[str, str]:
    lines = own.lines.all() if own else []
    return {f"c{line.criterion_id}": tenths(line.tenths) for line in lines}
