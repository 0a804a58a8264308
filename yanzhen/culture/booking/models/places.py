"""Places by channel under one ledger that cannot oversell, and who has or awaits them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities.models import Session
from yanzhen.people.models import Person


class Channel(models.TextChoices):
    """How somebody comes to a place; each channel has places of its own (R17, R19)."""

    ONLINE = "online", _("网上")
    COUNTER = "counter", _("柜台")
    TELEPHONE = "telephone", _("电话")
    GROUP = "group", _("团体")
    WALK_IN = "walk_in", _("现场")
    RESERVE = "reserve", _("机动")


class BookingTerms(models.Model):
    """How one session is booked. Without this row its booking has not been opened.

    `grace_minutes` after the start unused places go to whoever stands at the door. The moments
    were reckoned from the start `reckoned_from`; a session that moves takes them along.
    """

    class Order(models.TextChoices):
        FIRST_COME = "first_come", _("先到先得")
        GROUPS_FIRST = "groups_first", _("团体优先")
        RESIDENTS_FIRST = "residents_first", _("本地居民优先")
        DRAW = "draw", _("公开摇号")

    session = models.OneToOneField(Session, models.PROTECT, related_name="terms")
    order = models.CharField(max_length=16, choices=Order.choices, default=Order.FIRST_COME)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reckoned_from = models.DateTimeField()
    most_heads = models.PositiveSmallIntegerField(default=5)
    most_for_others = models.PositiveSmallIntegerField(default=3)
    offer_minutes = models.PositiveIntegerField(default=24 * 60)
    grace_minutes = models.PositiveSmallIntegerField(default=15)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    released_at = models.DateTimeField(null=True)
    offline_at = models.DateTimeField(null=True)
    offline_by = models.CharField(max_length=80, blank=True)
    list_digest = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    seed = models.CharField(max_length=80, blank=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="booking_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | (Q(sealed_at__isnull=False) & ~Q(seed="")),
                name="a_draw_has_a_sealed_list_and_a_seed",
            ),
        ]


class Allotment(models.Model):
    """The places of one channel of a session. `taken` is the sum of the heads of live bookings that
    draw from it; `issued` counts the bookings ever made from it and makes their spoken codes.

    guards.py makes the database refuse to lend places of the walk-in allotment.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="allotments")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")), name="taken_places_within_the_allotment"
            ),
            models.UniqueConstraint(
                fields=["session", "channel"], name="a_channel_has_one_allotment_in_a_session"
            ),
        ]

    @property
    def free(self) -> int:
        return self.places - self.taken


class AllotmentTransfer(models.Model):
    """Places went from one allotment to another; without a source they are new, without a target
    they are given up, and `source_left` is what remains."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="transfers")
    source = models.ForeignKey(Allotment, models.PROTECT, null=True, related_name="given")
    target = models.ForeignKey(Allotment, models.PROTECT, null=True, related_name="received")
    places = models.PositiveIntegerField()
    source_left = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1) & ~Q(reason=""), name="a_transfer_moves_and_has_a_reason"
            )
        ]


class BookingQuerySet(models.QuerySet):
    def live(self):
        """Bookings that have their places."""
        return self.filter(state__in=LIVE)

    def expected(self):
        """Confirmed, not seen at the door yet."""
        return self.filter(state=Booking.State.CONFIRMED)

    def named(self):
        """Whatever is not a plain head count or the part of a printed sheet."""
        return self.exclude(name="", organisation="")

    def lapsed(self, at):
        """Holds and offers whose time is over."""
        return self.filter(state=Booking.State.HELD, held_until__lte=at)


class Booking(models.Model):
    """Places somebody has, or had, in a session; a group is one booking of many heads.

    Three persons: `applicant` asked, `beneficiary` comes, the operator (`operator_name`) wrote it
    down. Who has no account is a name and a telephone number. `state` repeats the newest step.
    Long after the session that is forgotten (`forgotten_at`), and only what is counted stays.
    `companions` sit beside somebody who needs them and take no place.
    """

    class State(models.TextChoices):
        HELD = "held", _("暂留")
        CONFIRMED = "confirmed", _("已约好")
        CHECKED_IN = "checked_in", _("已签到")
        CANCELLED = "cancelled", _("已取消")
        CANCELLED_BY_HOST = "cancelled_by_host", _("活动取消")
        EXPIRED = "expired", _("过期未确认")
        NO_SHOW = "no_show", _("没有来")
        EXCUSED = "excused", _("没有来，不计")
        MOVED = "moved", _("已改场次")

    class Relation(models.TextChoices):
        SELF = "self", _("本人")
        CHILD = "child", _("孩子")
        PARENT = "parent", _("父母")
        RELATIVE = "relative", _("亲属")
        FRIEND = "friend", _("邻居或朋友")
        OTHER = "other", _("其他")

    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings")
    allotment = models.ForeignKey(Allotment, models.PROTECT, related_name="bookings")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=18, choices=State.choices)
    heads = models.PositiveIntegerField(default=1)
    companions = models.PositiveSmallIntegerField(default=0)
    under_18 = models.PositiveIntegerField(default=0)
    aged_60 = models.PositiveIntegerField(default=0)
    applicant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="applications")
    beneficiary = models.ForeignKey(Person, models.PROTECT, null=True, related_name="bookings")
    relation = models.CharField(max_length=10, choices=Relation.choices, default=Relation.SELF)
    name = models.CharField(max_length=60, blank=True)
    name_folded = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    operator_name = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=8)
    key = models.CharField(max_length=120, blank=True)
    held_until = models.DateTimeField(null=True)
    placed_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    moved_to = models.OneToOneField("self", models.PROTECT, null=True, related_name="moved_from")

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(heads__gte=1) | ~Q(state__in=["held", "confirmed", "checked_in"]),
                name="a_live_booking_has_heads",
            ),
            models.CheckConstraint(
                condition=Q(heads__gte=F("under_18") + F("aged_60")),
                name="age_bands_within_the_heads",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False),
                name="a_held_place_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(name="")
                | ~Q(organisation="")
                | Q(channel="walk_in")
                | Q(forgotten_at__isnull=False),
                name="only_who_stands_at_the_door_needs_no_name",
            ),
            models.UniqueConstraint(fields=["session", "code"], name="a_spoken_code_is_said_once"),
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="the_same_key_is_the_same_booking"
            ),
            models.UniqueConstraint(
                fields=["session", "beneficiary"],
                condition=Q(state__in=["held", "confirmed", "checked_in"]),
                name="one_live_booking_a_beneficiary_and_session",
            ),
            models.UniqueConstraint(
                fields=["session", "name_folded", "phone"],
                condition=Q(
                    state__in=["held", "confirmed", "checked_in"],
                    beneficiary__isnull=True,
                    organisation="",
                    forgotten_at__isnull=True,
                )
                & ~Q(channel="walk_in"),
                name="one_live_booking_a_name_and_telephone",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state"], name="booking_of_session"),
            models.Index(fields=["beneficiary", "-placed_at"], name="booking_of_beneficiary"),
            models.Index(fields=["applicant", "-placed_at"], name="booking_of_applicant"),
            models.Index(
                fields=["held_until"], condition=Q(state="held"), name="booking_held_until"
            ),
            models.Index(
                fields=["session"],
                condition=Q(beneficiary__isnull=True, forgotten_at__isnull=True)
                & ~Q(name="", phone=""),
                name="booking_names_kept",
            ),
        ]

    @property
    def who(self) -> str:
        """The name on the list: the organisation's, else the beneficiary's."""
        return self.organisation or self.name


LIVE = (Booking.State.HELD, Booking.State.CONFIRMED, Booking.State.CHECKED_IN)


class BookingStep(models.Model):
    """A booking entered a state: when, by whose hand, why."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=18, choices=Booking.State.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]


class RosterName(models.Model):
    """One of those an organisation brings."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="roster")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]


class WaitingEntry(models.Model):
    """Somebody, or a whole group, waits for places of one allotment.

    Served in the order of (priority, rank, id): `priority` is 0 for whom the session's order
    prefers, `rank` comes from the draw. An offer is a held `booking`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("候补中")
        OFFERED = "offered", _("等您确认")
        ACCEPTED = "accepted", _("补上了")
        DECLINED = "declined", _("不要了")
        LAPSED = "lapsed", _("过期没有确认")
        WITHDRAWN = "withdrawn", _("退出候补")
        CLOSED = "closed", _("候补结束")

    session = models.ForeignKey(Session, models.PROTECT, related_name="waiting")
    allotment = models.ForeignKey(Allotment, models.PROTECT, related_name="waiting")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    heads = models.PositiveIntegerField(default=1)
    applicant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    beneficiary = models.ForeignKey(Person, models.PROTECT, null=True, related_name="waiting")
    relation = models.CharField(max_length=10, choices=Booking.Relation.choices)
    name = models.CharField(max_length=60, blank=True)
    name_folded = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    priority = models.PositiveSmallIntegerField(default=0)
    rank = models.PositiveIntegerField(default=0)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="offered_to")

    class Meta:
        ordering = ["priority", "rank", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(heads__gte=1), name="a_waiting_entry_has_heads"),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(booking__isnull=False),
                name="an_offer_holds_its_places",
            ),
            models.UniqueConstraint(
                fields=["session", "beneficiary"],
                condition=Q(state__in=["waiting", "offered"]),
                name="a_beneficiary_waits_once_in_a_session",
            ),
            models.UniqueConstraint(
                fields=["session", "name_folded", "phone", "organisation"],
                condition=Q(state__in=["waiting", "offered"], beneficiary__isnull=True),
                name="a_name_and_telephone_waits_once_in_a_session",
            ),
        ]
        indexes = [
            models.Index(
                fields=["allotment", "priority", "rank", "id"],
                condition=Q(state="waiting"),
                name="waiting_in_order",
            )
        ]
