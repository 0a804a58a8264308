"""What is offered to the public, and when: activities and their sessions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.resources.models import Facility
from yanzhen.network.models import Cluster, Labelled, Node, Site


class Activity(Labelled, models.Model):
    """What is offered: by one branch, or by a cluster together and then counted once (R09)."""

    class Kind(models.TextChoices):
        SQUARE_DANCE = "square_dance", _("广场舞")
        CHOIR = "choir", _("大家唱")
        VILLAGE_GALA = "village_gala", _("乡村村晚")
        TOWN_CONTEST = "town_contest", _("魅力乡镇竞演")
        PERFORMANCE = "performance", _("演出")
        LECTURE = "lecture", _("讲座")
        EXHIBITION = "exhibition", _("展览")
        READING = "reading", _("阅读推广")
        CLASS = "class", _("艺术普及课")
        SOCIAL_PRACTICE = "social_practice", _("社会实践")
        VOCATIONAL = "vocational", _("技能培训")
        WORKSITE_VISIT = "worksite_visit", _("进企业、进工地")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("所有人")
        CHILDREN = "children", _("少年儿童")
        FAMILIES = "families", _("亲子家庭")
        ELDERS = "elders", _("老年人")
        DISABLED = "disabled", _("残疾人")
        WORKERS = "workers", _("务工人员")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        CANCELLED = "cancelled", _("已取消")

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    introduction = models.TextField(blank=True)
    introduction_en = models.TextField(blank=True)
    node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="activities")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="activities")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(node__isnull=False) ^ Q(cluster__isnull=False),
                name="an_activity_has_one_owner",
            )
        ]


class Session(models.Model):
    """One date of an activity: when, where and for how many. Always a stored row.

    `allotted` is the sum of the places of its allotments (culture.booking), moved only by
    guarded updates.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("如期举行")
        CANCELLED = "cancelled", _("已取消")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    site = models.ForeignKey(Site, models.PROTECT, related_name="sessions")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="sessions")
    capacity = models.PositiveIntegerField()
    allotted = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(allotted__lte=F("capacity")), name="allotted_places_within_capacity"
            ),
            models.UniqueConstraint(fields=["activity", "number"], name="a_session_has_its_number"),
        ]
