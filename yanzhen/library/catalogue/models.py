"""Title records 书目: the MARC kept losslessly, and the fields derived from it for finding."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.network.models import Node


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
    revision = models.PositiveIntegerField(default=0, db_default=0)
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


class RecordChange(models.Model):
    """One change of a title 改动: the MARC as it was `before`, at `revision`, and who ended that.

    What it became is the `before` of the next change, or the title's own MARC.
    """

    class How(models.TextChoices):
        EDITED = "edited", _("编辑")
        RESTORED = "restored", _("恢复旧版")
        PROPOSED = "proposed", _("采纳建议")
        IMPORTED = "imported", _("导入替换")

    bib = models.ForeignKey(BibRecord, models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    before = models.TextField()
    how = models.CharField(max_length=10, choices=How.choices)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bib", "revision"], name="a_revision_is_ended_by_one_change"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bib_id} {self.revision} {self.how}"


class Proposal(models.Model):
    """What a branch would like the main house to add (no `bib`) or to change 编目建议."""

    class State(models.TextChoices):
        OPEN = "open", _("待定")
        ADOPTED = "adopted", _("已采纳")
        DECLINED = "declined", _("未采纳")

    bib = models.ForeignKey(BibRecord, models.PROTECT, null=True, related_name="proposals")
    marc = models.TextField()
    title = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200)
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    outcome = models.ForeignKey(BibRecord, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="a_decided_proposal_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="a_declined_proposal_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(outcome__isnull=False),
                name="an_adopted_proposal_names_its_title",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="proposal_open", condition=Q(state="open"))]

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
