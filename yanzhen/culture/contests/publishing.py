"""Publishing a result with all its sheets, drawing lots, sending the best on to the final."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from yanzhen.culture.contests import rules
from yanzhen.culture.contests.counting import Count, count
from yanzhen.culture.contests.facts import RoundPublished
from yanzhen.culture.contests.models import Entry, Result, ResultLine, Round
from yanzhen.culture.contests.opened import held
from yanzhen.culture.contests.ordering import close_up, key_of
from yanzhen.culture.contests.ranking import drawn_order, thousandths
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


@transaction.atomic
def publish(round_id: int, *, by: Actor, at: dt.datetime) -> Result:
    """Count the round and publish its result with every sheet. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    vote_over = round_.vote_closes_at is None or round_.vote_closes_at <= at
    refuse_first(
        rules.sheets_are_taken_between_programme_and_result(round_.state, False),
        rules.a_result_is_published_after_the_vote(vote_over),
    )
    result = _store(round_, reason="", by=by, at=at)
    round_.state = Round.State.PUBLISHED
    round_.save(update_fields=["state"])
    return result


def publish_anew(round_: Round, reason: str, *, by: Actor, at: dt.datetime) -> Result | None:
    """The next version of a result that is public already; nothing where none is.

    For use inside a use-case that holds the round. Raises Refused.
    """
    if round_.state != Round.State.PUBLISHED:
        return None
    return _store(round_, reason=reason, by=by, at=at)


def _store(round_: Round, *, reason: str, by: Actor, at: dt.datetime) -> Result:
    counted = count(round_)
    refuse_first(
        rules.a_result_is_published_when_every_sheet_is_in(counted.missing),
        rules.equals_are_parted_by_lot(undecided_teams(round_, counted)),
    )
    assert counted.ranking
    version = (round_.results.aggregate(last=Max("version"))["last"] or 0) + 1
    result = Result.objects.create(
        round=round_, version=version, digest=counted.digest, reason=reason, published_at=at,
        published_by=by.name,
    )  # fmt: skip
    advancing = 0 if round_.is_final else round_.advancing
    ResultLine.objects.bulk_create(
        ResultLine(
            result=result, entry_id=each.entry_id, rank=each.rank, votes=each.votes,
            judged=thousandths(each.judged), total=thousandths(each.total),
            tie_rule=each.tie_rule, advances=each.rank <= advancing,
        )
        for each in counted.ranking.places
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="contest.published", subject=f"round:{round_.pk}",
        place=round_.node.code, version=version, digest=counted.digest, reason=reason,
    )  # fmt: skip
    outbox.record(RoundPublished(round_.pk, version, counted.digest), at=at)
    return result


def undecided_teams(round_: Round, counted: Count) -> list[str]:
    """Teams only a lot can part."""
    undecided = counted.ranking.undecided if counted.ranking else ()
    entries = round_.entries.filter(pk__in=undecided).select_related("team__division")
    return [f"{entry.team.division.name}{entry.team.name}" for entry in entries]


@transaction.atomic
def draw_lots(round_id: int, seed: str, *, by: Actor, at: dt.datetime) -> Round:
    """Draw lots for all entries from a seed said in public; they part equals only."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    refuse_first(
        rules.a_draw_has_a_published_seed(seed),
        rules.sheets_are_taken_between_programme_and_result(round_.state, False),
    )
    entries = {key_of(each): each for each in round_.entries.select_related("team__division")}
    round_.entries.update(lot=None)
    for lot, key in enumerate(drawn_order(entries, f"lots:{seed.strip()}"), 1):
        entries[key].lot = lot
    Entry.objects.bulk_update(entries.values(), ["lot"])
    round_.lots_seed = seed.strip()
    round_.save(update_fields=["lots_seed"])
    audit.write(
        by=by, at=at, action="contest.lots-drawn", subject=f"round:{round_.pk}",
        place=round_.node.code, seed=round_.lots_seed,
    )  # fmt: skip
    return round_


@transaction.atomic
def advance(heat_id: int, *, by: Actor, at: dt.datetime) -> int:
    """Enter a heat's best into the draft final, in place of whom it had sent before.

    Returns how many. What they show comes along and may be changed there. Raises Refused.
    """
    heat = held(heat_id)
    require(by, PLAN_ACTIVITIES, heat.contest.node)
    final = held(heat.contest.rounds.values_list("pk", flat=True).get(cluster=None))
    refuse_first(
        rules.teams_go_on_after_the_result(
            heat.state == Round.State.PUBLISHED and not heat.is_final,
            final.state == Round.State.DRAFT,
        )
    )
    lines = heat.results.all()[0].lines.filter(advances=True).select_related("entry__team")
    towns = {line.entry.team.division_id for line in lines}
    refuse_first(
        *[
            rules.nobody_judges_their_own_town(judge.division_id, towns, judge.name)
            for judge in final.judges.filter(withdrawn_at=None)
        ]
    )
    final.entries.filter(came_from=heat).delete()
    close_up(final)
    sent = Entry.objects.bulk_create(
        Entry(
            round=final, team=line.entry.team, name=line.entry.name, name_en=line.entry.name_en,
            minutes=line.entry.minutes, change_over=line.entry.change_over,
            music=line.entry.music, props=line.entry.props, came_from=heat, position=position,
        )
        for position, line in enumerate(lines, final.entries.count() + 1)
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="contest.advanced", subject=f"round:{heat.pk}",
        place=heat.node.code, entries=len(sent),
    )  # fmt: skip
    return len(sent)
