"""Lists of copies proposed for withdrawal 剔旧清单, and what was decided on each line."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.library.holdings.models import Copy
from yanzhen.network.models import Node


class WithdrawalListQuerySet(models.QuerySet):
    def waiting(self):
        """Submitted lists with a line nobody has decided on."""
        undecided = WithdrawalLine.objects.undecided().filter(list=models.OuterRef("pk"))
        return self.filter(models.Exists(undecided), submitted_at__isnull=False)


class WithdrawalList(models.Model):
    """What a branch wants to part with; open until it is submitted to the main library."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=80, blank=True)
    submitted_by_id = models.BigIntegerField(null=True)

    objects = WithdrawalListQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by="")
                | Q(submitted_at__isnull=False) & ~Q(submitted_by=""),
                name="a_submitted_list_says_by_whom",
            )
        ]

    @property
    def number(self) -> str:
        """What is printed, filed and written into the book of the stock: TJ and five digits."""
        return f"TJ{self.pk:05d}"


class WithdrawalLineQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(decision="")

    def in_force(self):
        """Approved and not undone: the copy is withdrawn by this line."""
        return self.filter(decision=WithdrawalLine.Decision.APPROVED, undone_at=None)


class WithdrawalLine(models.Model):
    """One copy on a list, and the decision on it; a decided line stays for ever."""

    class Reason(models.TextChoices):
        DAMAGED = "damaged", _("破损")
        UNUSED = "unused", _("多年没人借")
        SUPERSEDED = "superseded", _("有了新版")
        OUTDATED = "outdated", _("内容过时")
        DUPLICATE = "duplicate", _("复本太多")

    class Decision(models.TextChoices):
        APPROVED = "approved", _("批准")
        REFUSED = "refused", _("不批准")

    list = models.ForeignKey(WithdrawalList, models.PROTECT, related_name="lines")
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="withdrawal_lines")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)
    undone_note = models.CharField(max_length=200, blank=True)

    objects = WithdrawalLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["copy"], condition=Q(decision=""), name="a_copy_is_proposed_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["list", "copy"], name="a_list_names_a_copy_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by="")
                | ~Q(decision="") & Q(decided_at__isnull=False) & ~Q(decided_by=""),
                name="a_decision_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(answer=""),
                name="a_refused_withdrawal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True)
                | Q(decision="approved") & ~Q(undone_by="") & ~Q(undone_note=""),
                name="only_an_approval_is_undone_with_a_reason",
            ),
        ]
