"""How call numbers are made, and the running numbers within a class."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.network.models import Node


class CallNumberScheme(models.Model):
    """A way to make call numbers 索书号方案; branches that share one share its numbers."""

    class Kind(models.TextChoices):
        SERIAL = "serial", _("分类号/种次号")
        AUTHOR = "author", _("分类号/著者拼音首字母")

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SchemeUse(models.Model):
    """A scheme holds at a branch and below, or at one shelf of it; without a branch, everywhere."""

    scheme = models.ForeignKey(CallNumberScheme, models.PROTECT, related_name="uses")
    node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="+")
    shelf = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce(F("node_id"), 0), F("shelf"), name="a_place_has_one_scheme"
            ),
            models.CheckConstraint(
                condition=Q(node__isnull=False) | Q(shelf=""), name="a_shelf_stands_in_a_branch"
            ),
        ]


class ClassSequence(models.Model):
    """A class of a scheme in use; `begins_after` is the highest number copies carried before."""

    scheme = models.ForeignKey(CallNumberScheme, models.PROTECT, related_name="+")
    class_number = models.CharField(max_length=40)
    begins_after = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "class_number"], name="a_class_begins_once_in_a_scheme"
            )
        ]


class SerialNumber(models.Model):
    """One number in a class 种次号: reserved for somebody until a moment, or taken by a title."""

    scheme = models.ForeignKey(CallNumberScheme, models.PROTECT, related_name="+")
    class_number = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    bib = models.ForeignKey(BibRecord, models.PROTECT, null=True, related_name="+")
    reserved_for = models.CharField(max_length=80)
    reserved_until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "class_number", "number"],
                name="a_number_in_a_class_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["scheme", "class_number", "bib"],
                condition=Q(taken_at__isnull=False),
                name="a_title_has_one_number_in_a_class",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(bib__isnull=False),
                name="a_taken_number_has_its_title",
            ),
        ]

    @property
    def text(self) -> str:
        return f"{self.class_number}/{self.number}"
