"""Photographs as people send them in: what kind they are, and taken out of them whatever tells more
than the picture - where and when it was taken, with whose telephone, a thumbnail of what was cut
off (data minimisation, 个人信息保护法 6).

The pixels are not touched. Only parts that are known to belong to the picture are kept, so that a
file nobody can follow to its end loses its end rather than keep a secret. Of a JPEG's EXIF one
number stays: which way up it is.
"""

import re
import struct
from collections.abc import Iterator

MAGIC = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"))
SUFFIX = {"jpeg": "jpg", "png": "png", "webp": "webp"}

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
# Inside a scan FF is followed by 00, by a restart mark or by another FF; all else begins a segment.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_NO_METADATA = ~0x0C & 0xFF  # the flags of VP8X that promise EXIF and XMP


def picture_kind(content: bytes) -> str | None:
    """What the first bytes say: jpeg, png or webp; None for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in MAGIC if content.startswith(magic)), None)


def without_metadata(content: bytes) -> bytes:
    """The same picture and nothing else. Raises KeyError for what is no picture."""
    kind = picture_kind(content)
    return b"".join({"jpeg": _jpeg, "png": _png, "webp": _webp}[kind or ""](content))


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at = 2
    while at + 2 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:  # padding
            at += 1
            continue
        if mark == _EOI:
            yield content[at : at + 2]
            return  # what follows, a preview or a film, is another file
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at:end]
        if mark == _SOS:
            following = _AFTER_SCAN.search(content, end)
            end = following.start() if following else len(content)
            yield content[at:end]
        elif mark == _APP1:
            yield _upright(segment)
        elif _is_of_the_picture(mark, segment):
            yield segment
        at = end


def _is_of_the_picture(mark: int, segment: bytes) -> bool:
    """Tables and frames, the colour profile, and how the colours are meant."""
    if mark in (_APP0, _ADOBE):
        return True
    if mark == _APP2:
        return segment[4:16] == b"ICC_PROFILE\0"
    return 0xC0 <= mark <= 0xDF and mark != _SOI


def _upright(segment: bytes) -> bytes:
    """EXIF that says which way up the picture is, and nothing besides; empty for the usual way."""
    turned = _orientation(segment[4:])
    if not 2 <= turned <= 8:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    body = _EXIF + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _orientation(body: bytes) -> int:
    """The number under that name in the first directory of an EXIF block; 0 where there is none."""
    if not body.startswith(_EXIF):
        return 0
    tiff = body[len(_EXIF) :]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 0
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, first)
        for n in range(entries):
            name, _kind, _count, value = struct.unpack_from(
                f"{order}HHIH", tiff, first + 2 + 12 * n
            )
            if name == _ORIENTATION:
                return value
    except struct.error:
        pass  # cut short: it says nothing
    return 0


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    at = 8
    while at + 8 <= len(content):
        name = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if name in _PNG_KEPT:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end


def _webp(content: bytes) -> Iterator[bytes]:
    chunks, at = [], 12
    while at + 8 <= len(content):
        name = content[at : at + 4]
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if name in _WEBP_KEPT:
            chunk = content[at:end]
            if name == b"VP8X" and len(chunk) > 8:
                chunk = chunk[:8] + bytes([chunk[8] & _WEBP_NO_METADATA]) + chunk[9:]
            chunks.append(chunk)
        at = end
    whole = b"WEBP" + b"".join(chunks)
    yield b"RIFF" + len(whole).to_bytes(4, "little") + whole
