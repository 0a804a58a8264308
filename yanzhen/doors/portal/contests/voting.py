"""Giving the one vote of a round: choose, press, done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yanzhen.culture.contests import queries, voting
from yanzhen.culture.contests.models import Round
from yanzhen.doors.contest_words import number, round_name, round_or_404
from yanzhen.doors.gate import Request, signed_in
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.queries import current_card_of
from yanzhen.library.patrons.rules import a_card_must_be_active


@signed_in
def vote(request: Request, contest_id: int, round_id: int) -> HttpResponse:
    round_ = round_or_404(contest_id, round_id)
    if request.method == "POST":
        return _give(request, round_)
    person_id, at = request.user.person_id, clock.now()
    context = {
        "round": round_, "contest": round_.contest, "name": round_name(round_),
        "slots": queries.running_order(round_) if round_.state != Round.State.DRAFT else [],
        "votes_open": round_.votes_are_open(at), "has_card": _has_card(person_id),
        "has_voted": queries.has_voted(round_.pk, person_id),
    }  # fmt: skip
    return render(request, "portal/contests/vote.html", context)


def _give(request: Request, round_: Round) -> HttpResponse:
    entry_id = number(request.POST.get("entry", ""))
    entry = round_.entries.filter(pk=entry_id).first()
    if entry is None:
        messages.error(request, _("请先选一个节目，再投票。"))
        return redirect("portal:contest-vote", round_.contest_id, round_.pk)
    try:
        has_card = _has_card(request.user.person_id)
        voting.vote(entry.pk, has_card=has_card, by=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        messages.success(request, _("投好了，谢谢您。投给谁只有您自己知道。"))
    return redirect("portal:contest-vote", round_.contest_id, round_.pk)


def _has_card(person_id: int) -> bool:
    card = current_card_of(person_id)
    if card is None:
        return False
    return a_card_must_be_active(card.status, card.expires_on, clock.today(), None) is None
