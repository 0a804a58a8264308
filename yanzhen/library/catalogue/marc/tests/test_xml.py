import pytest

from yanzhen.library.catalogue.marc import reading, xml
from yanzhen.library.catalogue.marc.iso2709 import Damaged
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese, english, file

UNICODE = Field.of("100", "  ", ("a", "20080101d2008    em y0chiy50      ea"))
CHINESE = chinese().replacing("100", UNICODE)
SLIM = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
    '<controlfield tag="001">1</controlfield>'
    '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">A &amp; B</subfield></datafield>'
    "</record>"
)


def read(content: str | bytes):
    return list(reading.read(file(content if isinstance(content, bytes) else content.encode())))


def test_what_is_written_is_read_back():
    leader = "00000nam a2200000 a 4500"
    odd = Field.of("500", "  ", ("a", " <b>&amp; \"'\r\n\t \u3000"), ("A", "]]>"))
    records = [
        CHINESE,
        english(odd, leader=leader),
        Record.of(leader, [Field.control("FMT", "BK")]),
    ]
    found = read(b"".join(xml.collection(records)))
    assert [taken.record for taken in found] == records


def test_cnmarc_says_it_is_unimarc_and_marc21_is_slim():
    assert 'xmlns="info:lc/xmlns/marcxchange-v2" format="UNIMARC"' in xml.element(CHINESE)
    assert 'xmlns="http://www.loc.gov/MARC21/slim"' in xml.element(english())


def test_characters_xml_cannot_hold_are_replaced():
    record = Record.of(" " * 24, [Field.of("200", "1 ", ("a", "a\x00\x0bb"))])
    (taken,) = read(xml.element(record))
    assert taken.record.first("200", "a") == "a\ufffd\ufffdb"


@pytest.mark.parametrize(
    "content",
    [
        SLIM,
        f"<collection>{SLIM}</collection>",
        f"\ufeff<?xml version='1.0'?><OAI-PMH><metadata>{SLIM}</metadata></OAI-PMH>",
        SLIM.replace("<", "<m:").replace("<m:/", "</m:").replace("xmlns=", "xmlns:m="),
        f"<?xml version='1.0' encoding='UTF-16'?>{SLIM}".encode("utf-16"),
    ],
    ids=["record", "collection", "oai", "prefixed", "utf-16"],
)  # fmt: skip
def test_wherever_the_record_stands(content):
    (taken,) = read(content)
    assert taken.record.first("245", "a") == "A & B"
    assert taken.record.get("001").value == "1"
    assert taken.record.leader == "00000nam a2200000 a 4500"


@pytest.mark.parametrize("code", ["GB2312", "gbk", "GB18030", "big5"])
def test_xml_in_a_chinese_code(code):
    content = f'<?xml version="1.0" encoding="{code}"?>' + SLIM.replace("A &amp; B", "小")
    (taken,) = read(content.encode(code))
    assert taken.record.first("245", "a") == "小"


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE r>",
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(declaration):
    (damaged,) = read(f"<?xml version='1.0'?>{declaration}{SLIM}")
    assert isinstance(damaged, Damaged)
    assert "DOCTYPE" in damaged.reason


def test_records_before_a_break_are_kept():
    taken, damaged = read(f"<collection>{SLIM}<record><leader>")
    assert taken.record.first("245", "a") == "A & B"
    assert isinstance(damaged, Damaged)
    assert damaged.number == 2


@pytest.mark.parametrize(
    "content",
    ["<", "<a", "<collection/>x", "<?xml version='1.0' encoding='klingon'?><a/>",
     "<?xml version='1.0' encoding='euc-kr'?><a/>", "<record><datafield/></record><"],
)  # fmt: skip
def test_broken_files_are_told(content):
    assert isinstance(read(content)[-1], Damaged)


def test_endless_values_and_endless_tags_are_refused():
    for content in ("<record><leader>" + "x" * 10_100_000, "<record leader='" + "x" * 10_200_000):
        (damaged,) = read(content)
        assert "一千万" in damaged.reason


def test_embedded_fields_survive():
    (taken,) = read(xml.element(CHINESE))
    assert taken.record.get("461").subfields == CHINESE.get("461").subfields


def test_elements_without_end_are_stopped():
    """Neither tags in tags nor empty subfields may fill the memory."""
    (deep,) = xml.read(file(b"<collection>", b"<r>" * 200))
    assert "一层套一层" in deep.reason
    many = b'<subfield code="a"/>' * 500_001
    (long,) = xml.read(file(b'<record><datafield tag="200">', many))
    assert "超过一千万字" in long.reason
