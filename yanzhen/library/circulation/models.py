"""Loans 借阅, the rules they were made under, and what was handed in without explanation."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.library.patrons.models import ReaderCard, ReaderCategory
from yanzhen.network.models import Node
from yanzhen.people.models import Person


class RuleValues(models.Model):
    """The keys and values a rule row may have; an empty value is left to the next row."""

    category = models.ForeignKey(ReaderCategory, models.PROTECT, null=True, related_name="+")
    kind = models.ForeignKey(ItemKind, models.PROTECT, null=True, related_name="+")
    node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="+")
    loan_days = models.PositiveSmallIntegerField(null=True)
    max_loans = models.PositiveSmallIntegerField(null=True)
    max_renewals = models.PositiveSmallIntegerField(null=True)
    lendable = models.BooleanField(null=True)
    max_loans_kind = models.PositiveSmallIntegerField(null=True)
    max_loans_owned = models.PositiveSmallIntegerField(null=True)

    class Meta:
        abstract = True


_SAME_KEYS = tuple(Coalesce(F(key), 0) for key in ("category_id", "kind_id", "node_id"))


class LoanRuleQuerySet(models.QuerySet):
    def standing(self):
        """Rows that act or will act or have acted: not those withdrawn before their first day."""
        return self.filter(withdrawn_at=None)

    def unended(self, day):
        """Standing rows that act on a day or later."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def keyed(self, category, kind, node):
        return self.filter(category=category, kind=kind, node=node)


class LoanRule(RuleValues):
    """How long and how many, for a reader category, an item kind and a node (R43).

    An empty key fits everything. The row with all keys empty is the mandatory default. A row is
    never overwritten: a change is a new row, and the old one ends the day before.
    """

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    document = models.CharField(max_length=120, blank=True)
    set_at = models.DateTimeField(null=True)
    set_by = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    objects = LoanRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False)
                | Q(kind__isnull=False)
                | Q(node__isnull=False)
                | Q(
                    loan_days__isnull=False,
                    max_loans__isnull=False,
                    max_renewals__isnull=False,
                    lendable__isnull=False,
                ),
                name="the_default_rule_sets_every_value",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="a_rule_ends_after_it_began",
            ),
            models.UniqueConstraint(
                *_SAME_KEYS,
                condition=Q(valid_to__isnull=True, withdrawn_at__isnull=True),
                name="one_open_rule_for_the_same_keys",
            ),
            models.UniqueConstraint(
                *_SAME_KEYS,
                F("valid_from"),
                condition=Q(withdrawn_at__isnull=True),
                name="a_rule_of_the_same_keys_begins_once_a_day",
            ),
        ]


class RuleDraft(models.Model):
    """Changes of rules thought over before they act 草案: tried on last month, then published
    from a day on, or dropped. A closed draft stays as it was. `tried` is what the last trial of
    these rows found, as `drafts_tried` keeps it; empty since they changed."""

    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField(null=True)
    tried = models.JSONField(null=True)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(dropped_at__isnull=True),
                name="a_draft_is_published_or_dropped",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.published_at is None and self.dropped_at is None


class DraftRow(RuleValues):
    """One changed row of a draft; `ends` takes the standing row with these keys away."""

    draft = models.ForeignKey(RuleDraft, models.CASCADE, related_name="rows")
    ends = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("draft"), *_SAME_KEYS, name="a_draft_changes_the_same_keys_once"
            )
        ]


class LoanQuerySet(models.QuerySet):
    def open(self):
        return self.filter(returned_at=None, undone_at=None)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)

    def brought_back(self):
        """Closed by a return; a loan closed by a declared loss is not."""
        return self.filter(returned_at__isnull=False, lost_at=None)

    def counted(self):
        """Loans that statistics count: what was undone at the desk never happened."""
        return self.filter(undone_at=None)


class Loan(models.Model):
    """One copy in the hands of one reader, from the day it left to the day it came back."""

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="loans")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="loans")
    card = models.ForeignKey(ReaderCard, models.PROTECT, null=True, related_name="loans")
    category_code = models.CharField(max_length=20)
    age_band = models.CharField(max_length=10)
    lent_node = models.ForeignKey(Node, models.PROTECT, related_name="loans_out")
    lent_at = models.DateTimeField()
    lent_by = models.CharField(max_length=80)
    due_on = models.DateField()
    governing_node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    rule = models.ForeignKey(LoanRule, models.PROTECT)
    max_renewals = models.PositiveSmallIntegerField()
    loan_days = models.PositiveSmallIntegerField()
    renewals = models.PositiveSmallIntegerField(default=0)
    returned_at = models.DateTimeField(null=True)
    returned_node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="loans_in")
    returned_by = models.CharField(max_length=80, blank=True)
    lost_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(returned_at__isnull=True, undone_at__isnull=True),
                name="a_copy_has_at_most_one_open_loan",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_node__isnull=True)
                | Q(returned_at__isnull=False, returned_node__isnull=False),
                name="a_return_says_where",
            ),
            models.CheckConstraint(
                condition=Q(lost_at__isnull=True) | Q(returned_at=F("lost_at")),
                name="a_lost_loan_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(renewals__lte=F("max_renewals")), name="renewals_stay_within_the_rule"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False)
                | Q(returned_at__isnull=False)
                | Q(undone_at__isnull=False),
                name="only_a_closed_loan_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(card__isnull=True),
                name="a_loan_without_its_reader_names_no_card",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-lent_at"], name="loan_of_person"),
            models.Index(
                fields=["person"],
                name="loan_open_of_person",
                condition=Q(returned_at__isnull=True, undone_at__isnull=True),
            ),
            models.Index(fields=["lent_node", "lent_at"], name="loan_out_of_node"),
            models.Index(fields=["returned_node", "returned_at"], name="loan_in_at_node"),
        ]


class HistoryChoice(models.Model):
    """How long a reader wants the library to remember what was brought back (L07).

    `days` 0: not at all; a number: so many days; no row, or empty: until they say otherwise.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="history_choice")
    days = models.PositiveSmallIntegerField(null=True)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__lte=366), name="a_history_ends_in_a_year"
            )
        ]


class Renewal(models.Model):
    """One extension of a loan 续借, and through which door it came."""

    loan = models.ForeignKey(Loan, models.CASCADE, related_name="renewal_rows")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    due_before = models.DateField()
    due_after = models.DateField()


class ReturnException(models.Model):
    """Something handed in that needs a second look; the return itself was taken (never refused).
    And what a machine did while cut off that cannot be done any more.

    `note` says more than the kind; `card_number` is whose card it was, forgotten with settling.
    """

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", _("条码不在馆藏里")
        NOT_ON_LOAN = "not_on_loan", _("没有借出记录")
        LOST_FOUND = "lost_found", _("报失的图书找到了")
        WITHDRAWN = "withdrawn", _("已剔旧的图书")
        OFFLINE = "offline", _("自助机断网时办的，没能照办")

    barcode = models.CharField(max_length=60)
    copy = models.ForeignKey(Copy, models.PROTECT, null=True)
    note = models.CharField(max_length=400, blank=True)
    card_number = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    node = models.ForeignKey(Node, models.PROTECT)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["node", "barcode", "kind"],
                condition=Q(settled_at__isnull=True),
                name="what_is_unexplained_is_listed_once",
            )
        ]
