"""What is wished for, ordered, received and paid 采访, and the money for it 经费.

Money is in whole 分 (fen). No balance and no total is a column here: see money.py.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.library.acquisitions.amounts import WHOLE
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy
from yanzhen.network.models import Node
from yanzhen.people.models import Person


class Supplier(models.Model):
    """A bookseller 书商. `columns` remembers how its lists are laid out."""

    name = models.CharField(max_length=80, unique=True)
    contact = models.CharField(max_length=120, blank=True)
    columns = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    """A framework contract 合同: at what part of the list price, and for how long."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60, unique=True)
    discount = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(discount__gte=1, discount__lte=WHOLE),
                name="a_contract_never_asks_more_than_the_list_price",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="a_contract_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Fund(models.Model):
    """Money for a purpose in a year 经费. What it holds is the sum of its appropriations."""

    class Source(models.TextChoices):
        CENTRAL = "central", _("中央")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        DISTRICT = "district", _("区级")
        SOCIETY = "society", _("社会")

    name = models.CharField(max_length=80)
    source = models.CharField(max_length=10, choices=Source.choices)
    year = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=200)

    class Meta:
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="a_fund_is_named_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class Appropriation(models.Model):
    """Money put into a fund 拨款, or taken out of it again by a contra entry."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="appropriations")
    fen = models.BigIntegerField()
    voucher = models.CharField(max_length=60)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(fen=0), name="an_appropriation_moves_money"),
            models.CheckConstraint(condition=~Q(voucher=""), name="an_appropriation_has_a_voucher"),
        ]


class FundPhase(models.Model):
    """What of a fund is to be spent by a day, and what for 经费计划: name, money, 绩效目标."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="phases")
    name = models.CharField(max_length=60)
    until_day = models.DateField()
    fen = models.BigIntegerField()
    target = models.CharField(max_length=200)

    class Meta:
        ordering = ["until_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "until_day"], name="one_phase_of_a_fund_ends_on_a_day"
            ),
            models.CheckConstraint(condition=Q(fen__gte=0), name="a_phase_plans_no_debt"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(target=""), name="a_phase_has_a_name_and_a_target"
            ),
        ]


class Described(models.Model):
    """What is known of a title before it is in the catalogue. `same_key` finds it again."""

    bib = models.ForeignKey(BibRecord, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=300)
    author = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    year = models.SmallIntegerField(null=True)
    isbn13 = models.CharField(max_length=13, blank=True)
    same_key = models.CharField(max_length=64, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class OrderQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(placed_at=None, cancelled_at=None)

    def placed(self):
        return self.filter(cancelled_at=None).exclude(placed_at=None)


class Order(models.Model):
    """One order to one supplier 订单: a draft until it is placed."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="orders")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="orders")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    due_on = models.DateField(null=True)
    placed_at = models.DateTimeField(null=True)
    placed_by = models.CharField(max_length=80, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=80, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""),
                name="a_cancelled_order_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What stands on the sheet: the year and a running number."""
        return f"{self.opened_at:%Y}-{self.pk:05d}"

    @property
    def is_draft(self) -> bool:
        return self.placed_at is None and self.cancelled_at is None


class OrderLine(Described):
    """One title of an order 订单行, paid from one fund at an agreed price."""

    class GivenUp(models.TextChoices):
        OUT_OF_PRINT = "out_of_print", _("绝版缺货")
        CANCELLED = "cancelled", _("不再要了")

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField()
    list_fen = models.BigIntegerField()
    discount = models.BigIntegerField(default=WHOLE)
    unit_fen = models.BigIntegerField()
    given_up_for = models.CharField(max_length=12, choices=GivenUp.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "same_key"], name="a_title_stands_once_in_an_order"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="a_line_orders_at_least_one"),
            models.CheckConstraint(
                condition=Q(list_fen__gte=0, discount__gte=1, discount__lte=WHOLE)
                & Q(unit_fen=(F("list_fen") * F("discount") + WHOLE // 2) / WHOLE),
                name="a_line_costs_its_list_price_less_discount",
            ),
        ]


class Allocation(models.Model):
    """How many of a line go to which branch 分配去向, and how many of those came."""

    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="allocations")
    node = models.ForeignKey(Node, models.PROTECT, related_name="allocations")
    quantity = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    given_up = models.PositiveIntegerField(default=0)
    extra = models.BooleanField(default=False)

    class Meta:
        ordering = ["node__path"]
        constraints = [
            models.UniqueConstraint(fields=["line", "node"], name="a_branch_stands_once_in_a_line"),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("received") + F("given_up")),
                name="received_stays_within_ordered",
            ),
        ]

    @property
    def outstanding(self) -> int:
        return self.quantity - self.received - self.given_up


class WishQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(decided_at=None)


class Wish(Described):
    """A title a branch would like 采购意向, or a reader 荐购 (then `person` is set).

    Decided it stands in a line, or was declined with an answer.
    """

    node = models.ForeignKey(Node, models.PROTECT, related_name="wishes")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="wishes")
    quantity = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, related_name="wishes")
    answer = models.CharField(max_length=200, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, line=None, answer="")
                | (Q(decided_at__isnull=False) & (Q(line__isnull=False) | ~Q(answer=""))),
                name="a_decided_wish_is_ordered_or_answered",
            ),
            models.UniqueConstraint(
                fields=["node", "same_key"],
                condition=Q(decided_at=None, person=None),
                name="a_branch_wishes_for_a_title_once",
            ),
            models.UniqueConstraint(
                fields=["person", "same_key"],
                condition=Q(decided_at=None, person__isnull=False),
                name="a_reader_suggests_a_title_once",
            ),
        ]


class Receipt(models.Model):
    """Books that came for a branch 验收: accepted, or damaged and sent back."""

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="receipts")
    at_node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    accepted = models.PositiveIntegerField()
    damaged = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted__gte=1) | Q(damaged__gte=1), name="a_receipt_holds_something"
            )
        ]


class Accession(models.Model):
    """A copy made at a receipt 财产登记: it leads to its line, its fund and its branch."""

    copy = models.OneToOneField(Copy, models.PROTECT, related_name="accession")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="accessions")


class Claim(models.Model):
    """The supplier was asked where the rest is 催缺."""

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="claims")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]


class Invoice(models.Model):
    """A supplier's invoice 发票; a wrong one is put right by one that reverses it."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="invoices")
    number = models.CharField(max_length=60)
    day = models.DateField()
    voucher = models.CharField(max_length=60)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "number"],
                condition=Q(reverses=None),
                name="an_invoice_is_booked_once",
            ),
            models.CheckConstraint(condition=~Q(voucher=""), name="an_invoice_has_a_voucher"),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """What an invoice asks for copies of one line; of a reversing invoice both are negative."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="invoice_lines")
    quantity = models.IntegerField()
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "line"], name="a_line_stands_once_in_an_invoice"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, fen__gte=0) | Q(quantity__lte=-1, fen__lte=0),
                name="money_goes_the_way_of_the_copies",
            ),
        ]


class SupplierList(models.Model):
    """An uploaded list 书商目录 between preview and confirmation: nothing of it is ordered yet."""

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="lists")
    order = models.ForeignKey(Order, models.CASCADE, related_name="lists")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    taken_at = models.DateTimeField(null=True)
