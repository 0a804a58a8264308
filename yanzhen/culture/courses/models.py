"""Courses: one enrolment over many lessons, who came, and what is certified."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.people.models import Person


class Course(models.Model):
    """An activity that is enrolled for as a whole; its sessions are the lessons.

    `taken` counts the places of single enrolments and of groups, moved by guarded updates only.
    `completion_share` is the share of lessons in percent that a certificate needs.
    """

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="course")
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    enrol_from = models.DateTimeField()
    enrol_until = models.DateTimeField()
    completion_share = models.PositiveSmallIntegerField(default=80)
    certified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")), name="a_course_takes_no_more_than_its_places"
            ),
            models.CheckConstraint(
                condition=Q(completion_share__gte=1, completion_share__lte=100),
                name="a_completion_share_is_1_to_100_percent",
            ),
            models.CheckConstraint(
                condition=Q(enrol_until__gt=F("enrol_from")), name="enrolment_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.activity.name


class GroupPlacesQuerySet(models.QuerySet):
    def live(self):
        return self.filter(given_back_at=None)


class GroupPlaces(models.Model):
    """Places an employer or a school keeps before its names are known (R30).

    `named` counts the enrolments within it.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="groups")
    organisation = models.CharField(max_length=80)
    contact = models.CharField(max_length=60)
    phone = models.CharField(max_length=30)
    places = models.PositiveSmallIntegerField()
    named = models.PositiveSmallIntegerField(default=0)
    names_until = models.DateField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)
    given_back_at = models.DateTimeField(null=True)

    objects = GroupPlacesQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(named__lte=F("places")), name="names_stay_within_a_groups_places"
            ),
            models.UniqueConstraint(
                fields=["course", "organisation"], condition=Q(given_back_at__isnull=True),
                name="an_organisation_keeps_places_once_a_course",
            ),
        ]  # fmt: skip


class EnrolmentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(cancelled_at=None)


class Enrolment(models.Model):
    """One person in one course: for whom, who asked, who wrote it down, by which channel."""

    class Channel(models.TextChoices):
        ONLINE = "online", _("网上")
        COUNTER = "counter", _("柜台")
        TELEPHONE = "telephone", _("电话")

    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    applicant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(GroupPlaces, models.PROTECT, null=True, related_name="members")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=80, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"], condition=Q(cancelled_at__isnull=True),
                name="one_live_enrolment_a_person_and_course",
            )
        ]  # fmt: skip


class Attendance(models.Model):
    """Whether somebody came to a lesson; `made_up_in` is the lesson that stood in for it."""

    class State(models.TextChoices):
        PRESENT = "present", _("到课")
        ABSENT = "absent", _("缺课")
        EXCUSED = "excused", _("请假")
        MADE_UP = "made_up", _("已补课")

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendance")
    state = models.CharField(max_length=8, choices=State.choices)
    made_up_in = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], name="a_lesson_is_marked_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="made_up", made_up_in__isnull=False)
                | (~Q(state="made_up") & Q(made_up_in__isnull=True)),
                name="a_made_up_lesson_names_its_stand_in",
            ),
        ]


class Certificate(models.Model):
    """Proof of a finished course or of social practice (R14); anybody may check its number.

    `minutes` is the time attended. A withdrawn certificate stays, with its reason.
    """

    class Kind(models.TextChoices):
        COMPLETION = "completion", _("结业证书")
        SOCIAL_PRACTICE = "social_practice", _("社会实践证明")

    number = models.CharField(max_length=14, unique=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    minutes = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
                name="a_certificate_is_withdrawn_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_certificate_in_force_an_enrolment",
            ),
        ]
