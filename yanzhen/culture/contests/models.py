"""The contest of the towns: rounds, entries, judges, their sheets, the public vote, results."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities.models import Session
from yanzhen.network.models import Cluster, Division, Labelled, Node
from yanzhen.people.models import Person


class Contest(Labelled, models.Model):
    """One year's contest: a heat in each cluster, then the county final. `node` runs the final."""

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160, blank=True)
    year = models.PositiveSmallIntegerField()
    node = models.ForeignKey(Node, models.PROTECT, related_name="contests")
    clusters = models.ManyToManyField(Cluster, related_name="contests")

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="a_contest_is_opened_once_a_year")
        ]


class Rubric(models.Model):
    """One version of what judges look at. Frozen by the first sheet written to it."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rubrics")
    version = models.PositiveSmallIntegerField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "version"], name="a_rubric_version_is_written_once"
            )
        ]


class RubricLine(models.Model):
    """One criterion: at most `most` points; `weight` of 100 in the total of a judge.

    `decides_ties` marks the artistic criterion that is looked at first when totals are equal.
    """

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=40)
    most = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    decides_ties = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "position"], name="a_criterion_has_a_place"),
            models.CheckConstraint(
                condition=Q(most__gte=1, weight__gte=1, weight__lte=100),
                name="a_criterion_has_points_and_weight",
            ),
            models.UniqueConstraint(
                fields=["rubric"], condition=Q(decides_ties=True), name="one_criterion_decides_ties"
            ),
        ]


class Round(models.Model):
    """A heat of one cluster, or the final of the county. `node` runs it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("筹备中")
        OPEN = "open", _("节目单已公布")
        JUDGING = "judging", _("评分中")
        PUBLISHED = "published", _("成绩已公布")

    class DropRule(models.TextChoices):
        NONE = "none", _("不去分")
        EXTREMES = "extremes", _("去掉一个最高总分和一个最低总分（不少于 5 名评委）")

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rounds")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="heats")
    node = models.ForeignKey(Node, models.PROTECT, related_name="rounds")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="rounds")
    rubric = models.ForeignKey(Rubric, models.PROTECT, null=True, related_name="rounds")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    drop_rule = models.CharField(max_length=10, choices=DropRule.choices, default=DropRule.EXTREMES)
    advancing = models.PositiveSmallIntegerField(default=2)
    vote_weight = models.PositiveSmallIntegerField(default=10)
    vote_opens_at = models.DateTimeField(null=True)
    vote_closes_at = models.DateTimeField(null=True)
    order_seed = models.CharField(max_length=60, blank=True)
    order_note = models.CharField(max_length=200, blank=True)
    lots_seed = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = [F("cluster_id").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "cluster"], name="one_heat_a_cluster_and_contest"
            ),
            models.UniqueConstraint(
                fields=["contest"], condition=Q(cluster=None), name="one_final_a_contest"
            ),
            models.CheckConstraint(
                condition=Q(vote_weight__lte=20), name="the_public_vote_weighs_at_most_a_fifth"
            ),
            models.CheckConstraint(
                condition=Q(vote_opens_at=None, vote_closes_at=None)
                | Q(vote_closes_at__gt=F("vote_opens_at")),
                name="a_vote_closes_after_it_opens",
            ),
        ]

    @property
    def is_final(self) -> bool:
        return self.cluster_id is None

    @property
    def takes_votes(self) -> bool:
        """Votes count in this round, whenever they may be given."""
        return self.vote_opens_at is not None and self.vote_weight > 0

    def votes_are_open(self, at) -> bool:
        return (
            self.state in (self.State.OPEN, self.State.JUDGING)
            and self.vote_opens_at is not None
            and self.vote_opens_at <= at < self.vote_closes_at
        )


class Team(Labelled, models.Model):
    """An amateur team 群众团队 of a town."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    leader = models.CharField(max_length=40)
    members = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["division__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "name"], name="a_town_names_a_team_once"),
            models.CheckConstraint(condition=Q(members__gte=1), name="a_team_has_members"),
        ]


class Entry(Labelled, models.Model):
    """What a team shows in a round. `minutes` on the stage, then `change_over` minutes.

    `votes` counts the ballots given online; nothing ties one to a voter. `lot` is what was drawn
    where nothing else parted two equals.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="entries")
    team = models.ForeignKey(Team, models.PROTECT, related_name="entries")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField()
    change_over = models.PositiveSmallIntegerField(default=2)
    music = models.CharField(max_length=80, blank=True)
    props = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField()
    votes = models.PositiveIntegerField(default=0)
    lot = models.PositiveSmallIntegerField(null=True)
    came_from = models.ForeignKey(Round, models.PROTECT, null=True, related_name="sent_on")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "team"], name="a_team_enters_a_round_once"),
            models.UniqueConstraint(
                fields=["round", "position"], name="a_place_in_the_order_is_given_once"
            ),
            models.UniqueConstraint(fields=["round", "lot"], name="a_lot_is_drawn_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, minutes__gte=1, minutes__lte=30),
                name="an_entry_has_a_place_and_a_length",
            ),
        ]


class Judge(models.Model):
    """Named for one round: with a sign-in (`person`), or by name with a sheet of paper."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="judges")
    name = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="judgeships")
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="judges")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="a_round_names_a_judge_once"),
            models.UniqueConstraint(
                fields=["round", "person"], name="a_person_judges_a_round_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
                name="a_judge_withdraws_with_a_reason",
            ),
        ]


class ScoreSheet(models.Model):
    """What a judge gave an entry. A change is a new version; the older ones stay as they were."""

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    version = models.PositiveSmallIntegerField(default=1)
    in_force = models.BooleanField(default=True)
    on_paper = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["entry__position", "judge_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "entry", "version"], name="a_sheet_version_is_written_once"
            ),
            models.UniqueConstraint(
                fields=["judge", "entry"], condition=Q(in_force=True),
                name="one_sheet_in_force_a_judge_and_entry",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="a_changed_sheet_says_why"
            ),
        ]  # fmt: skip


class ScoreLine(models.Model):
    """The points for one criterion, in tenths: 95 is 9.5."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="lines")
    criterion = models.ForeignKey(RubricLine, models.PROTECT, related_name="+")
    tenths = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="a_criterion_is_given_once")
        ]


class Ballot(models.Model):
    """That somebody has voted in a round: a keyed digest of who, and never for whom."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="ballots")
    voter = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "voter"], name="one_vote_a_person_and_round")
        ]


class PaperVotes(models.Model):
    """Paper votes for an entry, counted by two people."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="paper_votes")
    votes = models.PositiveIntegerField()
    counted_by = models.CharField(max_length=40)
    second_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(counted_by=F("second_by")) & ~Q(counted_by="") & ~Q(second_by=""),
                name="paper_votes_are_counted_by_two",
            )
        ]


class Result(models.Model):
    """A published result. A later one replaces it and leaves it standing.

    `digest` is SHA-256 over what it was computed from and what came out.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="a_result_version_once"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="a_new_result_says_why"
            ),
        ]


class ResultLine(models.Model):
    """An entry's place. Scores in thousandths of a point of 100: 93250 is 93.25."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="lines")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="result_lines")
    rank = models.PositiveSmallIntegerField()
    judged = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    tie_rule = models.CharField(max_length=10, blank=True)
    advances = models.BooleanField(default=False)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["result", "rank"], name="a_rank_is_given_once"),
            models.UniqueConstraint(fields=["result", "entry"], name="an_entry_is_ranked_once"),
        ]
