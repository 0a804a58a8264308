"""Every rule: with its words, at the database where it can hold, and in the use-case."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.county import MONDAY, person, staff
from yanzhen.culture.contests import judging, ordering, preparing, publishing, voting
from yanzhen.culture.contests.invariants import INVARIANTS
from yanzhen.culture.contests.models import (
    Ballot,
    Entry,
    Judge,
    PaperVotes,
    ResultLine,
    Round,
    RubricLine,
    ScoreSheet,
)
from yanzhen.culture.contests.tests.makers import HOUR, RUBRIC, contest, enter, give, judge_all
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(place):
    return contest(place)


def sound() -> list[str]:
    return [sentence for invariant in INVARIANTS for sentence in invariant()]


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}:")


def voter(name: str = "读者甲") -> Actor:
    return Actor(account_id=None, person_id=person(name).pk, name=name)


def with_vote(made) -> None:
    preparing.set_vote(
        made.heat.pk, opens=MONDAY - HOUR, closes=MONDAY + HOUR, weight=20, by=made.by, at=MONDAY
    )


def test_a_contest_is_opened_once_a_year(made, place):
    clusters = list(made.contest.clusters.all())
    with refused("contest-not-opened"):
        preparing.open_contest(
            name="竞演", year=2026, node=place.hub, clusters=clusters, by=made.by, at=MONDAY
        )


def test_the_weights_of_a_rubric_make_a_hundred(made):
    with refused("rubric-incomplete"):
        preparing.write_rubric(made.contest, RUBRIC[:2], by=made.by, at=MONDAY)


def test_a_team_enters_its_own_heat(made, place):
    with refused("team-of-another-cluster"):
        enter(made.heat, place.danshan, "号子", made.by)
    with refused("team-of-another-cluster"):
        enter(made.final, place.danshan, "号子", made.by)


def test_a_team_enters_a_round_once(made, place):
    with refused("team-entered-already"):
        enter(made.heat, place.zhonghe, "龙灯", made.by)


def test_nobody_judges_their_own_town(made, place):
    town = place.zhonghe.site.division
    with refused("judge-of-own-town"):
        preparing.name_judge(made.heat.pk, name="本镇人", division=town, by=made.by, at=MONDAY)
    judge = Judge.objects.create(round=made.heat, name="本镇人", division=town)
    entry = made.heat.entries.get(team__division=town)
    with pytest.raises(DatabaseError), transaction.atomic():
        ScoreSheet.objects.create(judge=judge, entry=entry, written_at=MONDAY, written_by="王")


def test_a_team_does_not_enter_where_its_own_town_judges(made, place):
    town = place.danshan.site.division
    preparing.name_judge(made.west.pk, name="丹山人", division=town, by=made.by, at=MONDAY)
    with refused("judge-of-own-town"):
        enter(made.west, place.danshan, "号子", made.by)


def test_a_programme_needs_entries_judges_and_a_rubric(made):
    with refused("programme-incomplete"):
        preparing.announce(made.west.pk, by=made.by, at=MONDAY)


def test_a_round_is_prepared_before_its_programme_is_public(made, place):
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    with refused("programme-is-public"):
        enter(made.heat, place.linjiang, "又一个", made.by)
    assert Fact.objects.filter(kind="RoundAnnounced").exists()


def test_an_entry_is_withdrawn_before_its_programme_is_public_and_the_order_closes_up(made, place):
    first, *others = made.heat.entries.all()
    told = {"by": made.by, "at": MONDAY}
    with refused("contest-without-reason"):
        ordering.withdraw(made.heat.pk, first.pk, reason=" ", **told)
    with refused("entry-not-found"):
        ordering.withdraw(made.west.pk, first.pk, reason="演员受伤", **told)
    gone = ordering.withdraw(made.heat.pk, first.pk, reason="演员受伤", **told)
    assert gone.name == first.name
    assert list(made.heat.entries.values_list("pk", "position")) == [
        (each.pk, position) for position, each in enumerate(others, 1)
    ]
    line = AuditEntry.objects.get(action="contest.entry-withdrawn")
    assert line.detail["reason"] == "演员受伤"
    again = enter(made.heat, place.zhonghe, "又来", made.by)
    assert again.position == len(others) + 1
    preparing.announce(made.heat.pk, **told)
    with refused("programme-is-public"):
        ordering.withdraw(made.heat.pk, again.pk, reason="演员受伤", **told)


def test_a_clerk_of_another_branch_runs_nothing_here(made, place):
    officer = staff(place.danshan, "culture_officer")
    with refused("not-your-branch"):
        preparing.announce(made.heat.pk, by=officer, at=MONDAY)
    preparing.hold(made.west.pk, node=place.danshan, session=None, by=made.by, at=MONDAY)
    enter(Round.objects.get(pk=made.west.pk), place.danshan, "号子", officer)
    assert made.west.entries.count() == 1


def test_places_in_the_order_are_one_to_n_after_draws_and_moves(made):
    before = list(made.heat.entries.values_list("pk", flat=True))
    ordering.move(made.heat.pk, before[1], up=True, reason="孩子早睡", by=made.by, at=MONDAY)
    assert list(made.heat.entries.values_list("pk", flat=True)) == before[::-1]
    ordering.move(made.heat.pk, before[1], up=True, reason="孩子早睡", by=made.by, at=MONDAY)
    ordering.draw_order(made.heat.pk, "1126-305", by=made.by, at=MONDAY)
    made.heat.refresh_from_db()
    assert (made.heat.order_seed, made.heat.order_note) == ("1126-305", "")
    assert sound() == []
    Entry.objects.filter(pk=before[0]).update(position=9)
    assert len(sound()) == 1


def test_a_move_by_hand_says_why_and_a_draw_says_its_seed(made):
    entry = made.heat.entries.first()
    with refused("contest-without-reason"):
        ordering.move(made.heat.pk, entry.pk, up=False, reason=" ", by=made.by, at=MONDAY)
    with refused("draw-without-seed"):
        ordering.draw_order(made.heat.pk, "", by=made.by, at=MONDAY)


def test_the_order_stands_once_scoring_begins(made):
    judge_all(made)
    with refused("scoring-has-begun"):
        ordering.draw_order(made.heat.pk, "1", by=made.by, at=MONDAY)


def test_the_first_sheet_freezes_the_rubric_and_a_new_one_is_a_new_version(made):
    judge_all(made)
    rubric = made.contest.rubrics.get()
    assert rubric.frozen_at == MONDAY
    with pytest.raises(DatabaseError), transaction.atomic():
        RubricLine.objects.filter(rubric=rubric).update(weight=1)
    newer = preparing.write_rubric(made.contest, RUBRIC[::-1], by=made.by, at=MONDAY)
    made.heat.refresh_from_db()
    made.west.refresh_from_db()
    assert (newer.version, made.west.rubric_id, made.heat.rubric_id) == (2, newer.pk, rubric.pk)


def test_sheets_are_taken_between_programme_and_result(made):
    with refused("no-scoring-now"):
        give(made.heat.judges.first(), made.heat.entries.first(), (80, 80, 80), made.by)


@pytest.mark.parametrize("tenths", [(101, 0, 0), (-1, 0, 0)])
def test_a_sheet_gives_points_for_every_criterion(made, tenths):
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    judge, entry = made.heat.judges.first(), made.heat.entries.first()
    with refused("sheet-incomplete"):
        give(judge, entry, tenths, made.by)
    with refused("sheet-incomplete"):
        judging.hand_in(judge.pk, entry.pk, {}, by=made.by, at=MONDAY)


def test_a_judge_scores_with_own_hand(made):
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    judge, entry = made.heat.judges.first(), made.heat.entries.first()
    own, other = voter("评委1"), voter("别人")
    Judge.objects.filter(pk=judge.pk).update(person=own.person_id)
    with refused("not-this-judge"):
        give(judge, entry, (80, 80, 80), other)
    sheet = give(judge, entry, (80, 80, 80), own)
    assert not sheet.on_paper


def test_a_late_change_says_why_and_the_original_stays(made):
    judge_all(made)
    judge, entry = made.heat.judges.first(), made.heat.entries.first()
    with refused("contest-without-reason"):
        give(judge, entry, (70, 70, 70), made.by)
    changed = give(judge, entry, (70, 70, 70), made.by, reason="抄错一行")
    first, second = ScoreSheet.objects.filter(judge=judge, entry=entry)
    assert (first.in_force, second.pk, second.version) == (False, changed.pk, 2)
    assert [line.tenths for line in first.lines.all()] == [80, 80, 80]
    with pytest.raises(DatabaseError), transaction.atomic():
        first.lines.update(tenths=1)
    entry = AuditEntry.objects.get(action="contest.sheet-changed")
    assert entry.detail["reason"] == "抄错一行"
    assert Fact.objects.filter(kind="SheetChanged").count() == 1


def test_one_sheet_in_force_a_judge_and_entry(made):
    judge_all(made)
    old = ScoreSheet.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.create(
            judge=old.judge, entry=old.entry, version=2, reason="x", written_at=MONDAY,
            written_by="王",
        )  # fmt: skip


def test_five_judges_score_and_the_ranking_is_published(made):
    """R10. The second gets .1 to .5 more than 9: without extremes the mean is 9.2."""
    judge_all(made)
    result = publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    lines = list(result.lines.all())
    assert [line.entry.name for line in lines] == ["渔歌", "龙灯"]
    assert [line.total for line in lines] == [92_000, 82_000]
    assert Fact.objects.filter(kind="RoundPublished").count() == 1
    assert sound() == []
    ResultLine.objects.filter(pk=lines[0].pk).update(total=1)
    assert len(sound()) == 1


def test_a_result_is_published_when_every_sheet_is_in(made):
    judge_all(made)
    judge = made.heat.judges.first()
    judge.sheets.all()[0].lines.all().delete()
    judge.sheets.all()[0].delete()
    with refused("sheets-missing"):
        publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    judging.withdraw_judge(judge.pk, reason="生病", by=made.by, at=MONDAY)
    assert publishing.publish(made.heat.pk, by=made.by, at=MONDAY).version == 1


def test_a_result_is_published_after_the_vote(made):
    with_vote(made)
    judge_all(made)
    with refused("vote-still-open"):
        publishing.publish(made.heat.pk, by=made.by, at=MONDAY)


def test_a_withdrawn_judge_makes_a_new_result_and_the_old_one_stays(made):
    judge_all(made)
    publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    judge = made.heat.judges.last()
    judging.withdraw_judge(judge.pk, reason="亲属参赛", by=made.by, at=MONDAY)
    newer, older = made.heat.results.all()
    assert (newer.version, newer.reason) == (2, "亲属参赛")
    # Four judges: nothing is dropped any more; 9.0 to 9.3.
    assert [newer.lines.get(rank=1).total, older.lines.get(rank=1).total] == [91_500, 92_000]
    assert sound() == []
    with refused("judge-withdrawn"):
        judging.withdraw_judge(judge.pk, reason="再退", by=made.by, at=MONDAY)


def test_a_change_after_the_result_makes_a_new_result(made):
    judge_all(made)
    publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    for judge in made.heat.judges.all():
        give(judge, made.heat.entries.first(), (99, 99, 99), made.by, reason="录错节目")
    newest = made.heat.results.first()
    assert (newest.version, newest.lines.get(rank=1).entry.name) == (6, "龙灯")
    assert sound() == []


def test_equals_are_parted_by_lot(made):
    judge_all(made, marks=((80, 80, 80), (80, 80, 80)))
    with refused("lots-needed"):
        publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    publishing.draw_lots(made.heat.pk, "1126-7", by=made.by, at=MONDAY)
    result = publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    assert [line.tie_rule for line in result.lines.all()] == ["lot", "lot"]
    assert [line.entry.lot for line in result.lines.all()] == [1, 2]


def test_the_best_go_on_to_the_final_once(made):
    Round.objects.filter(pk=made.heat.pk).update(advancing=1)
    judge_all(made)
    with refused("not-time-to-advance"):
        publishing.advance(made.heat.pk, by=made.by, at=MONDAY)
    publishing.publish(made.heat.pk, by=made.by, at=MONDAY)
    for _again in range(2):
        assert publishing.advance(made.heat.pk, by=made.by, at=MONDAY) == 1
    entry = made.final.entries.get()
    assert (entry.name, entry.came_from_id, entry.position) == ("渔歌", made.heat.pk, 1)


def test_one_vote_a_person_and_round(made):
    with_vote(made)
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    one, entry = voter(), made.heat.entries.last()
    voting.vote(entry.pk, has_card=True, by=one, at=MONDAY)
    with refused("voted-already"):
        voting.vote(made.heat.entries.first().pk, has_card=True, by=one, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(round=made.heat, voter=Ballot.objects.get().voter)
    entry.refresh_from_db()
    assert entry.votes == 1
    assert sound() == []
    Entry.objects.filter(pk=entry.pk).update(votes=2)
    assert len(sound()) == 1


def test_no_row_says_who_voted_for_whom(made):
    with_vote(made)
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    voting.vote(made.heat.entries.last().pk, has_card=True, by=voter("读者乙"), at=MONDAY)
    assert {field.name for field in Ballot._meta.get_fields()} == {"id", "round", "voter"}
    line = AuditEntry.objects.get(action="contest.voted")
    assert (line.by_id, line.by_name, line.detail) == (None, "投票人", {})


@pytest.mark.parametrize("at", [MONDAY - dt.timedelta(hours=2), MONDAY + HOUR])
def test_votes_are_given_while_the_vote_is_open(made, at):
    with_vote(made)
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    with refused("vote-closed"):
        voting.vote(made.heat.entries.first().pk, has_card=True, by=voter(), at=at)


def test_only_a_card_holder_votes(made):
    with_vote(made)
    preparing.announce(made.heat.pk, by=made.by, at=MONDAY)
    with refused("voter-without-card"):
        voting.vote(made.heat.entries.first().pk, has_card=False, by=voter(), at=MONDAY)


def test_paper_votes_are_counted_by_two_and_weigh_like_others(made):
    with_vote(made)
    judge_all(made)
    first, second = made.heat.entries.all()
    told = {"by": made.by, "at": MONDAY}
    with refused("paper-votes-by-one"):
        voting.enter_paper_votes(
            made.heat.pk, {first.pk: 9}, counted_by="甲", second_by="甲 ", **told
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperVotes.objects.create(
            entry=first, votes=1, counted_by="甲", second_by="甲", entered_at=MONDAY
        )
    votes = {first.pk: 50, second.pk: 5}
    voting.enter_paper_votes(made.heat.pk, votes, counted_by="甲", second_by="乙", **told)
    result = publishing.publish(made.heat.pk, by=made.by, at=MONDAY + HOUR)
    # 82 x .8 + 100 x .2 = 85.6 against 92 x .8 + 10 x .2 = 75.6.
    assert [line.total for line in result.lines.all()] == [85_600, 75_600]


def test_the_public_vote_weighs_at_most_a_fifth(made):
    times = {"opens": MONDAY, "closes": MONDAY + HOUR, "by": made.by, "at": MONDAY}
    with refused("vote-weight"):
        preparing.set_vote(made.heat.pk, weight=21, **times)
    with refused("vote-times"):
        preparing.set_vote(made.heat.pk, weight=10, **(times | {"closes": MONDAY}))
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=made.heat.pk).update(vote_weight=21)
