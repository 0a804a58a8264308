"""School periods of a year, and how wide the window around each festival is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.network.models import Verification


class Festival(models.TextChoices):
    """The four festivals of the plan (R08)."""

    SPRING = "spring", _("春节")
    DRAGON_BOAT = "dragon_boat", _("端午")
    MID_AUTUMN = "mid_autumn", _("中秋")
    NATIONAL = "national", _("国庆")


class SessionTag(models.TextChoices):
    """When in a pupil's life a session falls (R12, I63)."""

    AFTER_CLASS = "after_class", _("课后")
    SCHOOL_HOURS = "school_hours", _("上课时间")
    WEEKEND = "weekend", _("周末")
    PUBLIC_HOLIDAY = "public_holiday", _("法定假")
    WINTER = "winter", _("寒假")
    SUMMER = "summer", _("暑假")
    SPRING = "spring", _("春假")
    AUTUMN = "autumn", _("秋假")
    UNKNOWN = "unknown", _("学期未定")


class FestivalWindow(models.Model):
    """How many days before and after a festival count for it, where a county sets its own (R08)."""

    festival = models.CharField(max_length=12, choices=Festival.choices, unique=True)
    days_before = models.PositiveSmallIntegerField()
    days_after = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days_before__lte=60, days_after__lte=60),
                name="a_festival_window_is_at_most_two_months_a_side",
            )
        ]


class SchoolPeriod(models.Model):
    """A term or a holiday of the schools of one stage, as the education authority set it (R12).

    `lessons_end` is when the last lesson of a school day ends; only a term has one.
    """

    class Stage(models.TextChoices):
        PRIMARY = "primary", _("小学")
        JUNIOR = "junior", _("初中")
        SENIOR = "senior", _("高中")

    class Kind(models.TextChoices):
        TERM = "term", _("学期")
        WINTER = "winter", _("寒假")
        SUMMER = "summer", _("暑假")
        SPRING = "spring", _("春假")
        AUTUMN = "autumn", _("秋假")

    stage = models.CharField(max_length=8, choices=Stage.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    lessons_end = models.TimeField(null=True)
    source = models.CharField(max_length=200, blank=True)
    verification = models.CharField(max_length=10, choices=Verification.choices)

    class Meta:
        ordering = ["stage", "first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="a_school_period_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind="term", lessons_end__isnull=False)
                | (~Q(kind="term") & Q(lessons_end__isnull=True)),
                name="a_term_says_when_lessons_end",
            ),
            models.UniqueConstraint(
                fields=["stage", "first_day"], name="a_school_period_begins_once"
            ),
        ]
