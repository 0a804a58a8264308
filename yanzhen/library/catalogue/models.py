"""Title records 书目: the MARC kept losslessly, and the fields derived from it for finding."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BibRecordQuerySet(models.QuerySet):
    def living(self):
        return self.filter(deleted_at=None)


class BibRecord(models.Model):
    """One title. `marc` is the record itself (see catalogue/marc); all else is derived from it."""

    class Flavour(models.TextChoices):
        CNMARC = "cnmarc", _("CNMARC")
        MARC21 = "marc21", _("MARC 21")

    flavour = models.CharField(max_length=10, choices=Flavour.choices)
    marc = models.TextField()
    match_key = models.CharField(max_length=64)
    title = models.TextField()
    subtitle = models.TextField(blank=True)
    author = models.TextField(blank=True)
    publisher = models.TextField(blank=True)
    year = models.SmallIntegerField(null=True)
    isbn13 = models.CharField(max_length=13, blank=True)
    language = models.CharField(max_length=3, blank=True)
    format = models.CharField(max_length=20)
    clc = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    objects = BibRecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["match_key"], name="bib_match_key"),
            models.Index(fields=["isbn13"], name="bib_isbn13", condition=~Q(isbn13="")),
        ]

    def __str__(self) -> str:
        return self.title


class ImportRun(models.Model):
    """One file of MARC records taken in: what came of it, and how far it got if it was cut off."""

    class OnMatch(models.TextChoices):
        KEEP = "keep", _("保留馆里的")
        REPLACE = "replace", _("用文件里的替换")

    file_name = models.CharField(max_length=200)
    by_name = models.CharField(max_length=80)
    dry_run = models.BooleanField(default=False)
    on_match = models.CharField(max_length=10, choices=OnMatch.choices, default=OnMatch.KEEP)
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    position = models.BigIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    replaced = models.PositiveIntegerField(default=0)
    damaged = models.PositiveIntegerField(default=0)
    imperfect = models.PositiveIntegerField(default=0)
    first_id = models.BigIntegerField(null=True)
    last_id = models.BigIntegerField(null=True)
    encodings = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    report_lines = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dry_run=False) | Q(first_id=None), name="a_dry_run_adds_nothing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.began_at:%Y-%m-%d}"
