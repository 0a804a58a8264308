"""Contests for pages and for other packages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from yanzhen.culture.contests.counting import setting_of, sheets_of
from yanzhen.culture.contests.models import (
    Contest,
    Entry,
    Judge,
    Result,
    ResultLine,
    Round,
    RubricLine,
    ScoreSheet,
)
from yanzhen.culture.contests.ranking import dropped, judge_total, thousandths
from yanzhen.culture.contests.voting import voter_of


@dataclass(frozen=True)
class Slot:
    """An entry and when it is on; None where the round has no date yet. `after` is minutes from
    the beginning."""

    entry: Entry
    after: int
    starts_at: dt.datetime | None


@dataclass(frozen=True)
class GivenTotal:
    """A judge's total for an entry, in thousandths; `counts` is False where it was dropped."""

    judge: Judge
    sheet: ScoreSheet
    total: int
    counts: bool


@dataclass(frozen=True)
class ResultRow:
    line: ResultLine
    totals: list[GivenTotal]


def contests() -> QuerySet[Contest]:
    rounds = Round.objects.select_related("cluster", "session__site").annotate(
        teams=Count("entries")
    )
    return Contest.objects.select_related("node").prefetch_related(
        Prefetch("rounds", queryset=rounds)
    )


def round_of(contest_id: int, round_id: int) -> Round | None:
    return (
        Round.objects.select_related(
            "contest__node", "cluster", "rubric", "session__site", "node__site"
        )
        .filter(pk=round_id, contest=contest_id).first()
    )  # fmt: skip


def running_order(round_: Round) -> list[Slot]:
    """The programme with clock times; one query."""
    slots, after = [], 0
    begins = round_.session.starts_at if round_.session else None
    entries = round_.entries.select_related("team__division", "paper_votes")
    for entry in entries:
        starts = begins + dt.timedelta(minutes=after) if begins else None
        slots.append(Slot(entry, after, starts))
        after += entry.minutes + entry.change_over
    return slots


def result_rows(round_: Round, result: Result) -> list[ResultRow]:
    """Every place of the latest result with the totals of all judges in force."""
    setting = setting_of(round_)
    given = {(each.judge_id, each.entry_id): each for each in sheets_of(round_)}
    stored = {
        (each.judge_id, each.entry_id): each
        for each in ScoreSheet.objects.filter(entry__round=round_, in_force=True)
        .select_related("judge").prefetch_related("lines__criterion")
    }  # fmt: skip
    rows = []
    lines = result.lines.select_related("entry__team__division")
    for line in lines:
        totals = {
            judge: judge_total(setting.criteria, sheet.tenths)
            for (judge, entry), sheet in given.items()
            if entry == line.entry_id
        }
        gone = dropped(totals) if setting.drops_extremes else frozenset()
        rows.append(
            ResultRow(
                line,
                [
                    GivenTotal(
                        stored[judge, line.entry_id].judge, stored[judge, line.entry_id],
                        thousandths(total), judge not in gone,
                    )
                    for judge, total in sorted(totals.items())
                ],
            )
        )  # fmt: skip
    return rows


def changed_sheets(round_: Round) -> QuerySet[ScoreSheet]:
    """Late changes, oldest first: each says why."""
    return (
        ScoreSheet.objects.filter(entry__round=round_, version__gt=1)
        .select_related("judge", "entry__team").order_by("written_at")
    )  # fmt: skip


def has_voted(round_id: int, person_id: int) -> bool:
    return Round.objects.filter(
        pk=round_id, ballots__voter=voter_of(round_id, person_id)
    ).exists()  # fmt: skip


def judgeships_of(person_id: int) -> QuerySet[Judge]:
    """The rounds a person judges, the latest first."""
    return (
        Judge.objects.filter(person=person_id, withdrawn_at=None)
        .exclude(round__state=Round.State.DRAFT)
        .select_related("round__contest", "round__cluster", "round__rubric", "round__session")
        .order_by("-pk")
    )  # fmt: skip


def own_sheets(judge: Judge) -> dict[int, ScoreSheet]:
    """Entry id -> the judge's own sheet in force."""
    sheets = judge.sheets.filter(in_force=True).prefetch_related("lines")
    return {sheet.entry_id: sheet for sheet in sheets}


def criteria_of(round_: Round) -> Sequence[RubricLine]:
    return list(round_.rubric.lines.all()) if round_.rubric else []
