import pytest

from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.encoding import BIG5, GB18030, MARC8, UTF8, Decoder
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese, english, file, iso

TRADITIONAL = Record.of(
    "00000nam0 2200000   450 ",
    [
        Field.control("001", "1"),
        Field.of("200", "1 ", ("a", "張愛玲短篇小說集"), ("f", "張愛玲著")),
        Field.of("210", "  ", ("a", "臺北"), ("c", "皇冠文化出版有限公司")),
    ],
)


def only(content: bytes, encoding: str = "auto") -> reading.Taken:
    (taken,) = reading.read(file(content), encoding)
    return taken


@pytest.mark.parametrize("flag", ["a", " "])
@pytest.mark.parametrize("claim", ["50      ", "0120    "])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_neither_leader_nor_100_can_fool_it(flag, claim, encoding):
    record = chinese()
    general = f"20080101d2008    em y0chiy{claim}ea"
    record = record.replacing("100", Field.of("100", "  ", ("a", general)))
    record = Record(record.leader[:9] + flag + record.leader[10:], record.lines)
    taken = only(iso(record, encoding))
    assert taken.record.lines == record.lines
    assert taken.whole
    assert taken.encoding == (UTF8 if encoding == "utf-8" else GB18030)


def test_characters_of_four_bytes_in_gb18030():
    record = chinese("㐂𠮷堂文集ᠮᠣᠩᠭᠣᠯ")
    taken = only(iso(record, "gb18030"))
    assert taken.record.lines == record.lines
    assert taken.encoding == GB18030


def test_big5():
    taken = only(iso(TRADITIONAL, "big5"))
    assert taken.record.lines == TRADITIONAL.lines
    assert taken.encoding == BIG5


def test_traditional_text_in_gbk_is_not_taken_for_big5():
    taken = only(iso(TRADITIONAL, "gbk"))
    assert taken.record.lines == TRADITIONAL.lines
    assert taken.encoding == GB18030


def test_the_file_votes_for_its_short_records():
    short = Record.of(TRADITIONAL.leader, [Field.of("200", "1 ", ("a", "髒"))])
    records = [*reading.read(file(iso(TRADITIONAL, "big5") * 5, iso(short, "big5")))]
    assert records[-1].record.lines == short.lines


def test_two_gbk_characters_that_look_like_utf8_by_chance():
    short = Record.of(chinese().leader, [Field.of("200", "1 ", ("a", "鲁迅"))])
    assert "鲁迅".encode("gbk").decode() != "鲁迅"
    records = [*reading.read(file(iso(chinese(), "gbk") * 3, iso(short, "gbk")))]
    assert records[-1].record.lines == short.lines


def test_files_of_several_codes():
    pieces = [
        iso(chinese(), "utf-8"), iso(chinese(), "gbk"), iso(TRADITIONAL, "big5"),
        marc8(b"Montr\xe2eal /", b"Ren\xe2e L\xe2evesque"),
    ]  # fmt: skip
    found = list(reading.read(file(*pieces)))
    assert [taken.encoding for taken in found] == [UTF8, GB18030, BIG5, MARC8]
    assert found[1].record.lines == chinese().lines
    assert found[2].record.lines == TRADITIONAL.lines


def marc8(title: bytes, author: bytes, leader: str = "00000nam  2200000 a 4500") -> bytes:
    """A MARC 21 record whose title and author are MARC-8 bytes."""
    record = english(leader=leader).replacing(
        "245", Field.of("245", "10", ("a", "TTTT"), ("c", "AAAA"))
    )
    record = record.replacing("260", Field.of("260", "  ", ("b", "Parizeau")))
    return iso(record, "ascii").replace(b"TTTT", title).replace(b"AAAA", author)


@pytest.mark.parametrize("leader", ["00000nam  2200000 a 4500", "00000nam a2200000 a 4500"])
def test_marc8(leader):
    taken = only(
        marc8(b"The K\xe8oln concert \xe1a Montr\xe2eal", b"Fran\xf0cois R\xe2eda", leader)
    )
    title = taken.record.get("245")
    assert taken.encoding == MARC8
    assert taken.whole
    assert title.all("a") == ["The Köln concert à Montréal"]
    assert title.all("c") == ["François Réda"]


def test_one_marc8_letter_is_enough():
    taken = only(marc8(b"E luxo s\xe2o", b"Gilberto"))
    assert taken.record.first("245", "a") == "E luxo só"


def test_a_special_letter_of_marc8():
    assert only(marc8(b"K\xb2benhavn", b"J\xb2rgen")).record.first("245", "a") == "København"


def test_chinese_in_marc8_by_escape():
    taken = only(marc8(b"\x1b$1!0Z!0[\x1b(B.", b"x"))
    assert taken.encoding == MARC8
    assert taken.record.first("245", "a").endswith(".")
    assert "\x1b" not in taken.record.first("245", "a")


@pytest.mark.parametrize("cut", [b"\x1b", b"\x1b$", b"\x1b$1!", b"caf\xe2"])
def test_marc8_cut_short_does_not_raise(cut):
    only(marc8(b"Montr\xe2eal", cut))


def test_utf8_with_a_character_cut_in_two_stays_utf8():
    content = iso(chinese(), "utf-8").replace("兴衰。".encode(), "兴衰".encode()[:-1], 1)
    taken = only(content)
    assert taken.encoding == UTF8
    assert not taken.whole
    assert taken.record.first("200", "a") == "红楼梦"
    assert taken.record.first("330", "a").endswith("兴\ufffd")


def test_gbk_with_a_byte_lost_keeps_its_fields():
    content = iso(chinese(), "gbk").replace("兴衰".encode("gbk"), "兴衰".encode("gbk")[:-1], 1)
    taken = only(content)
    assert taken.encoding == GB18030
    assert taken.record.first("701", "a") == "曹雪芹"


def test_the_person_importing_may_insist():
    assert only(iso(TRADITIONAL, "big5"), "big5").record.lines == TRADITIONAL.lines
    assert only(iso(chinese(), "gbk"), "GBK").record.lines == chinese().lines
    assert not only(iso(chinese(), "gbk"), "utf-8").whole
    with pytest.raises(LookupError):
        Decoder.forcing("klingon")
