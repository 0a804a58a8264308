import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.library.catalogue.marc import iso2709, reading
from yanzhen.library.catalogue.marc.iso2709 import Damaged, RawRecord
from yanzhen.library.catalogue.marc.reading import Taken
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese, english, file, iso
from yanzhen.library.catalogue.marc.tests.test_record import FIELDS

ONE, TWO = iso(chinese("围城"), "utf-8"), iso(chinese("活着"), "utf-8")


def titles(*pieces: bytes) -> list[str]:
    return [
        taken.record.first("200", "a") if isinstance(taken, Taken) else "damaged"
        for taken in reading.read(file(*pieces))
    ]


@given(st.lists(FIELDS, min_size=1, max_size=5), st.sampled_from(["utf-8", "gb18030"]))
def test_what_is_written_is_read_back(fields, encoding):
    fields = [field for field in fields if field.tag != "100"]
    record = Record.of("00000nam0 2200000   450 ", [Field.control("001", "1"), *fields])
    (taken,) = reading.read(io.BytesIO(iso2709.write(record, encoding)), encoding)
    assert taken.record.lines == record.lines


def test_lengths_are_bytes_of_the_encoding():
    for encoding in ("utf-8", "gb18030"):
        written = iso2709.write(chinese(), encoding)
        assert int(written[:5]) == len(written)
        assert written[int(written[12:17]) - 1 : int(written[12:17])] == b"\x1e"


def test_the_written_record_says_its_encoding():
    def general(encoding):
        (taken,) = reading.read(io.BytesIO(iso2709.write(chinese(), encoding)))
        return taken.record.first("100", "a")

    assert general("utf-8") == "20080101d2008    em y0chiy50      ea"
    assert general("gb18030") == "20080101d2008    em y0chiy0120    ea"
    assert iso2709.write(english())[9:10] == b"a"


def test_a_field_or_record_beyond_the_limits_is_refused():
    field = Field.of("330", "  ", ("a", "长" * 3400))
    with pytest.raises(iso2709.TooLong, match="330"):
        iso2709.write(Record.of(" " * 24, [field]))
    half = Field.of("330", "  ", ("a", "长" * 3000))
    with pytest.raises(iso2709.TooLong, match="99999"):
        iso2709.write(Record.of(" " * 24, [half] * 12))


@pytest.mark.parametrize(
    "pieces",
    [
        (ONE, TWO),
        (ONE, b"\r\n", TWO, b"\r\n"),
        (ONE, b"\n", TWO, b"\n\x1a"),
        (b"\xef\xbb\xbf", ONE, b"\x00\x00", TWO),
        (b"99999" + ONE[5:], b"00001" + TWO[5:]),
        (b"     " + ONE[5:], TWO),
        (ONE[:-1], TWO),
        (ONE, TWO[:-1]),
        (ONE[:12] + b"00000" + ONE[17:], TWO),
        (ONE[:10] + b"  " + ONE[12:], TWO),
    ],
    ids=["plain", "crlf", "lf-ctrl-z", "bom-nul", "wrong-length", "blank-length",
         "terminator-lost", "last-terminator-lost", "base-lost", "indicator-count-lost"],
)  # fmt: skip
def test_both_records_come_out(pieces):
    assert titles(*pieces) == ["围城", "活着"]


def test_lengths_counted_in_characters_do_no_harm():
    written = ONE.decode()
    directory = written[24 : written.index("\x1e")]
    text = written.split("\x1e")[1:]
    entries, start = "", 0
    for at, body in enumerate(text[:-1]):
        entries += f"{directory[at * 12 : at * 12 + 3]}{len(body) + 1:04}{start:05}"
        start += len(body) + 1
    assert titles(ONE[:24] + entries.encode() + ONE[24 + len(entries) :]) == ["围城"]


def test_a_directory_in_another_order_than_the_fields():
    body = chinese("围城")
    fields = [line[3:].encode() + b"\x1e" for line in body.lines]
    starts = [sum(map(len, fields[:at])) for at in range(len(fields))]
    entries = [
        f"{line[:3]}{len(field):04}{start:05}".encode()
        for line, field, start in zip(body.lines, fields, starts, strict=True)
    ]
    base = b"%05d" % (25 + 12 * len(entries))
    raw = b"00000nam0 22" + base + b"   450 " + b"".join(reversed(entries)) + b"\x1e"
    (taken,) = reading.read(file(raw, *fields, b"\x1d"))
    assert taken.record.lines == tuple(reversed(body.lines))


def test_a_lost_field_terminator_is_mended():
    at = ONE.index(b"\x1e", ONE.index("围城".encode()))
    (taken,) = reading.read(file(ONE[:at] + ONE[at + 1 :]))
    assert taken.mended
    assert taken.record.lines == chinese("围城").lines


def test_a_stray_field_terminator_is_taken_out():
    broken = ONE.replace("校注本".encode(), "校注\x1e本".encode(), 1)
    lengths = ONE[24 : ONE.index(b"\x1e")]
    title = lengths.index(b"200")
    longer = b"%04d" % (int(lengths[title + 3 : title + 7]) + 1)
    broken = broken[: 24 + title + 3] + longer + broken[24 + title + 7 :]
    (taken,) = reading.read(file(broken))
    assert taken.mended
    assert taken.record.first("200", "e") == "校注本"


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((ONE, b"just some text\x1d", TWO), ["围城", "damaged", "活着"]),
        ((ONE, TWO[:200]), ["围城", "damaged"]),
        ((ONE[:24] + b"\x1e\x1d", TWO), ["damaged", "活着"]),
        ((ONE[:24] + b"?" * 60 + ONE[84:], TWO), ["damaged", "活着"]),
        ((ONE[:30] + ONE[54:], TWO), ["damaged", "活着"]),
        ((b"\x1d\x1d\x1d", ONE), ["围城"]),
        ((b"",), []),
        ((b"\r\n\r\n",), []),
    ],
    ids=["junk-between", "cut-short", "no-directory", "directory-garbage", "directory-shifted",
         "only-terminators", "empty", "blank"],
)  # fmt: skip
def test_damage_is_told_and_the_next_record_read(pieces, expected):
    assert titles(*pieces) == expected


def test_damage_says_where_and_why():
    (_, damaged) = reading.read(file(ONE, b"\r\n", TWO[:200]))
    assert damaged == Damaged(2, len(ONE) + 2, damaged.reason)
    assert "断了" in damaged.reason


def test_records_know_their_offset_and_number():
    first, second = iso2709.read(file(ONE, b"\r\n", TWO))
    assert (first.offset, first.number) == (0, 1)
    assert (second.offset, second.number) == (len(ONE) + 2, 2)
    assert first.raw == ONE[:-1]


class Endless(io.RawIOBase):
    """A large file that knows how much of it is asked for at once."""

    def __init__(self, size: int, block: bytes):
        self.left, self.block, self.most = size, block, 0

    def read(self, size=-1):
        self.most = max(self.most, size if size >= 0 else self.left)
        take = min(size, self.left)
        self.left -= take
        return (self.block * (take // len(self.block) + 1))[:take]


def test_a_large_file_is_never_read_at_once():
    large = Endless(20_000_000, b"no record here ")
    found = list(iso2709.read(large))
    assert large.most <= 1 << 20
    assert found
    assert all(isinstance(piece, Damaged) for piece in found)


def test_a_record_across_the_edge_of_a_chunk():
    many = 2_500_000 // len(ONE)
    found = list(iso2709.read(io.BytesIO(ONE * many)))
    assert len(found) == many
    assert all(isinstance(raw, RawRecord) and raw.raw == ONE[:-1] for raw in found)


@given(st.binary(max_size=400))
def test_no_content_raises(content):
    list(reading.read(io.BytesIO(content)))


@given(st.randoms(use_true_random=False))
def test_no_damage_to_real_records_raises(chance: random.Random):
    content = bytearray(ONE + TWO)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(content))
        content[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    list(reading.read(io.BytesIO(content)))
