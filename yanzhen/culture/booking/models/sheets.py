"""Sign-in sheets 签到表: printed, signed, typed back in, photographed (R20)."""

from django.db import models

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking.models.places import Booking


class SignInSheet(models.Model):
    """A printed sign-in sheet 签到表: its lines are places of the walk-in allotment, held by
    `booking` until the sheet has been typed back in (R20)."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    lines = models.PositiveSmallIntegerField()
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="sheet")
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=80)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="a_sheet_has_its_number")
        ]


class SheetLine(models.Model):
    """A line of a sheet that was typed in; the same line again is the same booking."""

    sheet = models.ForeignKey(SignInSheet, models.CASCADE, related_name="typed")
    line = models.PositiveSmallIntegerField()
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="sheet_line")

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "line"], name="a_line_is_typed_in_once")
        ]


class SheetScan(models.Model):
    """A photograph of a sheet that came back signed: the proof of what was typed in from it (R20).
    It shows people's hands; who looks at it is written down."""

    sheet = models.ForeignKey(SignInSheet, models.CASCADE, related_name="scans")
    file = models.FileField(upload_to="sheets", max_length=120)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["pk"]
