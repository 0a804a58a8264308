from django.db import models
from django.db.models import Q


class AuditEntry(models.Model):
    """One line: who did what to which subject, when and where. Never changed, never deleted."""

    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    place = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_subject"),
            models.Index(fields=["action", "at"], name="audit_action"),
        ]


class AuditLink(models.Model):
    """One link of the hash chain over the audit entries, in the order they were sealed.

    Links are made after the entries by one worker, so that writers never wait for each other.
    """

    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)


class Fact(models.Model):
    """Something that happened, recorded in the transaction that made it happen."""

    kind = models.CharField(max_length=60)
    body = models.JSONField()
    at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="fact_unspread", condition=Q(spread_at__isnull=True))
        ]


class Delivery(models.Model):
    """One fact on its way to one listener."""

    fact = models.ForeignKey(Fact, models.CASCADE)
    listener = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "listener"], name="a_fact_reaches_a_listener_once"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(done_at__isnull=True))
        ]


class IdempotencyKey(models.Model):
    """The answer already given to a write that carried this key."""

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "key"], name="a_key_is_answered_once")
        ]
        indexes = [models.Index(fields=["at"], name="idempotency_key_at")]


class Generation(models.Model):
    """A counter that says which version of something slow-changing is in force.

    What is kept in memory between requests is keyed by it: see groundwork/generations.py.
    """

    name = models.CharField(max_length=40, unique=True)
    number = models.PositiveBigIntegerField(default=1)
