"""From the rows of a round to its ranking; read-only, used for publishing and for checking."""

from dataclasses import dataclass

from yanzhen.culture.contests.models import Round, ScoreSheet
from yanzhen.culture.contests.ranking import Criterion, Ranking, Setting, Sheet, digest_of, rank


@dataclass(frozen=True)
class Count:
    """What a round comes to now. `missing` sheets keep it from being ranked."""

    missing: int
    ranking: Ranking | None
    digest: str


def count(round_: Round) -> Count:
    """Count a round from its sheets and votes; five queries."""
    entries = list(round_.entries.select_related("paper_votes"))
    judges = round_.judges.filter(withdrawn_at=None).count()
    sheets, setting = sheets_of(round_), setting_of(round_)
    missing = len(entries) * judges - len(sheets)
    if missing or not sheets:
        return Count(max(missing, 1), None, "")
    votes = {entry.pk: votes_of(entry) for entry in entries}
    ranking = rank(
        [entry.pk for entry in entries], sheets, setting, votes=votes,
        lots={entry.pk: entry.lot for entry in entries},
    )  # fmt: skip
    return Count(0, ranking, digest_of(sheets, setting, ranking))


def votes_of(entry) -> int:
    """Online and on paper together."""
    paper = getattr(entry, "paper_votes", None)
    return entry.votes + (paper.votes if paper else 0)


def setting_of(round_: Round) -> Setting:
    lines = round_.rubric.lines.all() if round_.rubric else []
    return Setting(
        tuple(Criterion(each.pk, each.most, each.weight, each.decides_ties) for each in lines),
        round_.drop_rule == Round.DropRule.EXTREMES,
        round_.vote_weight if round_.takes_votes else 0,
    )


def sheets_of(round_: Round) -> list[Sheet]:
    """The sheets that count: in force, of judges who stayed."""
    rows = (
        ScoreSheet.objects.filter(
            entry__round=round_, in_force=True, judge__withdrawn_at=None
        )
        .order_by("pk").prefetch_related("lines")
    )  # fmt: skip
    return [
        Sheet(row.judge_id, row.entry_id, {x.criterion_id: x.tenths for x in row.lines.all()})
        for row in rows
    ]
