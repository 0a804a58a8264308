"""Readers: categories, cards and blocks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.groundwork import clock
from yanzhen.network.models import Node
from yanzhen.people.models import Person


class ReaderCategory(models.Model):
    """A group of readers the circulation rules tell apart 读者类型."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ReaderCardQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status=ReaderCard.Status.ACTIVE)


class ReaderCard(models.Model):
    """A reader card 读者证: six digits of the county and an eight-digit serial."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("有效")
        LOST = "lost", _("已挂失")
        REPLACED = "replaced", _("已补证")
        CANCELLED = "cancelled", _("已退证")

    number = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cards")
    category = models.ForeignKey(ReaderCategory, models.PROTECT)
    home_node = models.ForeignKey(Node, models.PROTECT, related_name="cards")
    status = models.CharField(max_length=10, choices=Status.choices)
    issued_at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    revision = models.PositiveIntegerField(default=0)

    objects = ReaderCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status="active"), name="a_person_has_one_active_card"
            )
        ]

    def __str__(self) -> str:
        return self.number


class CardSerial(models.Model):
    """The last serial given out for a county; one conditional UPDATE takes the next."""

    district = models.CharField(max_length=6, unique=True)
    last = models.PositiveIntegerField(default=0)


class BlockQuerySet(models.QuerySet):
    def standing(self):
        """Not lifted, and not past their last day."""
        return self.filter(Q(until=None) | Q(until__gte=clock.today()), lifted_at=None)

    def lapsed(self, day):
        """Past their last day, and not yet written down as lifted."""
        return self.filter(until__lt=day, lifted_at=None)


class Block(models.Model):
    """A reason why a reader may not borrow for now 停借; dated, with who placed and lifted it.

    With `until` it ends by itself after that day.
    """

    class Reason(models.TextChoices):
        LOST_ITEM = "lost_item", _("有图书未归还，已报遗失")
        ADDRESS = "address", _("联系方式待核对")
        STAFF = "staff", _("工作人员停借")

    person = models.ForeignKey(Person, models.CASCADE, related_name="blocks")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.CharField(max_length=200, blank=True)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80)
    until = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "reason"],
                condition=Q(lifted_at__isnull=True),
                name="a_reason_blocks_a_reader_once",
            )
        ]


class DisabilityCertificate(models.Model):
    """That a reader showed a 残疾人证, for the preferences that go with it (R27).

    The number itself is not kept: `digest` (keyed, one way) tells whether it was shown before, and
    `masked` is for the eye.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="disability_certificate")
    digest = models.CharField(max_length=64, unique=True)
    masked = models.CharField(max_length=20)
    kind = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField()
    home_delivery = models.BooleanField(default=False)
    shown_at = models.DateTimeField()
    seen_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__gte=1, kind__lte=7, grade__gte=1, grade__lte=4),
                name="a_disability_has_one_of_seven_kinds_and_four_grades",
            )
        ]
