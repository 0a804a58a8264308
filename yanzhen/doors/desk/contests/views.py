"""Contests at a desk: which rounds there are, and one round from its entries to its result."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.contests import counting, queries
from yanzhen.culture.contests.models import Round, ScoreSheet
from yanzhen.doors.contest_words import TONES, round_name
from yanzhen.doors.desk.contests.opened import contest_desk, contest_round
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.network.models import Division, Node
from yanzhen.people.roles import PLAN_ACTIVITIES

RUBRIC_ROWS = 6


@staff(PLAN_ACTIVITIES)
def listing(request: Request, code: str) -> HttpResponse:
    """Every contest; the rounds one runs oneself lead on."""
    node = contest_desk(request, code)
    rows = []
    for contest in queries.contests():
        rounds = [
            (each, round_name(each), TONES[each.state], request.actor.may(PLAN_ACTIVITIES, path))
            for each in contest.rounds.all().select_related("node", "cluster")
            for path in [each.node.path]
        ]
        rubric = contest.rubrics.prefetch_related("lines").last()
        lines = list(rubric.lines.all()) if rubric else []
        rubric_rows = [(n, lines[n] if n < len(lines) else None) for n in range(RUBRIC_ROWS)]
        rows.append((contest, rounds, rubric, rubric_rows))
    context = {
        "node": node, "desk_areas": True, "rows": rows, "year": clock.today().year,
        "crumbs": [*_crumbs(node)[:1], {"word": _("竞演")}],
    }  # fmt: skip
    return render(request, "desk/contests/list.html", context)


@staff(PLAN_ACTIVITIES)
def round_page(request: Request, code: str, round_id: int) -> HttpResponse:
    node, round_ = contest_round(request, code, round_id)
    counted = counting.count(round_)
    judges = list(round_.judges.select_related("division", "person"))
    slots = queries.running_order(round_)
    context = {
        "node": node, "desk_areas": True, "round": round_, "contest": round_.contest,
        "name": round_name(round_), "tone": TONES[round_.state], "slots": slots,
        "judges": judges, "grid": _grid(round_, slots, judges), "missing": counted.missing,
        "undecided": counted.ranking.undecided if counted.ranking else (),
        "criteria": queries.criteria_of(round_), "ballots": round_.ballots.count(),
        "result": round_.results.first(), "towns": _towns(round_),
        "all_towns": Division.objects.towns(), "nodes": _runners(round_),
        "sessions": Session.objects.filter(activity__kind=Activity.Kind.TOWN_CONTEST)
        .select_related("activity", "site"),
        "runs_all": request.actor.may(PLAN_ACTIVITIES, round_.contest.node.path),
        "prepares": round_.state == Round.State.DRAFT,
        "orders": round_.state in (Round.State.DRAFT, Round.State.OPEN),
        "takes": round_.state in (Round.State.OPEN, Round.State.JUDGING),
        "crumbs": [*_crumbs(node), {"word": round_name(round_)}],
    }  # fmt: skip
    return render(request, "desk/contests/round.html", context)


def _grid(round_: Round, slots: list, judges: list) -> list:
    """Entries by judges who stayed: (entry, [(judge, own town, sheet)])."""
    sheets = {
        (sheet.judge_id, sheet.entry_id): sheet
        for sheet in ScoreSheet.objects.filter(entry__round=round_, in_force=True)
    }
    return [
        (
            slot.entry,
            [(j, sheets.get((j.pk, slot.entry.pk))) for j in judges if j.withdrawn_at is None],
        )
        for slot in slots
    ]


def _towns(round_: Round):
    """Whose teams may enter: the towns of the cluster today."""
    if round_.cluster is None:
        return Division.objects.none()
    spells = round_.cluster.memberships.on(clock.today()).values("division")
    return Division.objects.filter(pk__in=spells)


def _runners(round_: Round):
    """Who may run a round: culture branches, and whoever runs it now."""
    level = [Node.Level.HUB, Node.Level.BRANCH]
    culture = Node.objects.culture().serving().filter(level__in=level)
    return culture | Node.objects.filter(pk=round_.node_id)


def _crumbs(node: Node) -> list[dict]:
    return [
        {"url": reverse("desk:areas", args=[node.code]), "word": _("馆务")},
        {"url": reverse("desk:contests", args=[node.code]), "word": _("竞演")},
    ]
