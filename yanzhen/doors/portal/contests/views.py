"""Contests as everybody sees them: the road to the final, the programme, the result."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.contests import queries
from yanzhen.culture.contests.models import Contest, Round
from yanzhen.doors.contest_words import TIE_RULES, TONES, round_name, round_or_404
from yanzhen.doors.gate import Request, public
from yanzhen.groundwork import clock


@public
def listing(request: Request) -> HttpResponse:
    return render(request, "portal/contests/list.html", {"contests": queries.contests()})


@public
def contest(request: Request, contest_id: int) -> HttpResponse:
    """The heats on the road to the final."""
    found = queries.contests().filter(pk=contest_id).first()
    if found is None:
        raise Http404(_("没有这次竞演。"))
    rounds = list(found.rounds.all())
    context = {
        "contest": found,
        "heats": [_step(each) for each in rounds if not each.is_final],
        "final": next((_step(each) for each in rounds if each.is_final), None),
        "crumbs": _crumbs(found)[:1],
    }
    return render(request, "portal/contests/contest.html", context)


def _step(round_: Round) -> dict:
    """One stop of the road; the best only after the result."""
    result = round_.results.first() if round_.state == Round.State.PUBLISHED else None
    lines = result.lines.select_related("entry__team__division") if result else []
    return {
        "round": round_, "name": round_name(round_), "tone": TONES[round_.state],
        "best": [line for line in lines if line.advances or (round_.is_final and line.rank <= 3)],
    }  # fmt: skip


@public
def round_page(request: Request, contest_id: int, round_id: int) -> HttpResponse:
    """Programme, vote and result. The programme of a draft round is nobody's business yet."""
    round_, at = round_or_404(contest_id, round_id), clock.now()
    results = list(round_.results.all())
    context = _programme(round_) | {
        "votes_open": round_.votes_are_open(at),
        "result": results[0] if results else None,
        "older": results[1:],
        "rows": _rows(round_, results),
        "criteria": queries.criteria_of(round_),
        "changes": queries.changed_sheets(round_) if results else [],
        "withdrawn": round_.judges.exclude(withdrawn_at=None) if results else [],
        "crumbs": _crumbs(round_.contest),
    }
    return render(request, "portal/contests/round.html", context)


def _rows(round_: Round, results: list) -> list:
    if not results:
        return []
    rows = queries.result_rows(round_, results[0])
    return [(row, TIE_RULES.get(row.line.tie_rule, str)()) for row in rows]


@public
def programme(request: Request, contest_id: int, round_id: int) -> HttpResponse:
    """The programme on a sheet of paper."""
    round_ = round_or_404(contest_id, round_id)
    context = _programme(round_)
    if not context["slots"]:
        raise Http404(_("节目单还没有公布。"))
    return render(request, "portal/contests/programme.html", context)


def _programme(round_: Round) -> dict:
    is_public = round_.state != Round.State.DRAFT
    return {
        "round": round_, "contest": round_.contest, "name": round_name(round_),
        "tone": TONES[round_.state], "slots": queries.running_order(round_) if is_public else [],
        "judges": round_.judges.filter(withdrawn_at=None) if is_public else [],
    }  # fmt: skip


def _crumbs(contest: Contest) -> list[dict]:
    return [
        {"url": reverse("portal:contests"), "word": _("竞演")},
        {"url": reverse("portal:contest", args=[contest.pk]), "word": contest.label},
    ]
