"""Holds 预约: who waits for what, in which order, and where it will be fetched."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy
from yanzhen.library.patrons.models import ReaderCard, ReaderCategory
from yanzhen.network.models import Node
from yanzhen.people.models import Person


class HoldRuleQuerySet(models.QuerySet):
    def standing(self):
        """Rows that act, will act or have acted: not those withdrawn before their first day."""
        return self.filter(withdrawn_at=None)

    def unended(self, day):
        """Standing rows that act on a day or later."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day))


class HoldRule(models.Model):
    """How many holds and for how long on the hold shelf, for a reader category; the row without a
    category is the mandatory default. A row is never overwritten: a change is a new row."""

    category = models.ForeignKey(ReaderCategory, models.PROTECT, null=True)
    max_holds = models.PositiveSmallIntegerField()
    pickup_days = models.PositiveSmallIntegerField()
    on_shelf_at_pickup = models.BooleanField(default=True)
    document = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    set_at = models.DateTimeField(null=True)
    set_by = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    objects = HoldRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="a_hold_rule_ends_after_it_began",
            ),
            models.UniqueConstraint(
                Coalesce(F("category"), 0),
                condition=Q(valid_to__isnull=True, withdrawn_at__isnull=True),
                name="a_reader_category_has_one_open_hold_rule",
            ),
            models.UniqueConstraint(
                Coalesce(F("category"), 0),
                F("valid_from"),
                condition=Q(withdrawn_at__isnull=True),
                name="a_hold_rule_of_a_category_begins_once_a_day",
            ),
        ]


class HoldQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state__in=LIVE)

    def waiting(self):
        return self.filter(state=Hold.State.WAITING)

    def captured(self):
        """Holds a copy is set aside for, on its way or on the hold shelf."""
        return self.filter(state__in=CAPTURED)

    def ready(self):
        return self.filter(state=Hold.State.READY)

    def numbered(self):
        """With the position of each in its queue, read along."""
        queue = Hold.objects.waiting().filter(bib=OuterRef("bib")).order_by("place")
        first = Subquery(queue.values("place")[:1])
        return self.annotate(position=F("place") - first + 1)


class Hold(models.Model):
    """One reader's wish for a title, or for one copy of it, to be fetched at one branch.

    `state` repeats the newest HoldStep. `copy` is the copy set aside; it stays as history.
    `target` is the copy on a shelf that the pull list names for it. The places of a queue follow
    one another without a gap, wherever they begin: so the first leaves without moving anybody.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        ON_ITS_WAY = "on_its_way", _("送往取书馆")
        READY = "ready", _("到馆待取")
        FULFILLED = "fulfilled", _("已取走")
        CANCELLED = "cancelled", _("已取消")
        EXPIRED = "expired", _("过期未等到")
        PICKUP_EXPIRED = "pickup_expired", _("过期未取")

    class Order(models.TextChoices):
        FIRST_COME = "first_come", _("先到先得")

    person = models.ForeignKey(Person, models.PROTECT, related_name="holds")
    card = models.ForeignKey(ReaderCard, models.PROTECT, related_name="holds")
    bib = models.ForeignKey(BibRecord, models.PROTECT, related_name="holds")
    wanted_copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="wishes")
    pickup_node = models.ForeignKey(Node, models.PROTECT, related_name="holds")
    state = models.CharField(max_length=14, choices=State.choices, default=State.WAITING)
    order = models.CharField(max_length=12, choices=Order.choices, default=Order.FIRST_COME)
    place = models.IntegerField(null=True)
    rule = models.ForeignKey(HoldRule, models.PROTECT)
    pickup_days = models.PositiveSmallIntegerField()
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80)
    wanted_until = models.DateField(null=True)
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="holds")
    pickup_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    target = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="targeted_by")
    targeted_at = models.DateTimeField(null=True)
    passed_copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bib", "place"], name="a_place_in_the_queue_is_one"),
            models.UniqueConstraint(
                fields=["person", "bib"],
                condition=Q(state__in=["waiting", "on_its_way", "ready"]),
                name="a_reader_has_one_live_hold_on_a_title",
            ),
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(state__in=["on_its_way", "ready"]),
                name="a_copy_is_captured_by_one_hold",
            ),
            models.UniqueConstraint(fields=["target"], name="a_copy_is_the_target_of_one_hold"),
            models.CheckConstraint(
                condition=Q(state="waiting", place__isnull=False)
                | (~Q(state="waiting") & Q(place__isnull=True, target__isnull=True)),
                name="whoever_waits_has_a_place_in_the_queue",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["on_its_way", "ready"]) | Q(copy__isnull=False),
                name="a_captured_hold_names_its_copy",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(pickup_until__isnull=False),
                name="a_ready_hold_says_until_when",
            ),
        ]
        indexes = [
            models.Index(fields=["pickup_node", "state"], name="hold_at_node"),
            models.Index(fields=["person", "-placed_at"], name="hold_of_person"),
        ]

    @cached_property
    def position(self) -> int | None:
        """Place in the queue, from 1; None for whoever does not wait. As it was when first asked,
        or read along (`numbered`)."""
        found = Hold.objects.numbered().filter(pk=self.pk)
        return found.values_list("position", flat=True).first()


LIVE = (Hold.State.WAITING, Hold.State.ON_ITS_WAY, Hold.State.READY)
CAPTURED = (Hold.State.ON_ITS_WAY, Hold.State.READY)


class HoldStep(models.Model):
    """A hold entered a state: when, by whose hand, where."""

    hold = models.ForeignKey(Hold, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=14, choices=Hold.State.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True)


class QueueChange(models.Model):
    """Somebody was moved in a queue, and why."""

    hold = models.ForeignKey(Hold, models.CASCADE, related_name="queue_changes")
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_change_of_the_queue_has_a_reason"
            )
        ]


class EndedHold(models.Model):
    """What is left of an ended hold when its reader keeps no record: for statistics, naming
    nobody (L07)."""

    bib = models.ForeignKey(BibRecord, models.PROTECT, related_name="+")
    pickup_node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=Hold.State.choices)
    category_code = models.CharField(max_length=20)
    placed_on = models.DateField()
    ended_on = models.DateField()
