"""What can be ordered 菜单, who orders 点单, and the runs 巡回 that bring it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities.models import Activity
from yanzhen.culture.resources.models import Resource
from yanzhen.culture.tours.numbers import code_of, number_of
from yanzhen.network.models import Division, Labelled, Node, in_language


class MenuItem(Labelled, models.Model):
    """One dish of the menu 菜单: what the house brings, and what the place must have for it (R49).

    `minutes` is how long it lasts, `helpers` how many people of the place lend a hand.
    """

    class Kind(models.TextChoices):
        SHOW = "show", _("演出")
        EXHIBITION = "exhibition", _("展览")
        TEACHER = "teacher", _("老师上门")
        BOOK_BOX = "book_box", _("图书箱")
        FILM = "film", _("电影")
        WORKSHOP = "workshop", _("手艺体验")

    class Season(models.TextChoices):
        ANY = "any", _("全年")
        SPRING = "spring", _("春（3—5 月）")
        SUMMER = "summer", _("夏（6—8 月）")
        AUTUMN = "autumn", _("秋（9—11 月）")
        WINTER = "winter", _("冬（12—2 月）")

    class State(models.TextChoices):
        OFFERED = "offered", _("可以点")
        PAUSED = "paused", _("暂停点单")

    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    audience = models.CharField(max_length=12, choices=Activity.Audience.choices)
    introduction = models.TextField(max_length=600, blank=True)
    introduction_en = models.TextField(max_length=1200, blank=True)
    minutes = models.PositiveSmallIntegerField()
    space = models.CharField(max_length=80, blank=True)
    power = models.CharField(max_length=80, blank=True)
    helpers = models.PositiveSmallIntegerField(default=0)
    season = models.CharField(max_length=8, choices=Season.choices, default=Season.ANY)
    node = models.ForeignKey(Node, models.PROTECT, related_name="menu_items")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=10, minutes__lte=600),
                name="a_menu_item_lasts_10_to_600_minutes",
            ),
            models.UniqueConstraint(fields=["node", "name"], name="a_menu_item_is_named_once"),
        ]

    @property
    def about(self) -> str:
        """The introduction in the language of the screen."""
        return in_language(self.introduction, self.introduction_en)


class Troupe(Resource):
    """A troupe of the house 馆办团队 or of the people 群众团队; claimed like any resource (R49).

    `checked_on` is the day somebody last asked whether the entry is still right.
    """

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("馆办团队")
        COMMUNITY = "community", _("群众团队")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    town = models.ForeignKey(Division, models.PROTECT, related_name="troupes")
    art = models.CharField(max_length=40)
    members = models.PositiveSmallIntegerField()
    leader = models.CharField(max_length=40)
    phone = models.CharField(max_length=24, blank=True)
    checked_on = models.DateField(null=True)


class Requester(models.Model):
    """A unit that orders 点单单位: town, village, school, enterprise, building site."""

    class Kind(models.TextChoices):
        TOWN = "town", _("镇街")
        VILLAGE = "village", _("村、社区")
        SCHOOL = "school", _("学校")
        ENTERPRISE = "enterprise", _("企业")
        WORKSITE = "worksite", _("工地")

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    town = models.ForeignKey(Division, models.PROTECT, related_name="requesters")
    contact = models.CharField(max_length=40)
    phone = models.CharField(max_length=24)
    address = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["town__code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["town", "name"], name="a_requester_is_entered_once")
        ]

    def __str__(self) -> str:
        return self.name


class MenuOrder(models.Model):
    """One order from the menu 点单: what, for whom, when; its steps say how it went.

    `contact`, `phone` and `address` are those told with this order. `once` is the mark of the form
    it came from, so that a form sent twice is one order.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("等安排")
        ASSIGNED = "assigned", _("已安排")
        DONE = "done", _("已送到")
        DECLINED = "declined", _("这次办不了")
        CANCELLED = "cancelled", _("已取消")

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        PHONE = "phone", _("电话")
        COUNTER = "counter", _("柜台")

    item = models.ForeignKey(MenuItem, models.PROTECT, related_name="orders")
    requester = models.ForeignKey(Requester, models.PROTECT, related_name="orders")
    contact = models.CharField(max_length=40)
    phone = models.CharField(max_length=24)
    address = models.CharField(max_length=120, blank=True)
    wished_on = models.DateField()
    wished_time = models.TimeField(null=True)
    other_day = models.DateField(null=True)
    heads = models.PositiveIntegerField()
    safety_note = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    once = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["state", "asked_at"], name="menu_order_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(heads__gte=1, heads__lte=20_000), name="an_order_expects_people"
            ),
            models.CheckConstraint(
                condition=~Q(contact="") & ~Q(phone=""), name="an_order_has_somebody_to_call"
            ),
            models.UniqueConstraint(
                fields=["item", "requester", "wished_on"],
                condition=Q(state__in=["asked", "assigned"]),
                name="the_same_is_ordered_once_a_day",
            ),
        ]

    @property
    def number(self) -> str:
        """Six digits to say on the telephone."""
        return number_of(self.pk)

    @property
    def code(self) -> str:
        """What opens the order's page without an account."""
        return code_of(self.pk)


class MenuOrderStep(models.Model):
    """An order entered a state: when, by whose hand, why."""

    order = models.ForeignKey(MenuOrder, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=MenuOrder.State.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="a_no_has_a_reason"
            )
        ]


class TourRun(models.Model):
    """One round trip 巡回 of a crew with its van: from `first_day` to `last_day`, leaving home at
    `departs` each day. `set_up` and `home_minutes` are minutes."""

    class State(models.TextChoices):
        PLANNED = "planned", _("已排好")
        DONE = "done", _("已结束")
        CANCELLED = "cancelled", _("已取消")

    name = models.CharField(max_length=60)
    node = models.ForeignKey(Node, models.PROTECT, related_name="tour_runs")
    first_day = models.DateField()
    last_day = models.DateField()
    departs = models.TimeField()
    set_up = models.PositiveSmallIntegerField(default=30)
    home_minutes = models.PositiveSmallIntegerField(default=40)
    lead = models.CharField(max_length=40)
    lead_phone = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_run_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="a_cancelled_run_says_why"
            ),
        ]

    @property
    def reference(self) -> str:
        """The name under which everything the run needs is claimed."""
        return f"tour:{self.pk}"

    @property
    def days(self) -> list[dt.date]:
        many = (self.last_day - self.first_day).days + 1
        return [self.first_day + dt.timedelta(n) for n in range(many)]


class RunNeed(models.Model):
    """What a run takes along: troupe, teacher, van, kit. Claimed over the whole run."""

    run = models.ForeignKey(TourRun, models.CASCADE, related_name="needs")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="run_needs")
    units = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "resource"], name="a_run_needs_a_thing_once"),
            models.CheckConstraint(condition=Q(units__gte=1), name="a_run_needs_at_least_one"),
        ]


class StopQuerySet(models.QuerySet):
    def standing(self):
        """Those on the route; a cancelled stop stays as a row without a place."""
        return self.filter(state=Stop.State.PLANNED)

    def counting(self):
        """Those that count as mobile service 流动服务: signed off with heads and a photo (R29)."""
        signed = F("sign_off__children") + F("sign_off__adults") + F("sign_off__elders")
        return (
            self.standing()
            .filter(sign_off__isnull=False)
            .exclude(sign_off__photo="")
            .annotate(counted=signed)
            .filter(counted__gt=0)
        )


class Stop(models.Model):
    """One order on a run 站点: its place on the route (1..n without gaps) and its times."""

    class State(models.TextChoices):
        PLANNED = "planned", _("在路线上")
        CANCELLED = "cancelled", _("已撤下")

    run = models.ForeignKey(TourRun, models.CASCADE, related_name="stops")
    order = models.ForeignKey(MenuOrder, models.PROTECT, related_name="stops")
    position = models.SmallIntegerField(null=True)
    day = models.DateField()
    travel_minutes = models.PositiveSmallIntegerField()
    arrives_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="a_place_on_a_route_is_one"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="planned"), name="an_order_is_on_one_route"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", position__isnull=False)
                | (Q(state="cancelled", position__isnull=True) & ~Q(reason="")),
                name="a_stop_has_a_place_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), starts_at__gte=F("arrives_at")),
                name="a_stop_ends_after_it_starts",
            ),
        ]

    @property
    def late(self) -> int:
        """By how many minutes it starts after the time that was wished for; 0 for in time."""
        wished = self.order.wished_time
        if wished is None or self.day != self.order.wished_on:
            return 0
        starts = timezone.localtime(self.starts_at)
        return max(0, starts.hour * 60 + starts.minute - wished.hour * 60 - wished.minute)


class SignOff(models.Model):
    """The place confirms 签收 what came: heads by band, a photo, who says so (R29).

    The photo may follow later; until then the stop counts zero.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("对方网上签收")
        PAPER = "paper", _("纸单补录")

    stop = models.OneToOneField(Stop, models.PROTECT, related_name="sign_off")
    children = models.PositiveIntegerField()
    adults = models.PositiveIntegerField()
    elders = models.PositiveIntegerField()
    photo = models.FileField(upload_to="sign-offs", max_length=120, blank=True)
    contact = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(contact=""), name="a_sign_off_names_who_signs")
        ]

    @property
    def heads(self) -> int:
        return self.children + self.adults + self.elders


class Rating(models.Model):
    """What the unit that ordered thought of it: one to five stars, and words."""

    order = models.OneToOneField(MenuOrder, models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5), name="stars_are_one_to_five"
            )
        ]
