"""Telling 告知: who has to be told of what happened to a session, and whether they have been."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities.models import Session, SessionMove
from yanzhen.culture.booking.models import LIVE, Booking, WaitingEntry
from yanzhen.culture.courses.models import Enrolment, GroupPlaces
from yanzhen.network.models import Site
from yanzhen.people.models import Person

WAITS = (WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED)


class NoticeQuerySet(models.QuerySet):
    def standing(self, at):
        """What still matters: the session is not over, and nothing newer has been said of it, nor
        has the booking or the wait it was about come to an end."""
        has_a_place = (
            Q(booking__state__in=LIVE)
            | Q(entry__state__in=WAITS)
            | Q(enrolment__isnull=False, enrolment__cancelled_at=None)
            | Q(group__isnull=False, group__given_back_at=None)
        )
        matters = (
            Q(reason__in=[Notice.Reason.CANCELLED, Notice.Reason.CLOSED])
            | Q(reason=Notice.Reason.MOVED) & has_a_place
            | Q(reason=Notice.Reason.OFFERED, booking__state=Booking.State.HELD)
            | Q(reason=Notice.Reason.NOT_DRAWN, entry__state=WaitingEntry.State.WAITING)
        )
        return self.filter(matters, overtaken_at=None, session__ends_at__gt=at)

    def unheard(self):
        """Neither seen on the web nor said by anybody."""
        return self.filter(seen_at=None, told_at=None, overtaken_at=None)


class Notice(models.Model):
    """Somebody has to be told of a change of a session: a person, or, with none behind, the name
    and the telephone of the cause (a booking, a wait, a group's places).

    `occasion` names what happened ("move:12"), `who` whom it concerns ("person:7", "booking:3").
    `was_at` and `was_site` are what they knew before a move; its new time stands in `move`.
    """

    class Reason(models.TextChoices):
        MOVED = "moved", _("改期")
        CANCELLED = "cancelled", _("活动取消")
        OFFERED = "offered", _("有位置了")
        NOT_DRAWN = "not_drawn", _("没有摇到")
        CLOSED = "closed", _("候补结束")

    class Way(models.TextChoices):
        TELEPHONE = "telephone", _("电话")
        IN_PERSON = "in_person", _("当面")

    reason = models.CharField(max_length=10, choices=Reason.choices)
    session = models.ForeignKey(Session, models.PROTECT, related_name="notices")
    occasion = models.CharField(max_length=40)
    who = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="notices")
    booking = models.ForeignKey(Booking, models.CASCADE, null=True, related_name="notices")
    entry = models.ForeignKey(WaitingEntry, models.CASCADE, null=True, related_name="notices")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, null=True, related_name="notices")
    group = models.ForeignKey(GroupPlaces, models.CASCADE, null=True, related_name="notices")
    move = models.ForeignKey(SessionMove, models.PROTECT, null=True, related_name="notices")
    was_at = models.DateTimeField(null=True)
    was_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    overtaken_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=80, blank=True)
    told_how = models.CharField(max_length=10, choices=Way.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "who"], name="everybody_is_told_of_an_occasion_once"
            ),
            models.CheckConstraint(
                condition=Q(reason="moved", move__isnull=False, was_at__isnull=False,
                            was_site__isnull=False)
                | ~Q(reason="moved") & Q(move=None, was_at=None, was_site=None),
                name="a_notice_of_a_move_says_from_where",
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=False, entry=None, enrolment=None, group=None)
                | Q(booking=None, entry__isnull=False, enrolment=None, group=None)
                | Q(booking=None, entry=None, enrolment__isnull=False, group=None)
                | Q(booking=None, entry=None, enrolment=None, group__isnull=False),
                name="a_notice_has_one_cause",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_by="", told_how="")
                | Q(told_at__isnull=False) & ~Q(told_by="") & ~Q(told_how=""),
                name="who_was_told_was_told_by_somebody_somehow",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["session"],
                condition=Q(seen_at=None, told_at=None, overtaken_at=None),
                name="notice_unheard",
            ),
            models.Index(fields=["person"], condition=Q(seen_at=None), name="notice_unseen"),
        ]

    @property
    def cause(self) -> Booking | WaitingEntry | Enrolment | GroupPlaces:
        found = self.booking or self.entry or self.enrolment or self.group
        assert found is not None
        return found
