"""Score sheets: handed in by the judge or typed from paper, changed with a reason; withdrawal."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.contests import rules
from yanzhen.culture.contests.facts import JudgeWithdrawn, SheetChanged
from yanzhen.culture.contests.models import Entry, Judge, Round, Rubric, ScoreLine, ScoreSheet
from yanzhen.culture.contests.opened import held, missing
from yanzhen.culture.contests.publishing import publish_anew
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


@transaction.atomic
def hand_in(
    judge_id: int,
    entry_id: int,
    tenths: Mapping[int, int],
    *,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
) -> ScoreSheet:
    """Take a judge's points for an entry: criterion id -> tenths. Raises Refused.

    The judge hands in with the own sign-in; whoever runs the round types in sheets of paper. A
    second sheet is a change: it wants a reason, and after the result it makes a new one.
    """
    judge, entry = _judge(judge_id), _entry(entry_id)
    round_ = held(judge.round_id)
    own = judge.person_id is not None and judge.person_id == by.person_id
    if not own:
        refuse_first(None if by.is_staff else rules.a_judge_scores_with_own_hand(False))
        require(by, PLAN_ACTIVITIES, round_.node)
    before = ScoreSheet.objects.filter(judge=judge, entry=entry, in_force=True).first()
    if before and own and round_.state == Round.State.PUBLISHED:
        require(by, PLAN_ACTIVITIES, round_.node)
    _ask(round_, judge, entry, tenths, reason if before else None)
    sheet = _write(round_, judge, entry, tenths, before, reason, not own, by, at)
    audit.write(
        by=by, at=at, action="contest.sheet-changed" if before else "contest.sheet-in",
        subject=f"round:{round_.pk}", place=round_.node.code, judge=judge.pk, entry=entry.pk,
        version=sheet.version, reason=sheet.reason,
    )  # fmt: skip
    if before:
        outbox.record(SheetChanged(round_.pk, sheet.pk, sheet.version, sheet.reason), at=at)
        publish_anew(round_, sheet.reason, by=by, at=at)
    return sheet


def _ask(
    round_: Round, judge: Judge, entry: Entry, tenths: Mapping[int, int], reason: str | None
) -> None:
    """`reason` is None for a first sheet."""
    if entry.round_id != round_.pk or round_.rubric is None:
        raise missing("entry-not-found", _("没有找到这个节目。"))
    town = entry.team.division_id
    refuse_first(
        rules.sheets_are_taken_between_programme_and_result(round_.state, reason is not None),
        rules.a_withdrawn_judge_gives_no_score(judge.withdrawn_at is not None),
        rules.nobody_judges_their_own_town(judge.division_id, {town}, judge.name),
        rules.a_sheet_gives_points_for_every_criterion(tenths, round_.rubric.lines.all()),
        None if reason is None else rules.a_change_says_why(reason),
    )


def _write(
    round_: Round,
    judge: Judge,
    entry: Entry,
    tenths: Mapping[int, int],
    before: ScoreSheet | None,
    reason: str,
    on_paper: bool,
    by: Actor,
    at: dt.datetime,
) -> ScoreSheet:
    Rubric.objects.filter(rounds=round_, frozen_at=None).update(frozen_at=at)
    if round_.state == Round.State.OPEN:
        round_.state = Round.State.JUDGING
        round_.save(update_fields=["state"])
    if before:
        before.in_force = False
        before.save(update_fields=["in_force"])
    sheet = ScoreSheet.objects.create(
        judge=judge, entry=entry, version=before.version + 1 if before else 1, on_paper=on_paper,
        reason=reason.strip() if before else "", written_at=at, written_by=by.name,
    )  # fmt: skip
    ScoreLine.objects.bulk_create(
        ScoreLine(sheet=sheet, criterion_id=criterion, tenths=given)
        for criterion, given in sorted(tenths.items())
    )
    return sheet


@transaction.atomic
def withdraw_judge(judge_id: int, *, reason: str, by: Actor, at: dt.datetime) -> Judge:
    """Let a judge step back: the sheets stay and count no more. Raises Refused."""
    judge = _judge(judge_id)
    round_ = held(judge.round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    refuse_first(
        rules.a_withdrawn_judge_gives_no_score(judge.withdrawn_at is not None),
        rules.a_change_says_why(reason),
    )
    judge.withdrawn_at, judge.withdrawal_reason = at, reason.strip()
    judge.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    audit.write(
        by=by, at=at, action="contest.judge-withdrawn", subject=f"round:{round_.pk}",
        place=round_.node.code, judge=judge.pk, reason=judge.withdrawal_reason,
    )  # fmt: skip
    outbox.record(JudgeWithdrawn(round_.pk, judge.pk, judge.withdrawal_reason), at=at)
    publish_anew(round_, judge.withdrawal_reason, by=by, at=at)
    return judge


def _judge(judge_id: int) -> Judge:
    judge = Judge.objects.filter(pk=judge_id).first()
    if judge is None:
        raise missing("judge-not-found", _("没有找到这位评委。"))
    return judge


def _entry(entry_id: int) -> Entry:
    entry = Entry.objects.select_related("team__division").filter(pk=entry_id).first()
    if entry is None:
        raise missing("entry-not-found", _("没有找到这个节目。"))
    return entry
