"""Book covers drawn by type alone, for records without a picture.

Pure: the same facts give the same cover. The drawing is 120 x 168 units; ``cover_svg.py``
turns a Cover into SVG. The subject class chooses the family of colours, the seed the arrangement.
"""

import re
import zlib
from functools import cache, lru_cache
from math import ceil
from typing import NamedTuple

from yanzhen.design.typesetting import pieces, signs, width, wrap

WIDTH, HEIGHT = 120, 168


class Palette(NamedTuple):
    """Cover cloth, a second shade of it, and the colour of the type on it."""

    ground: str
    shade: str
    type: str
    quiet: str


PALETTES: dict[str, Palette] = {
    "pine": Palette("#1C4A47", "#265B57", "#F6EFDF", "#C9DCD3"),
    "indigo": Palette("#26405F", "#30507A", "#F5F0E4", "#C8D6E6"),
    "cinnabar": Palette("#8F3524", "#A04330", "#FBF1E3", "#F6D9C9"),
    "ochre": Palette("#E3C58A", "#D8B672", "#33260F", "#4E3B18"),
    "paper": Palette("#F4ECDB", "#E9DDC4", "#26302F", "#5A584A"),
    "celadon": Palette("#CFDFD3", "#BFD3C5", "#1B3730", "#38534A"),
    "plum": Palette("#553247", "#664058", "#F8EEE8", "#E2CBD5"),
    "ink": Palette("#2A3237", "#374147", "#F3EDE1", "#C9CBC6"),
    "rose": Palette("#EBD3C6", "#E0C2B1", "#4A2118", "#6A3A2D"),
}

# Chinese Library Classification: which cloths a main class is bound in.
CLOTHS: dict[str, tuple[str, ...]] = {
    "A": ("cinnabar",),
    "B": ("ink", "celadon"),
    "C": ("indigo", "paper"),
    "D": ("cinnabar", "ink"),
    "E": ("ink",),
    "F": ("ochre", "indigo"),
    "G": ("celadon", "pine"),
    "H": ("rose", "indigo"),
    "I": ("pine", "paper", "plum", "rose", "indigo"),
    "J": ("plum", "ochre"),
    "K": ("ochre", "cinnabar"),
    "N": ("indigo",),
    "O": ("indigo", "ink"),
    "P": ("celadon", "indigo"),
    "Q": ("celadon",),
    "R": ("rose", "pine"),
    "S": ("pine", "ochre"),
    "T": ("ink", "ochre"),
    "U": ("ink",),
    "V": ("indigo",),
    "X": ("celadon", "pine"),
    "Z": ("paper", "ink"),
}
_CHINESE = re.compile("[一-鿿]*")
_MOST_ALIKE = 64
LAYOUTS = ("slip", "fields", "block", "frame")


Box = tuple[float, float, float, float]  # left, top, width, height


class Line(NamedTuple):
    """One run of type: its text, the place of its anchor, its size."""

    text: str
    x: float
    y: float
    size: float


class Cover(NamedTuple):
    """All that the template needs; ``spoken`` is the text alternative."""

    layout: str
    palette: Palette
    title: tuple[Line, ...]
    subtitle: tuple[Line, ...]
    author: tuple[Line, ...]
    kind: str
    anchor: str
    hills: tuple[str, ...]
    sun: tuple[float, float, float]
    slip: Box
    spoken: str


def draw_cover(
    title: str,
    *,
    author: str = "",
    kind: str = "",
    clc: str = "",
    seed: str = "",
    vertical: bool | None = None,
) -> Cover:
    """Arrange a cover. ``clc`` may be a whole mark; ``vertical`` forces or forbids columns."""
    title = " ".join(str(title).split()) or "—"
    number = zlib.crc32(f"{seed or title}|{author}".encode())
    cloths = CLOTHS.get(clc[:1].upper(), tuple(PALETTES))
    palette = PALETTES[cloths[number % len(cloths)]]
    main, sub = split_title(title)
    columns = stands(main) and vertical is not False
    layout = LAYOUTS[(number >> 8) % len(LAYOUTS)]
    if columns and (vertical or layout in ("slip", "frame")):
        layout = layout if layout in ("slip", "frame") else "slip"
        runs, slip = _columns(main, layout)
    else:
        layout = layout if layout in ("fields", "block") else ("fields", "block")[number >> 4 & 1]
        runs, slip = _rows(main, layout, bool(sub)), (0.0, 0.0, 0.0, 0.0)
    return Cover(
        layout=layout,
        palette=palette,
        title=runs,
        subtitle=_subtitle(sub, layout, runs),
        author=_author(author, layout, kind),
        kind=_short(kind, 8),
        anchor="middle" if layout in ("slip", "frame") else "start",
        hills=_hills(number) if layout == "fields" else (),
        sun=(78 + number % 26, 101 + number % 6, 6.5 + number % 4),
        slip=slip,
        spoken=f"《{title}》{author}" if stands(title, 99) else f"{title} {author}".strip(),
    )


def split_title(title: str) -> tuple[str, str]:
    """Title proper and the rest after a colon or dash, when both are there."""
    if title.isalnum():
        return title, ""
    for mark in ("：", "——", " : ", ": ", "（"):
        head, found, tail = title.partition(mark)
        if found and head.strip() and tail.strip():
            return head.strip(), tail.strip().rstrip("）") if mark == "（" else tail.strip()
    return title, ""


def stands(text: str, most: int = 14) -> bool:
    """True when every sign is a Chinese character, so that columns read well."""
    return len(text) <= most and _CHINESE.fullmatch(text) is not None


def _columns(text: str, layout: str) -> tuple[tuple[Line, ...], Box]:
    found = signs(text)
    places, size, slip = _places(len(found), layout)
    return tuple(
        [Line(sign, *place, size) for sign, place in zip(found, places, strict=True)]
    ), slip


@lru_cache(maxsize=64)
def _places(count: int, layout: str) -> tuple[list[tuple[float, float]], float, Box]:
    """Where so many signs stand in columns, their size, and the slip of paper under them."""
    per_column = count if count <= 7 else -(-count // 2)
    columns = -(-count // per_column)
    largest = 20.0 if columns > 1 else {1: 34.0, 2: 30.0, 3: 27.0}.get(count, 23.0)
    size = min(largest, 104 / (per_column * 1.16))
    step, gap = size * 1.16, size * 1.3
    if layout == "slip":
        wide, high = gap * columns + 8, step * per_column + 18
        left, top = 12.0, 14.0
        right, first = left + wide - 4 - gap / 2, top + 9 + size * 0.88
        slip = (left, top, round(wide, 1), round(high, 1))
    else:
        right = WIDTH / 2 + gap * (columns - 1) / 2
        first = (HEIGHT - 18 - step * per_column) / 2 + size * 0.88
        slip = (0.0, 0.0, 0.0, 0.0)
    places = [divmod(number, per_column) for number in range(count)]
    at = [(round(right - gap * c, 1), round(first + step * r, 1)) for c, r in places]
    return at, round(size, 1), slip


def _rows(text: str, layout: str, shared: bool) -> tuple[Line, ...]:
    """Lines of the title; ``shared`` leaves room for a subtitle under it. A title of Chinese
    signs alone is set as every other of its length."""
    if not stands(text, _MOST_ALIKE):
        return _set(text, layout, shared)
    places = _set_alike(len(text), layout, shared)
    return tuple([Line(text[a:b] + more, 12, y, size) for a, b, more, y, size in places])


@lru_cache(maxsize=512)
def _set_alike(count: int, layout: str, shared: bool) -> list[tuple[int, int, str, float, float]]:
    """For so many Chinese signs: which stand in each line, what follows them there, y and size."""
    places, at = [], 0
    for line in _set("一" * count, layout, shared):
        end = at + len(line.text.rstrip("…"))
        places.append((at, end, line.text[end - at :], line.y, line.size))
        at = end
    return places


def _set(text: str, layout: str, shared: bool) -> tuple[Line, ...]:
    measure, room = 96.0, (72.0 if layout == "fields" else 104.0) - 18 * shared
    widest, least = max(map(width, pieces(text))), width(text.replace(" ", ""))
    for size in (44.0, 34.0, 28.0, 25.0, 22.0, 19.0, 16.5, 14.0, 12.0, 10.5):
        # Cheap to see and usual for the larger sizes: a word is too wide, or there is too much.
        fewest = ceil(least * size / measure - 1e-6)
        if size >= 14 and (widest > measure / size or not _fits(fewest, size, room)):
            continue
        lines = wrap(text, measure / size)
        if _fits(len(lines), size, room):
            break
    most = int(room // (size * 1.28))
    if len(lines) > most:
        lines = [*lines[: most - 1], _broken_off(lines[most - 1], measure / size)]
    top = 16.0 if layout == "fields" else 18.0
    return tuple(
        Line(line, 12, round(top + size * (0.88 + 1.28 * i), 1), size)
        for i, line in enumerate(lines)
    )


def _fits(lines: int, size: float, room: float) -> bool:
    """The largest sizes are for titles of a few characters, in one or two lines."""
    return lines * size * 1.28 <= room and (size <= 25 or lines <= 2)


def _subtitle(text: str, layout: str, title: tuple[Line, ...]) -> tuple[Line, ...]:
    """Small, under a title in rows, at most two lines; columns leave no room for it."""
    if not text or layout in ("slip", "frame"):
        return ()
    first, limit = title[-1].y + 16.5, 90 if layout == "fields" else 122
    fitting = max(0, min(2, int((limit - first) // 11.5) + 1))
    lines = wrap(text, 96 / 8.5)
    if fitting and len(lines) > fitting:
        lines[fitting - 1] = _broken_off(lines[fitting - 1], 11)
    return tuple(
        Line(line, 12, round(first + 11.5 * i, 1), 8.5) for i, line in enumerate(lines[:fitting])
    )


def _author(author: str, layout: str, kind: str) -> tuple[Line, ...]:
    """At the foot; in rows the kind stands on the same line and takes its share of it."""
    shared = kind and layout in ("fields", "block")
    room = 96 - width(_short(kind, 8)) * 7.5 - 8 if shared else 90
    text = _short(author, room / 8.5)
    if not text:
        return ()
    if layout == "frame":
        return (Line(text, WIDTH / 2, 148, 8.5),)
    return (Line(text, 12, 154, 8.5),)


def _broken_off(text: str, ems: float) -> str:
    """The line with a sign that more would follow."""
    return _short(f"{text}…", ems) if width(text) + 1 > ems else f"{text}…"


def _short(text: str, ems: float) -> str:
    text = " ".join(str(text).split())
    if width(text) <= ems:
        return text
    kept = ""
    for sign in signs(text):
        if width(kept + sign) > ems - 1:
            break
        kept += sign
    return kept.rstrip("…，、 ") + "…"


def _hills(number: int) -> tuple[str, ...]:
    """Three lines of low hills, far to near."""
    return tuple([_hill(i, (number >> (3 * i + 5)) % 12) for i in range(3)])


@cache
def _hill(i: int, lift: int) -> str:
    y = 112 + 13 * i
    return (
        f"M0 {y}C{24 + lift} {y - 9 - lift} {44 + lift} {y + 5} 64 {y - 2}"
        f"S{98 - lift} {y - 10 + lift} 120 {y - 4 + lift // 2}V168H0Z"
    )
