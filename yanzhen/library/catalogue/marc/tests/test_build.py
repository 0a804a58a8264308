import io
from datetime import date

import pytest

from yanzhen.library.catalogue.marc import iso2709, reading
from yanzhen.library.catalogue.marc.build import cnmarc
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.flavour import CNMARC, flavour_of
from yanzhen.library.catalogue.marc.holdings905 import proposed_copies

RECORD = cnmarc(
    title="百年孤独",
    identifier="demo000001",
    entered=date(2026, 11, 23),
    authors=["加西亚·马尔克斯"],
    contributors=[("范晔", "译")],
    isbn="978-7-02-000220-7",
    price="CNY39.50",
    place="海口",
    publisher="南海出版公司",
    year=2011,
    pages="360页",
    size="22cm",
    series="新经典文库",
    abstract="布恩迪亚家族七代人的故事。",
    subjects=["长篇小说—哥伦比亚—现代"],
    clc="I775.45",
    agency="演示",
    copies=[[("a", "5120"), ("b", "YJ1"), ("b", "YJ2"), ("s", "I775.45/1")]],
)


def test_the_facts_come_back():
    derived = derive(RECORD)
    assert flavour_of(RECORD) == CNMARC
    assert (derived.title, derived.authors) == ("百年孤独", ["加西亚·马尔克斯", "范晔"])
    assert derived.responsibility == "加西亚·马尔克斯著; 范晔译"
    assert (derived.place, derived.publisher, derived.year) == ("海口", "南海出版公司", 2011)
    assert derived.isbns == ["9787020002207"]
    assert derived.clc == ["I775.45"]
    assert derived.subjects == ["长篇小说—哥伦比亚—现代"]
    assert derived.language == "zh"
    assert derived.format == "book"
    assert [copy.barcode for copy in proposed_copies(RECORD)] == ["YJ1", "YJ2"]


def test_the_form_is_proper():
    assert len(RECORD.leader) == 24
    assert len(RECORD.first("100", "a")) == 36
    assert RECORD.first("100", "a")[22:34] == "chiy50      "
    assert RECORD.first("200", "A") == "bai nian gu du"
    assert RECORD.first("701", "4") == "著"
    assert RECORD.first("702", "4") == "译"
    tags = [field.tag for field in RECORD.fields]
    assert tags == sorted(tags)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_it_travels(encoding):
    (taken,) = reading.read(io.BytesIO(iso2709.write(RECORD, encoding)))
    assert taken.record.replacing("100").lines == RECORD.replacing("100").lines


@pytest.mark.parametrize(
    "format", ["book", "large_print", "braille", "periodical", "sound", "video", "map"]
)
def test_formats_come_back(format):
    record = cnmarc(title="大地", identifier="1", entered=date(2026, 1, 1), format=format)
    assert derive(record).format == format


def test_the_barest_record():
    record = cnmarc(title="无名", identifier="1", entered=date(2026, 1, 1))
    assert derive(record).year is None
    assert [field.tag for field in record.fields] == [
        "001",
        "100",
        "101",
        "102",
        "105",
        "106",
        "200",
    ]
