"""Contests and their results."""

import datetime as dt

from pydantic import Field

from yanzhen.culture.contests.models import Contest, Result, ResultLine, Round
from yanzhen.culture.contests.queries import ResultRow
from yanzhen.doors.api.shapes.forms import Row, Shape, Term, moment, term


class RoundLine(Shape):
    """A heat 初赛 or the final 决赛."""

    id: int = Field(description="As in /contests/{contest_id}/rounds/{round_id}")
    cluster: str | None = Field(description="The cluster of a heat; null for the final")
    state: Term = Field(description="draft, open, judging or published")
    starts_at: dt.datetime | None = Field(description="When it is held; null while not settled")
    teams: int = Field(description="How many entries")


class ContestLine(Shape):
    """A year's contest of the towns 魅力乡镇竞演."""

    id: int = Field(description="As in /contests/{contest_id}/rounds/{round_id}")
    name: str = Field(description="In the language of Accept-Language")
    year: int = Field(description="The year it belongs to")
    rounds: list[RoundLine] = Field(description="Heats first, the final last")


class JudgeTotal(Shape):
    """What one judge gave in all."""

    judge: str = Field(description="Name of the judge")
    total: float = Field(description="Points of 100")
    counts: bool = Field(description="False where the drop rule left it out")
    tenths: dict[str, int] = Field(description="Criterion to tenths of a point: 95 is 9.5")


class PlaceLine(Shape):
    """An entry's place."""

    rank: int = Field(description="From 1")
    entry: str = Field(description="What was shown")
    team: str = Field(description="Name of the team")
    division: str = Field(description="Code of its town, as in /towns")
    total: float = Field(description="Points of 100, the public vote counted in")
    judged: float = Field(description="Points of 100 from the judges alone")
    votes: int = Field(description="Public votes, online and on paper")
    advances: bool = Field(description="True where it goes on to the final")
    tie_rule: str = Field(description="artistic, top_marks, lot; empty where nothing was equal")
    sheets: list[JudgeTotal] = Field(description="Every judge's sheet")


class RoundResult(Shape):
    """The latest result of a round; empty places while there is none."""

    round_id: int = Field(description="Number of the round")
    state: Term = Field(description="draft, open, judging or published")
    version: int = Field(description="0 while nothing is published; a correction adds one")
    digest: str = Field(description="SHA-256 over what was counted and what came out")
    reason: str = Field(description="Why this version; empty for the first")
    published_at: dt.datetime | None = Field(description="When this version was published")
    places: list[PlaceLine] = Field(description="From the first place on")


def contest_line(contest: Contest) -> Row:
    return {
        "id": contest.pk, "name": contest.label, "year": contest.year,
        "rounds": [_round_line(each) for each in contest.rounds.all()],
    }  # fmt: skip


def _round_line(round_: Round) -> Row:
    return {
        "id": round_.pk, "cluster": round_.cluster.label if round_.cluster else None,
        "state": term(Round.State(round_.state)),
        "starts_at": moment(round_.session.starts_at if round_.session else None),
        "teams": round_.entries.count() if round_.state != Round.State.DRAFT else 0,
    }  # fmt: skip


def round_result(round_: Round, result: Result | None, rows: list[ResultRow]) -> Row:
    return {
        "round_id": round_.pk, "state": term(Round.State(round_.state)),
        "version": result.version if result else 0, "digest": result.digest if result else "",
        "reason": result.reason if result else "",
        "published_at": moment(result.published_at if result else None),
        "places": [_place(row.line, row) for row in rows],
    }  # fmt: skip


def _place(line: ResultLine, row: ResultRow) -> Row:
    return {
        "rank": line.rank, "entry": line.entry.label, "team": line.entry.team.label,
        "division": line.entry.team.division.code, "total": line.total / 1000,
        "judged": line.judged / 1000, "votes": line.votes, "advances": line.advances,
        "tie_rule": line.tie_rule,
        "sheets": [
            {
                "judge": given.judge.name, "total": given.total / 1000, "counts": given.counts,
                "tenths": {x.criterion.criterion: x.tenths for x in given.sheet.lines.all()},
            }
            for given in row.totals
        ],
    }  # fmt: skip
