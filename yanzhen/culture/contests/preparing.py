"""Opening a contest and its rounds, writing the rubric, entering teams, naming judges."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from yanzhen.culture.activities.models import Session
from yanzhen.culture.contests import rules
from yanzhen.culture.contests.facts import RoundAnnounced
from yanzhen.culture.contests.models import Contest, Entry, Judge, Round, Rubric, RubricLine, Team
from yanzhen.culture.contests.opened import held
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network.models import Cluster, Division, Node
from yanzhen.people.access import require
from yanzhen.people.models import Person
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


@transaction.atomic
def open_contest(
    *,
    name: str,
    year: int,
    node: Node,
    clusters: Collection[Cluster],
    by: Actor,
    at: dt.datetime,
    name_en: str = "",
) -> Contest:
    """Open a contest with one draft heat a cluster and the final. Raises Refused."""
    require(by, PLAN_ACTIVITIES, node)
    there = Contest.objects.filter(year=year, name=name.strip())
    refuse_first(rules.a_contest_is_opened_once_a_year(name, there.exists(), bool(clusters)))
    contest = Contest.objects.create(name=name.strip(), name_en=name_en, year=year, node=node)
    contest.clusters.set(clusters)
    Round.objects.bulk_create(
        Round(contest=contest, cluster=cluster, node=node) for cluster in [*clusters, None]
    )
    audit.write(
        by=by, at=at, action="contest.opened", subject=f"contest:{contest.pk}", place=node.code,
        name=name, year=year,
    )  # fmt: skip
    return contest


@transaction.atomic
def hold(
    round_id: int, *, node: Node, session: Session | None, by: Actor, at: dt.datetime
) -> Round:
    """Say which branch runs a round and in which session it is held. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.contest.node)
    refuse_first(rules.the_order_stands_once_scoring_begins(round_.state))
    round_.node, round_.session = node, session
    round_.save(update_fields=["node", "session"])
    audit.write(
        by=by, at=at, action="contest.held", subject=f"round:{round_.pk}", place=node.code,
        session=session.pk if session else None,
    )  # fmt: skip
    return round_


@transaction.atomic
def write_rubric(
    contest: Contest, lines: Sequence[tuple[str, int, int]], *, by: Actor, at: dt.datetime
) -> Rubric:
    """Write the next version: (criterion, most points, weight) each, the first decides ties.

    Rounds without a sheet take it; a round that has one keeps the version it began with (I15).
    Raises Refused.
    """
    require(by, PLAN_ACTIVITIES, contest.node)
    refuse_first(rules.the_weights_of_a_rubric_make_a_hundred(lines))
    Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    rubric = Rubric.objects.create(
        contest=contest, version=contest.rubrics.count() + 1, written_at=at, written_by=by.name
    )
    RubricLine.objects.bulk_create(
        RubricLine(
            rubric=rubric, position=n, criterion=criterion, most=most, weight=weight,
            decides_ties=n == 1,
        )
        for n, (criterion, most, weight) in enumerate(lines, 1)
    )  # fmt: skip
    before = contest.rounds.filter(state__in=[Round.State.DRAFT, Round.State.OPEN])
    before.update(rubric=rubric)
    audit.write(
        by=by, at=at, action="contest.rubric-written", subject=f"contest:{contest.pk}",
        place=contest.node.code, version=rubric.version,
    )  # fmt: skip
    return rubric


@transaction.atomic
def set_vote(
    round_id: int,
    *,
    opens: dt.datetime | None,
    closes: dt.datetime | None,
    weight: int,
    by: Actor,
    at: dt.datetime,
) -> Round:
    """Say when the public may vote and how much that weighs (of 100, at most 20)."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    refuse_first(
        rules.a_round_is_prepared_before_its_programme_is_public(round_.state),
        rules.a_vote_closes_after_it_opens(opens, closes),
        rules.the_public_vote_weighs_at_most_a_fifth(weight),
    )
    round_.vote_opens_at, round_.vote_closes_at, round_.vote_weight = opens, closes, weight
    round_.save(update_fields=["vote_opens_at", "vote_closes_at", "vote_weight"])
    audit.write(
        by=by, at=at, action="contest.vote-set", subject=f"round:{round_.pk}",
        place=round_.node.code, weight=weight,
    )  # fmt: skip
    return round_


@transaction.atomic
def enter(
    round_id: int,
    *,
    town: Division,
    team_name: str,
    leader: str,
    members: int,
    name: str,
    minutes: int,
    change_over: int = 2,
    music: str = "",
    props: str = "",
    by: Actor,
    at: dt.datetime,
) -> Entry:
    """Enter a town's team with what it shows, at the end of the order. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    title = (team_name or town.name).strip()
    entered = round_.entries.filter(team__division=town, team__name=title)
    judged_towns = round_.judges.filter(withdrawn_at=None, division=town)
    refuse_first(
        rules.a_round_is_prepared_before_its_programme_is_public(round_.state),
        rules.a_team_enters_its_own_heat(_is_of(round_, town, at), town.label),
        rules.a_team_enters_a_round_once(entered.exists()),
        rules.an_entry_has_a_name_and_a_length(name, minutes, change_over),
        *[rules.nobody_judges_their_own_town(town.pk, {town.pk}, j.name) for j in judged_towns],
    )
    team, _made = Team.objects.update_or_create(
        division=town, name=title, defaults={"leader": leader.strip(), "members": max(members, 1)}
    )
    entry = Entry.objects.create(
        round=round_, team=team, name=name.strip(), minutes=minutes, change_over=change_over,
        music=music.strip(), props=props.strip(), position=round_.entries.count() + 1,
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="contest.entered", subject=f"round:{round_.pk}",
        place=round_.node.code, team=team.name, name=entry.name,
    )  # fmt: skip
    return entry


def _is_of(round_: Round, town: Division, at: dt.datetime) -> bool:
    """A heat is for the towns of its cluster; into the final one comes by a heat."""
    if round_.cluster is None:
        return False
    return town.cluster_spells.on(local_day(at)).filter(cluster=round_.cluster).exists()


@transaction.atomic
def name_judge(
    round_id: int,
    *,
    name: str,
    division: Division | None,
    by: Actor,
    at: dt.datetime,
    person: Person | None = None,
) -> Judge:
    """Name a judge of a round; without `person` the sheets are of paper. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    towns = set(round_.entries.values_list("team__division_id", flat=True))
    refuse_first(
        rules.the_order_stands_once_scoring_begins(round_.state),
        rules.a_judge_has_a_name(name, set(round_.judges.values_list("name", flat=True))),
        rules.nobody_judges_their_own_town(division.pk if division else None, towns, name),
    )
    judge = Judge.objects.create(round=round_, name=name.strip(), division=division, person=person)
    audit.write(
        by=by, at=at, action="contest.judge-named", subject=f"round:{round_.pk}",
        place=round_.node.code, judge=judge.name,
    )  # fmt: skip
    return judge


@transaction.atomic
def announce(round_id: int, *, by: Actor, at: dt.datetime) -> Round:
    """Make the programme public: entries, order and judges. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    entries = round_.entries.count()
    refuse_first(
        rules.a_round_is_prepared_before_its_programme_is_public(round_.state),
        rules.a_programme_needs_entries_judges_and_a_rubric(
            entries, round_.judges.filter(withdrawn_at=None).count(), round_.rubric is not None
        ),
    )
    round_.state = Round.State.OPEN
    round_.save(update_fields=["state"])
    audit.write(
        by=by, at=at, action="contest.announced", subject=f"round:{round_.pk}",
        place=round_.node.code, entries=entries,
    )  # fmt: skip
    outbox.record(RoundAnnounced(round_.pk, entries), at=at)
    return round_
