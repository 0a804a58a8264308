"""Titles catalogued twice: what was merged, and which pairs are two titles after all."""

from django.db import models
from django.db.models import F, Q

from yanzhen.library.catalogue.models import BibRecord


class TitleMerge(models.Model):
    """One title merged into another 合并. `moved` holds the ids of what moved, by kind; of the
    holds that were ended, (hold, place, hold that stayed)."""

    kept = models.ForeignKey(BibRecord, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(BibRecord, models.PROTECT, related_name="merged_into")
    moved = models.JSONField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("gone")), name="a_title_is_merged_into_another"
            ),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="a_title_is_merged_away_once"
            ),
        ]


class TwoTitles(models.Model):
    """A pair that looks like one title and is two 不是重复; `first` is the lower number."""

    first = models.ForeignKey(BibRecord, models.CASCADE, related_name="+")
    second = models.ForeignKey(BibRecord, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_is_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_told_apart_once"),
        ]
