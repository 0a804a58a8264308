"""Copies 馆藏, where each one is, and its journeys between branches."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.network.models import Node


class ItemKind(models.Model):
    """A kind of material the circulation rules tell apart 图书类型."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Copy(models.Model):
    """One physical copy. Three branch facts stay apart: who owns it, where it shelves, where it
    is.

    `state` is changed only through the case table of circulation and the transit use-cases.
    """

    class State(models.TextChoices):
        AVAILABLE = "available", _("在架")
        ON_LOAN = "on_loan", _("借出")
        IN_TRANSIT = "in_transit", _("在途")
        ON_HOLD_SHELF = "on_hold_shelf", _("预约架")
        LOST = "lost", _("遗失")
        WITHDRAWN = "withdrawn", _("已剔旧")

    barcode = models.CharField(max_length=30, unique=True)
    bib = models.ForeignKey(BibRecord, models.PROTECT, related_name="copies")
    kind = models.ForeignKey(ItemKind, models.PROTECT)
    owning_node = models.ForeignKey(Node, models.PROTECT, related_name="owned_copies")
    home_node = models.ForeignKey(Node, models.PROTECT, related_name="home_copies")
    current_node = models.ForeignKey(Node, models.PROTECT, related_name="present_copies")
    state = models.CharField(max_length=14, choices=State.choices, default=State.AVAILABLE)
    damaged = models.BooleanField(default=False)
    missing = models.BooleanField(default=False)
    in_dispute = models.BooleanField(default=False)
    withdrawal_proposed = models.BooleanField(default=False)
    for_loan = models.BooleanField(default=True)
    adult_only = models.BooleanField(default=False)
    call_number = models.CharField(max_length=80, blank=True)
    call_number_key = models.CharField(max_length=160, blank=True)
    shelf = models.CharField(max_length=60, blank=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    accessioned_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "available",
                        "on_loan",
                        "in_transit",
                        "on_hold_shelf",
                        "lost",
                        "withdrawn",
                    ]
                ),
                name="a_copy_is_in_a_known_state",
            )
        ]
        indexes = [models.Index(fields=["current_node", "state"], name="copy_at_node")]

    def __str__(self) -> str:
        return self.barcode


class BarcodeAlias(models.Model):
    """An old barcode that two branches once shared; it means a copy only at its own branch."""

    node = models.ForeignKey(Node, models.PROTECT)
    barcode = models.CharField(max_length=30)
    copy = models.ForeignKey(Copy, models.CASCADE, related_name="aliases")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["node", "barcode"], name="an_alias_is_unique_at_its_branch"
            )
        ]


class TransitQuerySet(models.QuerySet):
    def on_the_road(self):
        return self.filter(ended_at=None)


class Transit(models.Model):
    """One journey of a copy. It ends only by a scan, a declared loss, or an abort with a reason."""

    class Reason(models.TextChoices):
        HOME = "home", _("送回所属馆")
        HOLD = "hold", _("预约取书")
        ROTATION = "rotation", _("流动轮换")
        DELIVERY = "delivery", _("配送")
        REPAIR = "repair", _("修补")

    class Ending(models.TextChoices):
        SCAN = "scan", _("扫码签收")
        STOPOVER = "stopover", _("中途到馆，改道")
        LOSS = "loss", _("报告遗失")
        ABORT = "abort", _("中止")

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="transits")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    from_node = models.ForeignKey(Node, models.PROTECT, related_name="transits_out")
    to_node = models.ForeignKey(Node, models.PROTECT, related_name="transits_in")
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    ended_node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)

    objects = TransitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(ended_at__isnull=True),
                name="a_copy_is_on_at_most_one_journey",
            ),
            models.CheckConstraint(
                condition=~Q(from_node=F("to_node")), name="a_journey_goes_somewhere_else"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="an_ended_journey_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(ending="abort") | ~Q(note=""), name="an_aborted_journey_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["to_node"], name="transit_in", condition=Q(ended_at__isnull=True)),
            models.Index(
                fields=["from_node"], name="transit_out", condition=Q(ended_at__isnull=True)
            ),
        ]


class MoveDocument(models.Model):
    """Who decided that copies shelve elsewhere from now on, when and why 调拨单."""

    class Reason(models.TextChoices):
        DELIVERY = "delivery", _("配送")
        BOX = "box", _("流动图书箱")
        ROTATION = "rotation", _("流动轮换")
        REBALANCING = "rebalancing", _("调拨")

    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="a_move_document_says_why")
        ]

    @property
    def number(self) -> str:
        """What is printed and filed: DB and five digits."""
        return f"DB{self.pk:05d}"


class HomeMove(models.Model):
    """One change of the shelf a copy belongs to; whose property it is never changes here.

    It rests on a document, or on the floating group under which the copy stayed.
    """

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="home_moves")
    from_node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    to_node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    document = models.ForeignKey(MoveDocument, models.PROTECT, null=True, related_name="moves")
    group = models.ForeignKey("FloatingGroup", models.PROTECT, null=True, related_name="moves")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_node=F("to_node")), name="a_move_goes_somewhere_else"
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=True, group__isnull=False)
                | Q(document__isnull=False, group__isnull=True),
                name="a_home_changes_by_a_document_or_a_floating_group",
            ),
        ]


class Dispute(models.Model):
    """Sent and not received 差异: the copy's journey stays open until a scan or a declared loss."""

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="disputes")
    transit = models.ForeignKey(Transit, models.PROTECT, related_name="disputes")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    ended_node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Transit.Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(ended_at__isnull=True),
                name="a_copy_is_in_at_most_one_dispute",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="an_ended_dispute_says_how",
            ),
        ]


class FloatingGroup(models.Model):
    """Branches among which copies stay where they are handed in 浮动馆藏."""

    name = models.CharField(max_length=60, unique=True)
    kinds = models.ManyToManyField(ItemKind, blank=True)
    most_of_a_title = models.PositiveSmallIntegerField(default=2)
    begins_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most_of_a_title__gte=1), name="a_group_lets_at_least_one_of_a_title_in"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FloatingMember(models.Model):
    """A branch in a floating group, and how many copies of the group's kinds it has room for."""

    group = models.ForeignKey(FloatingGroup, models.CASCADE, related_name="members")
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    capacity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "node"], name="a_branch_is_in_a_group_once")
        ]


class FloatingExclusion(models.Model):
    """A title that always goes home, whatever the group."""

    group = models.ForeignKey(FloatingGroup, models.CASCADE, related_name="exclusions")
    bib = models.ForeignKey(BibRecord, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "bib"], name="a_title_is_left_out_once")
        ]


class StockEvent(models.Model):
    """One thing that added a copy to the stock of a branch, or took it away; never changed.

    The stock (总藏量, I15) of a branch is the sum of `change` over its events.
    """

    class Kind(models.TextChoices):
        ACCESSION = "accession", _("登到入藏")
        LOST = "lost", _("报告遗失")
        FOUND = "found", _("失而复得")
        WITHDRAWN = "withdrawn", _("剔旧")
        RESTORED = "restored", _("撤销剔旧")
        TRANSFER_OUT = "transfer_out", _("产权移出")
        TRANSFER_IN = "transfer_in", _("产权移入")

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="stock_events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    change = models.SmallIntegerField()
    node = models.ForeignKey(Node, models.PROTECT, related_name="stock_events")
    item_kind = models.ForeignKey(ItemKind, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    document = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["accession", "found", "restored", "transfer_in"], change=1)
                | Q(kind__in=["lost", "withdrawn", "transfer_out"], change=-1),
                name="a_stock_event_adds_or_takes_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["withdrawn", "restored", "transfer_out", "transfer_in"])
                | ~Q(document=""),
                name="what_is_decided_names_its_document",
            ),
            models.UniqueConstraint(
                fields=["copy"], condition=Q(kind="accession"), name="a_copy_is_accessioned_once"
            ),
        ]
        indexes = [models.Index(fields=["node", "item_kind"], name="stock_of_node")]


class HoldingsMapping(models.Model):
    """How somebody's records tell of copies 905 对照表: what each subfield of field `tag` means.

    `meanings` is {subfield code: one of marc.holdings905.MEANINGS}; `places` {library code in the
    records: node code}. What is at no such place goes to `elsewhere`, or is refused without it.
    """

    name = models.CharField(max_length=60, unique=True)
    tag = models.CharField(max_length=3, default="905")
    meanings = models.JSONField()
    places = models.JSONField(default=dict)
    elsewhere = models.ForeignKey(Node, models.PROTECT, null=True, related_name="+")
    kind = models.ForeignKey(ItemKind, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_mapping_has_a_name")]

    def __str__(self) -> str:
        return self.name


class FlagChange(models.Model):
    """Somebody saw a copy damaged, mended, not on its shelf or there again, and said so."""

    class Kind(models.TextChoices):
        DAMAGED = "damaged", _("破损")
        MENDED = "mended", _("修好了")
        MISSING = "missing", _("架上没有")
        SEEN = "seen", _("在架上看到了")

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="flag_changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["damaged", "missing"]) | ~Q(note=""),
                name="what_is_wrong_with_a_copy_is_said",
            )
        ]
