"""What is offered to the public, and when: activities and their sessions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.resources.models import Facility
from yanzhen.network.models import Cluster, Labelled, Node, Site, in_language


class ActivityQuerySet(models.QuerySet):
    def announced(self):
        """What the public has been told of: published, or published once and then cancelled."""
        return self.exclude(state=Activity.State.DRAFT)


class Activity(Labelled, models.Model):
    """What is offered: by one branch, or by a cluster together and then counted once (R09).

    Free unless a fee in yuan is set (L09). The safety plan is what L14 asks of a large event.
    """

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

    # Lectures, exhibitions, reading and training are basic services: never for money (L09).
    ALWAYS_FREE = (Kind.LECTURE, Kind.EXHIBITION, Kind.READING, Kind.CLASS, Kind.VOCATIONAL)

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
    phone = models.CharField(max_length=30, blank=True)
    fee = models.PositiveIntegerField(default=0)
    fee_reason = models.CharField(max_length=200, blank=True)
    public_benefit = models.BooleanField(default=False)
    safety_document = models.CharField(max_length=80, blank=True)
    safety_person = models.CharField(max_length=40, blank=True)
    permit_document = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=60, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(node__isnull=False) ^ Q(cluster__isnull=False),
                name="an_activity_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(fee=0) | ~Q(fee_reason=""), name="a_fee_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(fee=0) | Q(public_benefit=False),
                name="what_costs_a_fee_is_no_public_benefit",
            ),
            models.CheckConstraint(
                condition=Q(fee=0) | ~Q(kind__in=["lecture", "exhibition", "reading", "class",
                                                  "vocational"]),
                name="basic_services_are_free",
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="ages_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(safety_document="", safety_person="")
                | ~Q(safety_document="") & ~Q(safety_person=""),
                name="a_safety_plan_has_a_document_and_a_person",
            ),
        ]  # fmt: skip

    @property
    def about(self) -> str:
        """The introduction in the language of the screen."""
        return in_language(self.introduction, self.introduction_en)

    @property
    def host(self) -> str:
        """Who offers it, in the language of the screen."""
        return self.node.label if self.node else self.cluster.label if self.cluster else ""

    @property
    def is_joint(self) -> bool:
        """True if several towns offer it together as a cluster (R09)."""
        return self.cluster_id is not None


class ActivityAccess(models.Model):
    """One accessibility fact of an activity; no row means nobody has answered yet (R24)."""

    class Kind(models.TextChoices):
        WHEELCHAIR_PLACES = "wheelchair_places", _("轮椅席")
        SIGN_LANGUAGE = "sign_language", _("手语翻译")
        SUBTITLES = "subtitles", _("字幕")
        LARGE_PRINT = "large_print", _("大字材料")
        HEARING_LOOP = "hearing_loop", _("助听设备")
        QUIET_HOUR = "quiet_hour", _("安静时段")

    class State(models.TextChoices):
        PRESENT = "present", _("有")
        ABSENT = "absent", _("没有")
        UNKNOWN = "unknown", _("还没核实")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="access_facts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind"], name="one_answer_an_access_fact")
        ]


class Series(models.Model):
    """The rule by which sessions were made in one go; the sessions themselves are stored rows."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="series")
    rule = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)


class SessionQuerySet(models.QuerySet):
    def scheduled(self):
        return self.filter(state=Session.State.SCHEDULED)

    def shown(self):
        """What the public sees: of announced activities, taking place or cancelled."""
        return self.exclude(activity__state=Activity.State.DRAFT).exclude(
            state=Session.State.STANDBY
        )

    def taking_place(self):
        """Scheduled sessions of published activities: what is counted and offered."""
        return self.scheduled().filter(activity__state=Activity.State.PUBLISHED)


class Session(models.Model):
    """One date of an activity: when, where and for how many. Always a stored row.

    `allotted` is the sum of the places of its allotments (culture.booking), moved only by
    guarded updates. `sequence` counts what calendars must be told of. A session on standby is the
    rain date of another and takes place only when that one is cancelled for it.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("如期举行")
        STANDBY = "standby", _("备用日期")
        CANCELLED = "cancelled", _("已取消")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sessions")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    site = models.ForeignKey(Site, models.PROTECT, related_name="sessions")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="sessions")
    way_in = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField()
    allotted = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)
    rain_date_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="rain_date")
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="session_starts_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(allotted__lte=F("capacity")), name="allotted_places_within_capacity"
            ),
            models.CheckConstraint(
                condition=Q(rain_date_of=None) | ~Q(rain_date_of=F("id")),
                name="a_rain_date_is_another_session",
            ),
            models.UniqueConstraint(fields=["activity", "number"], name="a_session_has_its_number"),
        ]


class SessionMove(models.Model):
    """A session that went to another time or place: from, to, why and by whom."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="moves")
    from_starts_at = models.DateTimeField()
    from_ends_at = models.DateTimeField()
    from_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    from_facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    to_starts_at = models.DateTimeField()
    to_ends_at = models.DateTimeField()
    to_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    to_facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_move_has_a_reason")]


class SessionCancellation(models.Model):
    """Why a session does not take place, since when and by whom."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="cancellation")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_cancellation_has_a_reason")
        ]


class ActivityCancellation(models.Model):
    """Why a whole activity does not take place, since when and by whom."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="cancellation")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_cancelled_activity_says_why")
        ]
