"""Targets of copy cataloguing 套录目标, one's searches there for a day, and what was taken in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.library.catalogue.models import BibRecord, Proposal
from yanzhen.library.cataloguing.rules import LONGEST_WAIT
from yanzhen.network.models import Node, Verification


class Target(models.Model):
    """A catalogue elsewhere that may be asked 套录目标.

    Over SRU `address` is the whole web address, over Z39.50 the host. `tried` is what came of the
    last trial (see trying.py). The password is kept outside the database (see passwords.py).
    """

    class Kind(models.TextChoices):
        SRU = "sru", "SRU"
        Z3950 = "z3950", "Z39.50"

    class Syntax(models.TextChoices):
        CNMARC = "cnmarc", _("CNMARC（UNIMARC）")
        MARC21 = "marc21", _("MARC 21（USMARC）")
        MARCXML = "marcxml", "MARCXML"

    class Charset(models.TextChoices):
        AUTO = "auto", _("自动判断")
        UTF_8 = "utf-8", "UTF-8"
        GBK = "gbk", "GBK"
        GB18030 = "gb18030", "GB18030"
        BIG5 = "big5", "Big5"
        MARC_8 = "marc-8", "MARC-8"

    class Version(models.TextChoices):
        V11 = "1.1", "1.1"
        V12 = "1.2", "1.2"
        V20 = "2.0", "2.0"

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    address = models.CharField(max_length=300)
    port = models.PositiveIntegerField(default=210)
    database = models.CharField(max_length=100, blank=True)
    syntax = models.CharField(max_length=8, choices=Syntax.choices, default=Syntax.CNMARC)
    schema = models.CharField(max_length=100, blank=True)
    version = models.CharField(max_length=3, choices=Version.choices, default=Version.V12)
    charset = models.CharField(max_length=10, choices=Charset.choices, default=Charset.AUTO)
    isbn_index = models.CharField(max_length=40, blank=True)
    title_index = models.CharField(max_length=40, blank=True)
    author_index = models.CharField(max_length=40, blank=True)
    account = models.CharField(max_length=60, blank=True)
    seconds = models.PositiveSmallIntegerField(default=10)
    position = models.PositiveSmallIntegerField(default=1)
    active = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    verification = models.CharField(
        max_length=10, choices=Verification.choices, default=Verification.REPORTED
    )
    tried_at = models.DateTimeField(null=True)
    tried = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconds__gte=1, seconds__lte=LONGEST_WAIT),
                name="a_target_waits_a_minute_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(isbn_index="", title_index="", author_index=""),
                name="a_target_can_be_searched",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CopySearch(models.Model):
    """One question put to all targets 联查, kept for a day for whoever asked.

    `answers` has a dict for each target, in order: name, hits, records, garbled, damaged, seconds,
    code and said (of its trouble, "" for none).
    """

    class Field(models.TextChoices):
        ISBN = "isbn", "ISBN"
        TITLE = "title", _("题名")
        AUTHOR = "author", _("责任者")

    field = models.CharField(max_length=6, choices=Field.choices)
    term = models.CharField(max_length=200)
    by_id = models.BigIntegerField(null=True)
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    answers = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.field}: {self.term}"


class FoundRecord(models.Model):
    """A record some target gave 查到的书目. Those of one title share `group`; `rank` 0 is the best,
    and `why` says why: {"format": ours, others not; "more": facts only it has}."""

    search = models.ForeignKey(CopySearch, models.CASCADE, related_name="found")
    target = models.ForeignKey(Target, models.SET_NULL, null=True, related_name="+")
    target_name = models.CharField(max_length=60)
    group = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField()
    why = models.JSONField(default=dict)
    marc = models.TextField()

    class Meta:
        ordering = ["group", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["search", "group", "rank"], name="a_found_record_has_its_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_name} {self.group}.{self.rank}"


class Intake(models.Model):
    """A record taken from a target 套录来源: from where, by whom, when, and as it came (`marc`)."""

    class How(models.TextChoices):
        ADDED = "added", _("新增")
        REPLACED = "replaced", _("替换")
        PROPOSED = "proposed", _("建议")

    how = models.CharField(max_length=8, choices=How.choices)
    bib = models.ForeignKey(BibRecord, models.PROTECT, null=True, related_name="intakes")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="intake")
    target = models.ForeignKey(Target, models.SET_NULL, null=True, related_name="+")
    target_name = models.CharField(max_length=60)
    target_address = models.CharField(max_length=420)
    marc = models.TextField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="proposed", proposal__isnull=False)
                | (~Q(how="proposed") & Q(bib__isnull=False, proposal__isnull=True)),
                name="an_intake_names_what_came_of_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_name} {self.at:%Y-%m-%d}"
