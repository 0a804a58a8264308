"""What can be used at one time by one thing only: facilities, teachers, equipment, vehicles."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.network.models import AccessFeature, Division, Labelled, Site, Verification
from yanzhen.people.models import Person


class ResourceQuerySet(models.QuerySet):
    def standing(self):
        """Those that have not been taken out of the register."""
        return self.filter(retired_on=None)


class Resource(Labelled, models.Model):
    """The one thing that is claimed, whatever it is; `units` of it can be used at a time.

    `site` is where it stands or is looked after; `sort` says which table has its details. Out of
    the register from `retired_on` on, its claims of before stay.
    """

    class Sort(models.TextChoices):
        FACILITY = "facility", _("场地")
        TEACHER = "teacher", _("师资")
        EQUIPMENT = "equipment", _("器材")
        VEHICLE = "vehicle", _("车辆")
        TROUPE = "troupe", _("团队")

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.FACILITY)
    site = models.ForeignKey(Site, models.PROTECT, related_name="resources")
    units = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True)
    retired_on = models.DateField(null=True)
    verification = models.CharField(
        max_length=10, choices=Verification.choices, default=Verification.REPORTED
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["site__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(units__gte=1, units__lte=500), name="a_resource_has_1_to_500_units"
            )
        ]


class Facility(Resource):
    """A room or a built place that people come to: hall, square, village stage (R07).

    A facility may be part of another (hall = A + B): to use the whole is to use every part.
    """

    class Kind(models.TextChoices):
        HALL = "hall", _("礼堂、剧场")
        CLASSROOM = "classroom", _("教室、排练厅")
        READING_ROOM = "reading_room", _("阅览室、报告厅")
        EXHIBITION_ROOM = "exhibition_room", _("展厅")
        SQUARE = "square", _("文化广场")
        VILLAGE_STAGE = "village_stage", _("乡村戏台")
        HISTORY_ROOM = "history_room", _("镇村史馆")
        HERITAGE_WORKSHOP = "heritage_workshop", _("非遗传习所")

    class Condition(models.TextChoices):
        GOOD = "good", _("完好")
        WORN = "worn", _("能用，待修")
        CLOSED = "closed", _("停用维修")

    OUTDOORS = (Kind.SQUARE, Kind.VILLAGE_STAGE)

    kind = models.CharField(max_length=20, choices=Kind.choices)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    seats = models.PositiveIntegerField()
    keeper = models.CharField(max_length=40, blank=True)
    condition = models.CharField(max_length=10, choices=Condition.choices, default=Condition.GOOD)
    condition_note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(part_of=F("resource_ptr")), name="a_facility_is_no_part_of_itself"
            )
        ]


class FacilityHours(models.Model):
    """One span of a weekday (0 is Monday) in which a facility may be used; none at all: always."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="a_facility_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6), name="facility_weekday_is_0_to_6"
            ),
        ]


class FacilityAccess(models.Model):
    """One accessibility fact of a facility, with the day somebody last looked (R24)."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="access")
    kind = models.CharField(max_length=20, choices=AccessFeature.Kind.choices)
    state = models.CharField(max_length=10, choices=AccessFeature.State.choices)
    checked_on = models.DateField()
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "kind"], name="one_fact_a_facility_and_feature"
            )
        ]


class FacilityPhoto(models.Model):
    """A photograph of a facility; the caption is also what a blind person is told."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="facilities", max_length=120)
    caption = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]


class Teacher(Resource):
    """A person who teaches; shared by all branches (R15). `weekly_cap` in hours, None: no cap."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="teacher")
    subjects = models.CharField(max_length=120)
    home_town = models.ForeignKey(Division, models.PROTECT, null=True, related_name="teachers")
    weekly_cap = models.PositiveSmallIntegerField(null=True)


class RecordCheck(models.Model):
    """A query of the record of who works with minors 入职查询, with what it answered (L06)."""

    class Result(models.TextChoices):
        CLEAR = "clear", _("没有不良记录")
        FOUND = "found", _("有记录，不能接触未成年人")

    teacher = models.ForeignKey(Teacher, models.CASCADE, related_name="checks")
    checked_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result.choices)
    document = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-checked_on", "-pk"]


class Equipment(Resource):
    """Things that can be carried, counted in `units`: sound sets, lamps, chairs."""

    kept_at = models.CharField(max_length=80, blank=True)


class Vehicle(Resource):
    """A mobile-service van 流动服务车 or a stage car 流动舞台车."""

    class Kind(models.TextChoices):
        VAN = "van", _("流动服务车")
        STAGE_CAR = "stage_car", _("流动舞台车")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    plate = models.CharField(max_length=20, blank=True)
    seats = models.PositiveSmallIntegerField(null=True)


class TravelTime(models.Model):
    """Minutes on the road between two towns, the same both ways; `one` has the smaller id."""

    one = models.ForeignKey(Division, models.CASCADE, related_name="+")
    other = models.ForeignKey(Division, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    verification = models.CharField(max_length=10, choices=Verification.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_travel_time_a_pair"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="a_pair_of_towns_is_kept_once"
            ),
        ]


class ClaimQuerySet(models.QuerySet):
    def held(self):
        """Those that keep others out: live ones and drafts that were not swept away yet."""
        return self.filter(state__in=Claim.HELD)

    def lapsed(self, at):
        """Drafts whose time is over."""
        return self.filter(state=Claim.State.DRAFT, expires_at__lte=at)

    def during(self, starts_at, ends_at):
        """Those whose use itself (without buffers) touches a span, half-open."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Claim(models.Model):
    """One resource taken for one use 占用. Claims of one use share its `reference`.

    `reference` is the user's own name for the use ("session:17") and tells this package nothing.
    `set_up` and `tear_down` are minutes in which the resource is taken as well; `site` is where the
    use takes place, which is what a teacher travels to. `opened_specially` is why a house that had
    announced to be closed opens for it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("暂留")
        LIVE = "live", _("已占用")
        RELEASED = "released", _("已释放")
        EXPIRED = "expired", _("暂留过期")

    class Use(models.TextChoices):
        ACTIVITY = "activity", _("活动、演出")
        CLASS = "class", _("上课")
        REHEARSAL = "rehearsal", _("排练")
        EXHIBITION = "exhibition", _("展览")
        TOUR = "tour", _("下乡巡演")
        MEETING = "meeting", _("会议")
        UPKEEP = "upkeep", _("维护检修")

    HELD = (State.DRAFT, State.LIVE)

    reference = models.CharField(max_length=60)
    purpose = models.CharField(max_length=80)
    use = models.CharField(max_length=12, choices=Use.choices)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="claims")
    units = models.PositiveSmallIntegerField(default=1)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    set_up = models.PositiveSmallIntegerField(default=0)
    tear_down = models.PositiveSmallIntegerField(default=0)
    heads = models.PositiveIntegerField(default=0)
    for_minors = models.BooleanField(default=False)
    opened_specially = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    expires_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["resource", "starts_at"], name="claim_resource_time"),
            models.Index(fields=["starts_at"], name="claim_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_claim_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", expires_at__isnull=False)
                | (~Q(state="draft") & Q(expires_at__isnull=True)),
                name="every_draft_has_an_expiry",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "live"], ended_at__isnull=True)
                | Q(state__in=["released", "expired"], ended_at__isnull=False),
                name="a_claim_that_ended_says_when",
            ),
            models.UniqueConstraint(
                fields=["reference", "resource"],
                condition=Q(state__in=["draft", "live"]),
                name="a_use_claims_a_resource_once",
            ),
        ]


class Occupancy(models.Model):
    """One unit of one resource taken by a claim for a run of quarter hours, buffers counted in.

    `first` and `last` count quarter hours since 1970 (UTC); `last` is the first one free again.
    A claim on a whole occupies its smallest parts.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="occupancies")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="occupancies")
    unit = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["resource", "first"], name="occupancy_resource_first")]
        constraints = [
            models.CheckConstraint(condition=Q(last__gt=F("first")), name="an_occupancy_has_length")
        ]


class Slot(models.Model):
    """A quarter hour of a unit that is taken. No two rows are the same: nothing is used twice."""

    occupancy = models.ForeignKey(Occupancy, models.CASCADE, related_name="slots")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+")
    unit = models.PositiveSmallIntegerField()
    quarter = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "unit", "quarter"], name="a_unit_is_in_one_place_at_a_time"
            )
        ]
