"""Places: administrative divisions, sites, and the nodes of the two trees that stand on them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Verification(models.TextChoices):
    """How far a fact can be trusted; what is not verified says so on the screen."""

    VERIFIED = "verified", _("已核实")
    REPORTED = "reported", _("待核实")
    DEMO = "demo", _("演示")


class Labelled:
    """Something with a Chinese name and perhaps an English one."""

    name: Any
    name_en: Any

    @property
    def label(self) -> str:
        """The name in the language of the screen; the Chinese one where there is no other."""
        return in_language(self.name, self.name_en)

    def __str__(self) -> str:
        return self.name


def in_language(chinese: str, english: str) -> str:
    """The English words where the screen is English and there are some, else the Chinese ones."""
    return english if english and (get_language() or "").startswith("en") else chinese


class DivisionQuerySet(models.QuerySet):
    def towns(self):
        """Living towns and subdistricts; a statistics-only unit is never one of them."""
        return self.filter(kind__in=[Division.Kind.TOWN, Division.Kind.SUBDISTRICT])


class Division(Labelled, models.Model):
    """An administrative division: county, town or subdistrict, village or community."""

    class Kind(models.TextChoices):
        COUNTY = "county", _("区县")
        TOWN = "town", _("镇")
        SUBDISTRICT = "subdistrict", _("街道")
        VILLAGE = "village", _("村")
        COMMUNITY = "community", _("社区")
        STATISTICS_ONLY = "statistics_only", _("统计用区划")

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    urban_rural_class = models.CharField(max_length=3, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    @property
    def everyday_name(self) -> str:
        """What people say: 建设村 for 建设村村民委员会, 雁北社区 for 雁北社区居民委员会."""
        everyday = self.name.removesuffix("居民委员会").removesuffix("村民委员会")
        return in_language(everyday, self.name_en)


class DivisionAlias(models.Model):
    """A name or code that once stood for a place; old addresses resolve through it (d.1)."""

    name = models.CharField(max_length=60)
    code = models.CharField(max_length=12, blank=True)
    merged_into = models.ForeignKey(Division, models.PROTECT, null=True, related_name="aliases")
    valid_to = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "code"], name="an_old_name_is_kept_once")
        ]

    def __str__(self) -> str:
        return self.name


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        """Rows in force on a day; `valid_to` is the last day, none means until further notice."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class ResidentCount(models.Model):
    """Residents 常住人口 of a division in a year; the only denominator of a rate."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="resident_counts")
    year = models.PositiveSmallIntegerField()
    residents = models.PositiveIntegerField()
    verification = models.CharField(max_length=10, choices=Verification.choices)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "year"], name="one_resident_count_a_year")
        ]


class CentralTown(models.Model):
    """A town named central 中心镇 from a date on, and by which document (R01)."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="central_spells")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    document = models.CharField(max_length=200)
    verification = models.CharField(max_length=10, choices=Verification.choices)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "valid_from"], name="a_central_spell_begins_once"
            )
        ]


class Cluster(Labelled, models.Model):
    """A set of towns that act together 片区 (R09)."""

    name = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=80, blank=True)
    verification = models.CharField(max_length=10, choices=Verification.choices)

    class Meta:
        ordering = ["pk"]


class ClusterMembership(models.Model):
    """A town's time in a cluster."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="memberships")
    division = models.ForeignKey(Division, models.PROTECT, related_name="cluster_spells")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "valid_from"], name="a_cluster_spell_begins_once"
            )
        ]


class Site(Labelled, models.Model):
    """One place people can go to; it may stand in the library tree, the culture tree, or both."""

    class Kind(models.TextChoices):
        LIBRARY = "library", _("图书馆")
        CULTURE_CENTRE = "culture_centre", _("文化馆")
        CULTURE_STATION = "culture_station", _("综合文化站")
        VILLAGE_ROOM = "village_room", _("村（社区）文化室")
        SELF_SERVICE_LIBRARY = "self_service_library", _("24小时自助馆")
        CITY_STUDY = "city_study", _("城市书房")
        FARM_BOOKROOM = "farm_bookroom", _("农家书屋")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    division = models.ForeignKey(Division, models.PROTECT, related_name="sites")
    address = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    keeper = models.CharField(max_length=40, blank=True)
    area_m2 = models.PositiveIntegerField(null=True)
    seats = models.PositiveIntegerField(null=True)
    introduction = models.TextField(blank=True)
    verification = models.CharField(max_length=10, choices=Verification.choices)

    class Meta:
        ordering = ["division__code", "code"]


class AccessFeature(models.Model):
    """One accessibility fact of a site, with the day somebody last looked (R24)."""

    class Kind(models.TextChoices):
        STEP_FREE = "step_free", _("无台阶入口")
        RAMP = "ramp", _("坡道")
        LIFT = "lift", _("电梯")
        TOILET = "toilet", _("无障碍卫生间")
        PARKING = "parking", _("无障碍车位")
        TACTILE_PATH = "tactile_path", _("盲道")
        HEARING_LOOP = "hearing_loop", _("助听设备")
        READING_AID = "reading_aid", _("助视设备")
        GUIDE_DOG = "guide_dog", _("导盲犬可入")

    class State(models.TextChoices):
        PRESENT = "present", _("有")
        ABSENT = "absent", _("没有")
        BROKEN = "broken", _("有，正在维修")
        UNKNOWN = "unknown", _("还没核实")

    site = models.ForeignKey(Site, models.CASCADE, related_name="access_features")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNKNOWN)
    checked_on = models.DateField(null=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "kind"], name="one_fact_a_feature")]


class NodeQuerySet(models.QuerySet):
    def libraries(self):
        return self.filter(tree=Node.Tree.LIBRARY)

    def culture(self):
        return self.filter(tree=Node.Tree.CULTURE)

    def serving(self):
        """Nodes that are open to the public as institutions (not: open at this hour)."""
        return self.filter(status=Node.Status.OPEN)

    def under(self, path: str):
        """The node with this path and everything below it."""
        return self.filter(path__startswith=path)


class Node(Labelled, models.Model):
    """A site's place in one of the two trees."""

    class Tree(models.TextChoices):
        LIBRARY = "library", _("图书馆")
        CULTURE = "culture", _("文化馆")

    class Level(models.TextChoices):
        HUB = "hub", _("总馆")
        BRANCH = "branch", _("分馆")
        SERVICE_POINT = "service_point", _("基层服务点")
        MOBILE_STOP = "mobile_stop", _("流动点")

    class Status(models.TextChoices):
        PLANNED = "planned", _("已规划")
        BUILDING = "building", _("建设中")
        OPEN = "open", _("已开放")
        CLOSED = "closed", _("已撤销")

    code = models.SlugField(max_length=48, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    short_name = models.CharField(max_length=30)
    short_name_en = models.CharField(max_length=60, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="nodes")
    tree = models.CharField(max_length=10, choices=Tree.choices)
    level = models.CharField(max_length=20, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=80, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    opened_on = models.DateField(null=True)

    objects = NodeQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["site", "tree"], name="a_site_stands_once_in_a_tree"),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(level="hub"), name="only_a_hub_has_no_parent"
            ),
        ]

    @property
    def short_label(self) -> str:
        """The name for lists and slips: 中和, Zhonghe."""
        return in_language(self.short_name, self.short_name_en)


class OpeningHours(models.Model):
    """One span of a weekday on which a node is open; no span means closed that day.

    `weekday` is 0 for Monday; `valid_to` is the last day on which the span counts.
    """

    node = models.ForeignKey(Node, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="hours_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="closing_is_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6), name="weekday_is_monday_0_to_sunday_6"
            ),
        ]


class Closure(models.Model):
    """Days on which a node is closed, with the notice the public reads (R63)."""

    node = models.ForeignKey(Node, models.CASCADE, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField()
    notice = models.CharField(max_length=200)
    announced_at = models.DateTimeField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_closure_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(notice=""), name="a_closure_has_a_notice"),
        ]


class Holiday(models.Model):
    """A day the State Council moved: off, or a working day in exchange 调休 (d.4)."""

    class Kind(models.TextChoices):
        OFF = "off", _("放假")
        WORKING = "working", _("调休上班")

    day = models.DateField(unique=True)
    name = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source = models.CharField(max_length=200, blank=True)
    verification = models.CharField(max_length=10, choices=Verification.choices)

    class Meta:
        ordering = ["day"]
