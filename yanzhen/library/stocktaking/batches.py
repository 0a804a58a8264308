"""A handheld's text file of barcodes, read whole: every line is counted or told, none is lost."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.stocktaking import rules
from yanzhen.library.stocktaking.counting import locked_count, record_scan
from yanzhen.people.roles import Actor

MOST_LINES = 5000


@dataclass
class Batch:
    """What came of a file: findings and how many, lines told again, lines that are no barcode."""

    findings: Counter[str] = field(default_factory=Counter)
    repeated: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without its mark), else in GB18030. Raises Refused."""
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    raise Refused(
        "batch-unreadable",
        _("这个文件不是文本，读不出来。"),
        _("请在盘点机上导出 TXT，一行一个条码。"),
    )


def record_batch(*, count_id: int, text: str, by: Actor, at: dt.datetime) -> Batch:
    """Record one barcode a line, all in one transaction. Raises Refused as a scan does, and for
    more than 5,000 lines."""
    lines, batch, seen = text.splitlines(), Batch(), set()
    if len(lines) > MOST_LINES:
        raise Refused(
            "batch-too-long",
            _("一次最多 %(n)d 行，一行也没有记。") % {"n": MOST_LINES},
            _("请把文件分成几个再传。"),
        )
    with transaction.atomic():
        refuse_first(rules.a_closed_count_takes_no_scan(locked_count(count_id, by).closed_at))
        for number, line in enumerate(lines, 1):
            barcode = scanned(line)
            if not barcode:
                continue
            if barcode in seen:
                batch.repeated.append(number)
            elif not (barcode.isascii() and barcode.isalnum() and len(barcode) <= 30):
                batch.unreadable.append(number)
            else:
                done = record_scan(count_id=count_id, barcode=barcode, by=by, at=at)
                batch.findings[done.finding] += 1
            seen.add(barcode)
    return batch
