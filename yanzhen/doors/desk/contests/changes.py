"""What is changed of a contest at a desk; each view reads a form and calls one use-case."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yanzhen.culture.activities.models import Session
from yanzhen.culture.contests import judging, ordering, preparing, publishing, voting
from yanzhen.culture.contests.models import Contest, Round
from yanzhen.doors.contest_words import number
from yanzhen.doors.desk.contests.opened import contest_desk, contest_round
from yanzhen.doors.desk.contests.views import RUBRIC_ROWS
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Cluster, Division, Node
from yanzhen.people.models import Account
from yanzhen.people.roles import PLAN_ACTIVITIES

Change = Callable[[Request, Round], str]


def _said(request: Request, act: Callable[[], str]) -> None:
    try:
        messages.success(request, act())
    except Refused as refused:
        messages.error(request, refused.in_full)


def _of_a_round(change: Change) -> Callable[..., HttpResponse]:
    """A POST that changes a round and leads back to its page."""

    @require_POST
    def view(request: Request, code: str, round_id: int, **more: int) -> HttpResponse:
        node, round_ = contest_round(request, code, round_id)
        _said(request, lambda: change(request, round_, **more))
        return redirect("desk:contest-round", node.code, round_.pk)

    return staff(PLAN_ACTIVITIES)(view)


@staff(PLAN_ACTIVITIES)
@require_POST
def open_contest(request: Request, code: str) -> HttpResponse:
    """A contest of all clusters, run by this branch until its rounds are given to others."""
    node = contest_desk(request, code)
    year = number(request.POST.get("year", ""), 2100)
    if year < 2000:
        raise Http404

    def act() -> str:
        made = preparing.open_contest(
            name=request.POST.get("name", ""), year=year, node=node,
            clusters=list(Cluster.objects.all()), by=request.actor, at=clock.now(),
        )  # fmt: skip
        return _("“%(name)s”开好了，每个片区一轮初赛，最后是决赛。") % {"name": made.label}

    _said(request, act)
    return redirect("desk:contests", node.code)


@staff(PLAN_ACTIVITIES)
@require_POST
def write_rubric(request: Request, code: str, contest_id: int) -> HttpResponse:
    node = contest_desk(request, code)
    contest = Contest.objects.select_related("node__site").filter(pk=contest_id).first()
    if contest is None:
        raise Http404
    rows = [
        (
            request.POST.get(f"criterion{n}", "").strip(),
            number(request.POST.get(f"most{n}", "")),
            number(request.POST.get(f"weight{n}", "")),
        )
        for n in range(RUBRIC_ROWS)
    ]

    def act() -> str:
        lines = [row for row in rows if row[0]]
        made = preparing.write_rubric(contest, lines, by=request.actor, at=clock.now())
        return _("评分标准第 %(n)d 版写好了。已经开始评分的轮次还用原来的。") % {"n": made.version}

    _said(request, act)
    return redirect("desk:contests", node.code)


def _enter(request: Request, round_: Round) -> str:
    told = request.POST
    entry = preparing.enter(
        round_.pk, town=_row(Division, told.get("town", "")), team_name=told.get("team", "")[:60],
        leader=told.get("leader", "")[:40], members=max(number(told.get("members", "1"), 500), 1),
        name=told.get("name", ""), minutes=number(told.get("minutes", ""), 999),
        change_over=number(told.get("change_over", "2"), 999), music=told.get("music", "")[:80],
        props=told.get("props", "")[:120], by=request.actor, at=clock.now(),
    )  # fmt: skip
    return _("《%(name)s》排在第 %(n)d 个。") % {"name": entry.name, "n": entry.position}


def _withdraw_entry(request: Request, round_: Round) -> str:
    entry = ordering.withdraw(
        round_.pk, number(request.POST.get("entry", ""), 10**9),
        reason=request.POST.get("reason", ""), by=request.actor, at=clock.now(),
    )  # fmt: skip
    return _("《%(name)s》退出了，后面的往前补。") % {"name": entry.name}


def _draw_order(request: Request, round_: Round) -> str:
    seed = request.POST.get("seed", "")
    ordering.draw_order(round_.pk, seed, by=request.actor, at=clock.now())
    return _("出场顺序抽好了。")


def _move(request: Request, round_: Round) -> str:
    """The button pressed says which entry and which way: "up" or "down" with the entry's number."""
    up = "up" in request.POST
    entry = ordering.move(
        round_.pk, number(request.POST.get("up" if up else "down", ""), 10**9), up=up,
        reason=request.POST.get("reason", ""), by=request.actor, at=clock.now(),
    )  # fmt: skip
    return _("《%(name)s》现在是第 %(n)d 个。") % {"name": entry.name, "n": entry.position}


def _name_judge(request: Request, round_: Round) -> str:
    told = request.POST
    account = None
    if username := told.get("username", "").strip():
        account = Account.objects.select_related("person").filter(username=username).first()
        if account is None:
            raise Refused("account-unknown", _("没有这个帐号。"), _("请核对，或者留空用纸质表。"))
    town = told.get("town", "")
    judge = preparing.name_judge(
        round_.pk, name=told.get("name", ""), division=_row(Division, town) if town else None,
        person=account.person if account else None, by=request.actor, at=clock.now(),
    )  # fmt: skip
    return _("请了评委%(name)s。") % {"name": judge.name}


def _withdraw_judge(request: Request, round_: Round, judge_id: int) -> str:
    if not round_.judges.filter(pk=judge_id).exists():
        raise Http404
    reason = request.POST.get("reason", "")
    judge = judging.withdraw_judge(judge_id, reason=reason, by=request.actor, at=clock.now())
    return _("%(name)s退出评分，分数不再计入。") % {"name": judge.name}


def _hold(request: Request, round_: Round) -> str:
    session = request.POST.get("session", "")
    node = preparing.hold(
        round_.pk, node=_row(Node, request.POST.get("runner", "")),
        session=_row(Session, session) if session else None, by=request.actor, at=clock.now(),
    ).node  # fmt: skip
    return _("这一轮由%(who)s来办。") % {"who": node.label}


def _set_vote(request: Request, round_: Round) -> str:
    preparing.set_vote(
        round_.pk, opens=_moment(request.POST.get("opens", "")),
        closes=_moment(request.POST.get("closes", "")),
        weight=number(request.POST.get("weight", "")), by=request.actor, at=clock.now(),
    )  # fmt: skip
    return _("投票时间和权重定好了。")


def _announce(request: Request, round_: Round) -> str:
    preparing.announce(round_.pk, by=request.actor, at=clock.now())
    return _("节目单公布了。")


def _paper_votes(request: Request, round_: Round) -> str:
    typed = {
        pk: request.POST.get(f"v{pk}", "") for pk in round_.entries.values_list("pk", flat=True)
    }
    voting.enter_paper_votes(
        round_.pk, {pk: number(votes) for pk, votes in typed.items() if votes.strip()},
        counted_by=request.POST.get("counted_by", "")[:40],
        second_by=request.POST.get("second_by", "")[:40], by=request.actor, at=clock.now(),
    )  # fmt: skip
    return _("纸质票记下来了。")


def _draw_lots(request: Request, round_: Round) -> str:
    publishing.draw_lots(
        round_.pk, request.POST.get("seed", ""), by=request.actor, at=clock.now()
    )  # fmt: skip
    return _("签抽好了。")


def _publish(request: Request, round_: Round) -> str:
    publishing.publish(round_.pk, by=request.actor, at=clock.now())
    return _("成绩和全部评分表公布了。")


def _advance(request: Request, round_: Round) -> str:
    sent = publishing.advance(round_.pk, by=request.actor, at=clock.now())
    return ngettext("%(n)d 支队伍进了决赛。", "%(n)d 支队伍进了决赛。", sent) % {"n": sent}


enter, draw_order, move = _of_a_round(_enter), _of_a_round(_draw_order), _of_a_round(_move)
withdraw_entry = _of_a_round(_withdraw_entry)
name_judge, withdraw_judge = _of_a_round(_name_judge), _of_a_round(_withdraw_judge)
hold, set_vote, announce = _of_a_round(_hold), _of_a_round(_set_vote), _of_a_round(_announce)
paper_votes, draw_lots = _of_a_round(_paper_votes), _of_a_round(_draw_lots)
publish, advance = _of_a_round(_publish), _of_a_round(_advance)


def _row(model, typed: str):
    """The row with this number. Raises Http404."""
    found = model.objects.filter(pk=number(typed, 10**9)).first()
    if found is None:
        raise Http404
    return found


def _moment(typed: str) -> dt.datetime | None:
    """A moment as a browser's own field writes it, county time."""
    try:
        found = parse_datetime(typed)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found
