"""What was planned for a fund beside what it paid; an over-plan line is flagged (R58)."""

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import pytest

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import paying, phasing, receiving
from yanzhen.library.acquisitions.receiving import Came
from yanzhen.library.acquisitions.spreadsheets.opendocument import KIND, as_ods
from yanzhen.library.acquisitions.tests.makers import MONDAY, buying, placed

TODAY = MONDAY.date()
DAYS = dt.timedelta(days=1)


@pytest.fixture
def buyer(place):
    return buying(place)


def planned(buyer, name, until, fen, target="每馆 50 册"):
    return phasing.plan_phase(
        fund=buyer.fund, name=name, until_day=until, fen=fen, target=target, by=buyer.by, at=MONDAY
    )


@pytest.fixture
def paid(place, buyer):
    """Two copies at 50 yuan, paid on two days."""
    line = placed(buyer, {place.hub.pk: 2})
    receiving.receive(
        line.pk, {line.allocations.get().pk: Came(2)}, barcodes=["N1", "N2"], kind=place.book,
        at_node=place.hub, by=buyer.by, at=MONDAY,
    )  # fmt: skip
    for number, day in ((1, TODAY), (2, TODAY + 40 * DAYS)):
        paying.book_invoice(
            line.order_id, {line.pk: (1, 5000)}, number=f"票-{number}", voucher="记-1", day=day,
            by=buyer.by, at=MONDAY,
        )  # fmt: skip


def test_what_was_paid_counts_in_its_phase_and_an_over_plan_line_is_flagged(buyer, paid):
    planned(buyer, "上半段", TODAY, 4000)
    planned(buyer, "下半段", TODAY + 60 * DAYS, 9000)
    told = [(each.phase.name, each.planned, each.spent, each.over)
            for each in phasing.plan_and_spent(buyer.fund)]  # fmt: skip
    assert told == [("上半段", 4000, 5000, True), ("下半段", 9000, 5000, False)]


def test_what_was_paid_after_the_last_phase_is_outside_the_plan(buyer, paid):
    first = planned(buyer, "上半段", TODAY, 4000)
    outside = phasing.plan_and_spent(buyer.fund)[-1]
    assert (outside.phase, outside.spent, outside.over) == (None, 5000, True)
    planned(buyer, "上半段改过", TODAY, 6000)
    assert [each.over for each in phasing.plan_and_spent(buyer.fund)] == [False, True]
    phasing.drop_phase(fund=buyer.fund, phase_id=first.pk, by=buyer.by, at=MONDAY)
    assert [each.spent for each in phasing.plan_and_spent(buyer.fund)] == [10000]


def test_a_phase_says_until_when_and_what_for_and_is_planned_by_the_main_library(buyer):
    with pytest.raises(Refused, match="phase-undated"):
        planned(buyer, "上半段", None, 1)
    with pytest.raises(Refused, match="phase-without-target"):
        planned(buyer, "上半段", TODAY, 1, target=" ")
    buyer.by = buyer.branch
    with pytest.raises(Refused):
        planned(buyer, "上半段", TODAY, 1)


def test_an_open_document_holds_text_and_numbers():
    packed = zipfile.ZipFile(io.BytesIO(as_ods([["阶段", "元"], ["=1+1 <&>", 12.5]], "2026 购书")))
    assert packed.namelist()[0] == "mimetype"
    assert packed.read("mimetype").decode() == KIND
    assert packed.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
    content = ElementTree.fromstring(packed.read("content.xml"))  # noqa: S314 - our own
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    cells = [cell for cell in content.iter() if cell.tag.endswith("table-cell")]
    assert ["".join(cell.itertext()) for cell in cells] == ["阶段", "元", "=1+1 <&>", "12.50"]
    assert [cell.get(f"{office}value") for cell in cells] == [None, None, None, "12.5"]
