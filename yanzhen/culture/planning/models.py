"""What is intended for the festivals of a year, which festival a session counts for, reminders."""

from django.db import models
from django.db.models import Q

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.almanac.models import Festival
from yanzhen.network.models import Cluster, Node


class PlanLineQuerySet(models.QuerySet):
    def live(self):
        return self.filter(dropped_at=None)


class PlanLine(models.Model):
    """An intention: in this festival's window of this year, this branch does this for its cluster.

    `activity` is what became of it. A dropped line stays, with its reason.
    """

    year = models.PositiveSmallIntegerField()
    festival = models.CharField(max_length=12, choices=Festival.choices)
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="plan_lines")
    node = models.ForeignKey(Node, models.PROTECT, related_name="plan_lines")
    title = models.CharField(max_length=80)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="plan_lines")
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=80)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.CharField(max_length=80, blank=True)
    drop_reason = models.CharField(max_length=200, blank=True)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(drop_reason=""),
                name="a_plan_line_is_dropped_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["year", "festival", "cluster", "title"],
                condition=Q(dropped_at__isnull=True),
                name="an_intention_is_written_once",
            ),
        ]


class FestivalChoice(models.Model):
    """The planner's word on which festival a session counts for, where two windows meet."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="festival_choice")
    festival = models.CharField(max_length=12, choices=Festival.choices)
    chosen_at = models.DateTimeField()
    chosen_by = models.CharField(max_length=80)


class WindowReminder(models.Model):
    """A cluster was told that a window of this year is empty."""

    year = models.PositiveSmallIntegerField()
    festival = models.CharField(max_length=12, choices=Festival.choices)
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="window_reminders")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "festival", "cluster"], name="an_empty_window_is_told_once"
            )
        ]
