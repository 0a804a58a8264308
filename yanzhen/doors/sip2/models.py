"""Self-service machines 自助机 as this door knows them, and what they did while cut off."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanzhen.doors.sip2.wire import Checksum, Trailer, Wire
from yanzhen.network.models import Node


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks (10.1.0.0/24) between commas or blanks. Raises ValueError."""
    return [ip_network(word, strict=False) for word in re.split("[,，、;；\\s]+", text) if word]


def _plain(address: str) -> IPv4Address | IPv6Address:
    """An address as a socket tells it; IPv4 that comes over IPv6 is IPv4."""
    told = ip_address(address.partition("%")[0])
    return getattr(told, "ipv4_mapped", None) or told


class Terminal(models.Model):
    """One machine: how it signs in, where it stands, how it writes, what it may show."""

    class Charset(models.TextChoices):
        UTF_8 = "utf-8", "UTF-8"
        GBK = "gbk", "GBK"
        GB18030 = "gb18030", "GB18030"
        CP850 = "cp850", "CP850"

    class Counting(models.TextChoices):
        BYTES = "bytes", _("按字节")
        POINTS = "points", _("按字符编号")
        OFF = "off", _("不核对")

    class Reach(models.TextChoices):
        THROUGH_AZ = "az", _("算到 AZ")
        BEFORE_AY = "ay", _("算到 AY 之前")

    account = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    password = models.CharField(max_length=128)
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    charset = models.CharField(max_length=10, choices=Charset.choices, default=Charset.UTF_8)
    counting = models.CharField(max_length=10, choices=Counting.choices, default=Counting.BYTES)
    reach = models.CharField(max_length=4, choices=Reach.choices, default=Reach.THROUGH_AZ)
    learning = models.BooleanField(default=False)
    learned = models.JSONField(default=dict)
    institution = models.CharField(max_length=40, blank=True)
    screen_width = models.PositiveSmallIntegerField(default=80)
    sees_names = models.BooleanField(default=False)
    addresses = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def wire(self) -> Wire:
        return Wire(self.charset, Checksum(self.counting), Trailer(self.reach))

    def admits(self, address: str) -> bool:
        """Whether it may come from this address; none named: from anywhere."""
        allowed = networks(self.addresses)
        return not allowed or any(_plain(address) in each for each in allowed)


class TerminalDay(models.Model):
    """How many frames a machine sent on a day, and how many could not be read or answered."""

    terminal = models.ForeignKey(Terminal, models.CASCADE, related_name="days")
    day = models.DateField()
    frames = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["terminal", "day"], name="a_machine_has_one_row_a_day")
        ]


class OfflineDeed(models.Model):
    """What a machine did while it was cut off (no-block), taken in once; `trouble` is what stood
    against it, for somebody to look at."""

    terminal = models.ForeignKey(Terminal, models.PROTECT, related_name="offline_deeds")
    key = models.CharField(max_length=64)
    code = models.CharField(max_length=2)
    barcode = models.CharField(max_length=60)
    done_at = models.DateTimeField()
    received_at = models.DateTimeField()
    answer = models.JSONField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["terminal", "key"], name="an_offline_deed_is_taken_in_once"
            )
        ]
