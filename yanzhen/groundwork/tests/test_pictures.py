"""A photograph keeps its pixels, its colours and which way up it is, and tells nothing else."""

import struct
import zlib

import pytest

from yanzhen.groundwork.pictures import picture_kind, without_metadata

SECRET = b"104.6E,30.1N"
SCAN = b"\xff\xda\x00\x04\x01\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"
TABLES = b"\xff\xdb\x00\x04\x01\x02"
FRAME = b"\xff\xc2\x00\x04\x03\x04"
JFIF = b"\xff\xe0\x00\x10JFIF" + bytes(10)
PROFILE = b"\xff\xe2\x00\x12ICC_PROFILE\0\x01\x01ab"
END = b"\xff\xd9"


def segment(mark: int, body: bytes) -> bytes:
    return b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = "<") -> bytes:
    """An EXIF segment as a telephone writes it: orientation, then a place."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    entries = struct.pack(f"{order}HHHIHH", 2, 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(f"{order}HHII", 0x8825, 2, len(SECRET), 60)
    return segment(0xE1, b"Exif\0\0" + head + entries + bytes(4) + SECRET)


def chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + len(each).to_bytes(4, "little") + each + b"\0" * (len(each) % 2)
        for name, each in chunks
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def test_a_jpeg_loses_place_words_and_whatever_follows_its_end():
    comment, maker = segment(0xFE, SECRET), segment(0xED, SECRET)
    other = segment(0xE2, b"MPF\0" + SECRET)
    sent = (
        b"\xff\xd8" + JFIF + exif(1) + comment + maker + other + PROFILE + TABLES + b"\xff" + FRAME
        + SCAN + TABLES + SCAN + END + SECRET
    )  # fmt: skip
    kept = without_metadata(sent)
    assert SECRET not in kept
    assert kept == b"\xff\xd8" + JFIF + PROFILE + TABLES + FRAME + SCAN + TABLES + SCAN + END


@pytest.mark.parametrize("order", ["<", ">"])
def test_which_way_up_it_is_stays(order):
    kept = without_metadata(b"\xff\xd8" + exif(6, order) + FRAME + SCAN + END)
    assert SECRET not in kept
    assert kept.count(b"Exif\0\0") == 1
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in kept
    assert without_metadata(kept) == kept


@pytest.mark.parametrize("cut", [b"", b"II", b"II*\0\x08\0\0\0", b"II*\0\x08\0\0\0\xff\xff"])
def test_exif_cut_short_says_nothing(cut):
    sent = b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + cut) + SCAN + END
    assert without_metadata(sent) == b"\xff\xd8" + SCAN + END


def test_what_cannot_be_followed_is_cut_off():
    assert without_metadata(b"\xff\xd8" + TABLES + b"\0" + SECRET) == b"\xff\xd8" + TABLES
    assert without_metadata(b"\xff\xd8\xff\xe1\xff\xff" + SECRET) == b"\xff\xd8"


def test_a_png_keeps_its_chunks_and_loses_the_words():
    head, pixels, end = chunk(b"IHDR", bytes(13)), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")
    words = [chunk(name, SECRET) for name in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt")]
    magic = b"\x89PNG\r\n\x1a\n"
    sent = magic + head + b"".join(words) + pixels + end + SECRET
    assert without_metadata(sent) == magic + head + pixels + end


def test_a_webp_loses_both_and_no_longer_promises_them():
    head, pixels = bytes([0x2C]) + bytes(9), b"abc"
    sent = riff((b"VP8X", head), (b"VP8 ", pixels), (b"EXIF", SECRET), (b"XMP ", SECRET))
    kept = without_metadata(sent)
    assert kept == riff((b"VP8X", bytes([0x20]) + bytes(9)), (b"VP8 ", pixels))
    assert picture_kind(kept) == "webp"


def test_what_is_no_picture_has_no_kind():
    assert picture_kind(b"<svg>") is None
    with pytest.raises(KeyError):
        without_metadata(b"<svg>")
