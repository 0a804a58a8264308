"""Not coming: how it is written down, and from when it counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.booking.models.places import Booking
from yanzhen.people.models import Person


class NoShowRule(models.Model):
    """How many times not coming pauses booking, and for how long. The newest row counts."""

    strikes = models.PositiveSmallIntegerField(default=3)
    window_days = models.PositiveSmallIntegerField(default=90)
    pause_days = models.PositiveSmallIntegerField(default=7)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(strikes__gte=1), name="a_pause_needs_somebody_not_coming"
            )
        ]


class NoShow(models.Model):
    """Somebody had a place and did not come, without saying so."""

    class State(models.TextChoices):
        STANDING = "standing", _("记着")
        APPEALED = "appealed", _("已申诉")
        EXCUSED = "excused", _("不计")

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="no_show")
    person = models.ForeignKey(Person, models.CASCADE, related_name="no_shows")
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    at = models.DateTimeField()
    appeal = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
