"""A picture for the demo's sign-offs: an evening stage, drawn by arithmetic; no photo."""

import struct
import zlib

WIDE, HIGH = 480, 320


def evening_stage() -> bytes:
    """A PNG of 480 × 320: sky, fields, a lit stage, rows of heads."""
    rows = b"".join(
        b"\0" + b"".join(bytes(_colour(x, y)) for x in range(WIDE)) for y in range(HIGH)
    )
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body)
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _colour(x: int, y: int) -> tuple[int, int, int]:
    if y > 210 and any((x - cx) ** 2 + (y - cy) ** 2 < 150 for cx, cy in _heads(x, y)):
        return 30, 39, 44
    if 110 < y < 190 and 130 < x < 350:
        return (178, 58, 37) if y < 122 else (246, 222, 170)
    if y >= 190:
        return 47 + (y - 190) // 8, 107 - (y - 190) // 4, 58
    return 14 + y, 60 + y // 2, 89 + y // 4


def _heads(x: int, y: int) -> list[tuple[int, int]]:
    row = max(0, (y - 215) // 34)
    shift = 14 * (row % 2)
    return [((x - shift) // 40 * 40 + 20 + shift, 232 + 34 * row)]
