"""What harvesters see of the titles, and the providers we harvest ourselves."""

from django.db import models
from django.db.models import Q

from yanzhen.library.catalogue.models import BibRecord


class Offer(models.Model):
    """One title as harvesters see it 供收割的书目.

    `position` is the microsecond (of the Unix epoch) it last moved; its second is the datestamp.
    `fingerprint` is of all that is visible, so that only a visible change moves it.
    """

    bib = models.OneToOneField(BibRecord, models.PROTECT, primary_key=True, related_name="offer")
    position = models.BigIntegerField(unique=True)
    fingerprint = models.CharField(max_length=32)
    deleted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.bib_id} @ {self.position}"


class Membership(models.Model):
    """An offer in a set 所属集合; the position is that of the offer, for reading a set in order."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="memberships")
    spec = models.CharField(max_length=80)
    position = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "spec"], name="an_offer_is_in_a_set_at_most_once"
            )
        ]
        indexes = [models.Index(fields=["spec", "position"], name="membership_in_order")]

    def __str__(self) -> str:
        return f"{self.spec}: {self.offer_id}"


class OfferFeed(models.Model):
    """How far the offers have followed the catalogue; one row.

    `cursor` is the last change heard of. `filled_to` is the last title walked over in the first
    filling, None once that is done.
    """

    cursor = models.BigIntegerField()
    filled_to = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_offer_feed")]


class HarvestSource(models.Model):
    """A provider we harvest 收割来源, and how far we are.

    `harvested_until` is the date to go on from, as the provider writes dates; `began` its own date
    of a harvest under way, and `token` where that one goes on.
    """

    base_url = models.CharField(max_length=500)
    set_spec = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    harvested_until = models.CharField(max_length=20, blank=True)
    began = models.CharField(max_length=20, blank=True)
    token = models.TextField(blank=True)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["base_url", "set_spec"], name="a_source_is_kept_once_for_each_set"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.base_url
