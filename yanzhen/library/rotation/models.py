"""Manifests, book boxes, rotation plans and rebalancing proposals."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from yanzhen.library.holdings.models import Copy, Dispute, MoveDocument, Transit
from yanzhen.network.models import Node


class Manifest(models.Model):
    """One handing over of copies from a node to another 交接单: packed, handed over, closed."""

    from_node = models.ForeignKey(Node, models.PROTECT, related_name="manifests_out")
    to_node = models.ForeignKey(Node, models.PROTECT, related_name="manifests_in")
    document = models.OneToOneField(MoveDocument, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.CharField(max_length=80, blank=True)
    sent = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    come = models.PositiveIntegerField(null=True)
    disputed = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_node=F("to_node")), name="a_manifest_goes_somewhere_else"
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True, sent__isnull=True)
                | Q(handed_over_at__isnull=False, sent__isnull=False),
                name="what_is_handed_over_has_been_counted",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(
                    handed_over_at__isnull=False,
                    come__isnull=False,
                    disputed__isnull=False,
                    sent=F("come") + F("disputed"),
                ),
                name="what_was_sent_has_come_or_is_in_dispute",
            ),
        ]
        indexes = [
            models.Index(fields=["to_node", "closed_at"], name="manifest_in"),
            models.Index(fields=["from_node", "closed_at"], name="manifest_out"),
        ]

    @property
    def number(self) -> str:
        """What is printed and scanned: JJ and six digits."""
        return f"JJ{self.pk:06d}"


class Crate(models.Model):
    """One crate of a manifest 周转箱, with a label to scan."""

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="crates")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["manifest", "position"], name="crates_are_numbered_on_their_manifest"
            )
        ]

    @property
    def label(self) -> str:
        """The number on the crate: the manifest's, X, and which crate it is."""
        return f"{self.manifest.number}X{self.position}"


class ManifestLineQuerySet(models.QuerySet):
    def with_outcome(self):
        """Each line with what came of it; exactly one of `ManifestLine.Outcome`."""
        outcome = ManifestLine.Outcome
        return self.annotate(
            outcome=Case(
                When(
                    dispute__isnull=False,
                    dispute__ended_at__isnull=True,
                    then=Value(outcome.DISPUTED),
                ),
                When(dispute__isnull=False, then=Value(outcome.CLEARED)),
                When(transit__ended_at__isnull=True, then=Value(outcome.OPEN)),
                When(transit__ending=Transit.Ending.LOSS, then=Value(outcome.LOST)),
                When(transit__ending=Transit.Ending.ABORT, then=Value(outcome.CALLED_BACK)),
                When(
                    transit__ending=Transit.Ending.SCAN,
                    transit__ended_node=F("manifest__to_node"),
                    then=Value(outcome.RECEIVED),
                ),
                default=Value(outcome.ELSEWHERE),
            )
        )


class ManifestLine(models.Model):
    """One copy on a manifest. What came of it is read from its journey and never kept here."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("还没到")
        RECEIVED = "received", _("已收到")
        ELSEWHERE = "elsewhere", _("在别处扫到")
        CALLED_BACK = "called_back", _("没有发出")
        LOST = "lost", _("报告遗失")
        DISPUTED = "in_dispute", _("差异")
        CLEARED = "cleared", _("差异已查清")

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="lines")
    crate = models.ForeignKey(Crate, models.PROTECT, related_name="lines")
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="+")
    transit = models.ForeignKey(Transit, models.PROTECT, related_name="manifest_lines")
    packed_at = models.DateTimeField()
    packed_by = models.CharField(max_length=80)
    dispute = models.OneToOneField(Dispute, models.PROTECT, null=True, related_name="manifest_line")

    objects = ManifestLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["manifest", "copy"], name="a_copy_is_listed_once"),
            models.UniqueConstraint(
                fields=["transit"],
                condition=Q(dispute__isnull=True),
                name="a_journey_is_on_one_manifest",
            ),
        ]


class Surplus(models.Model):
    """Something that came with a manifest and was not on it; it was taken in all the same."""

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="surplus")
    barcode = models.CharField(max_length=60)
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20)

    class Meta:
        verbose_name_plural = "surplus"
        constraints = [
            models.UniqueConstraint(
                fields=["manifest", "barcode"], name="what_is_surplus_is_noted_once"
            )
        ]


class BookBox(models.Model):
    """A deposit of copies a branch lends to a service point as a whole 流动图书箱."""

    label = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    owner = models.ForeignKey(Node, models.PROTECT, related_name="book_boxes")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "book boxes"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_box_has_a_name")]

    def __str__(self) -> str:
        return self.name


class BoxCopy(models.Model):
    """A copy's time in a book box."""

    box = models.ForeignKey(BookBox, models.PROTECT, related_name="contents")
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="box_spells")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name_plural = "box copies"
        constraints = [
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(removed_at__isnull=True),
                name="a_copy_is_in_at_most_one_box",
            )
        ]


class RotationPlan(models.Model):
    """Where a book box is to stand, one place after the other 轮换计划."""

    name = models.CharField(max_length=60)
    box = models.ForeignKey(BookBox, models.PROTECT, related_name="plans")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_plan_has_a_name")]

    def __str__(self) -> str:
        return self.name


class RotationStage(models.Model):
    """One place of a plan, from a day until a day."""

    plan = models.ForeignKey(RotationPlan, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="stages_are_numbered_in_their_plan"
            ),
            models.CheckConstraint(
                condition=Q(until_day__gt=F("from_day")), name="a_stage_ends_after_it_begins"
            ),
        ]


class BoxStay(models.Model):
    """A box's time away from its branch, the manifest it went out on, and when it is due back."""

    box = models.ForeignKey(BookBox, models.PROTECT, related_name="stays")
    node = models.ForeignKey(Node, models.PROTECT, related_name="box_stays")
    manifest = models.OneToOneField(Manifest, models.PROTECT, related_name="box_stay")
    stage = models.OneToOneField(RotationStage, models.PROTECT, null=True, related_name="stay")
    began_at = models.DateTimeField()
    due_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    back = models.OneToOneField(Manifest, models.PROTECT, null=True, related_name="box_back")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["box"], condition=Q(ended_at__isnull=True), name="a_box_stands_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, back__isnull=True)
                | Q(ended_at__isnull=False, back__isnull=False),
                name="a_box_leaves_on_a_manifest",
            ),
        ]


class ShelfRoom(models.Model):
    """How many copies a branch has shelves for; without a row a tenth more than it holds."""

    node = models.OneToOneField(Node, models.PROTECT, related_name="shelf_room")
    copies = models.PositiveIntegerField()


class RebalancingProposal(models.Model):
    """What to move where so that books stand where they are read 调拨建议."""

    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    months = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=list)


class RebalancingLine(models.Model):
    """So many copies of a class from one branch to another, with the reasons; a person decides."""

    class Decision(models.TextChoices):
        WAITING = "", _("等您决定")
        ACCEPTED = "accepted", _("已采纳")
        REFUSED = "refused", _("不采纳")

    proposal = models.ForeignKey(RebalancingProposal, models.CASCADE, related_name="lines")
    clc = models.CharField(max_length=4, blank=True)
    from_node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    to_node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    reasons = models.JSONField(default=dict)
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.WAITING, blank=True
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    document = models.OneToOneField(MoveDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "clc", "from_node", "to_node"], name="a_move_is_proposed_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_node=F("to_node")), name="a_proposal_goes_somewhere_else"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_decision_says_when",
            ),
            models.CheckConstraint(
                condition=(Q(decision="accepted") & Q(document__isnull=False))
                | (~Q(decision="accepted") & Q(document__isnull=True)),
                name="only_what_was_accepted_moves",
            ),
        ]


class RebalancingPick(models.Model):
    """One copy of a line. `sent` once its journey began; a person may leave it where it is."""

    line = models.ForeignKey(RebalancingLine, models.CASCADE, related_name="picks")
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="+")
    sent = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "copy"], name="a_copy_is_picked_once")
        ]
