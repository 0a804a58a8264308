"""Counts 清点 of a branch's shelves, and one line for each copy or barcode they came across."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.network.models import Node


class Count(models.Model):
    """A count over a scope; an empty part of the scope fits everything."""

    node = models.ForeignKey(Node, models.PROTECT)
    kind = models.ForeignKey(ItemKind, models.PROTECT, null=True)
    shelf = models.CharField(max_length=60, blank=True)
    call_from = models.CharField(max_length=80, blank=True)
    call_to = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="")
                | Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="a_closed_count_says_by_whom",
            )
        ]


class CountLine(models.Model):
    """What a count says of one barcode."""

    class Finding(models.TextChoices):
        FOUND = "found", _("在架")
        OUT_OF_ORDER = "out_of_order", _("顺序不对")
        ELSEWHERE = "elsewhere", _("不在这个架")
        FOREIGN = "foreign", _("别馆的书")
        ON_LOAN = "on_loan", _("记着借出")
        IN_TRANSIT = "in_transit", _("记着在途")
        LOST = "lost", _("报过遗失")
        WITHDRAWN = "withdrawn", _("已经剔旧")
        UNKNOWN = "unknown", _("不认识的条码")
        MISSING = "missing", _("缺")

    count = models.ForeignKey(Count, models.PROTECT, related_name="lines")
    barcode = models.CharField(max_length=60)
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="count_lines")
    finding = models.CharField(max_length=12, choices=Finding.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["count", "barcode"], name="a_barcode_is_counted_once_in_a_count"
            ),
            models.CheckConstraint(
                condition=Q(finding="unknown", copy__isnull=True)
                | ~Q(finding="unknown") & Q(copy__isnull=False),
                name="only_an_unknown_barcode_has_no_copy",
            ),
        ]
