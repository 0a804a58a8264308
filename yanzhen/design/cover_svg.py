"""A drawn cover as SVG. Written here and not in a template: a page may show twenty new ones, and
this takes a tenth of the time."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString

from yanzhen.design.covers import HEIGHT, WIDTH, Cover, Line
from yanzhen.design.escaping import escaped


def svg(cover: Cover) -> SafeString:
    """The whole element, spoken to screen readers by the cover's `spoken`."""
    palette = cover.palette
    ink = "#26302F" if cover.layout == "slip" else palette.type
    middle = ' text-anchor="middle"' if cover.layout == "frame" else ""
    return SafeString(  # every text is escaped
        f'<svg class="cover" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{escaped(cover.spoken)}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{palette.ground}"/>'
        f"{_ARTS[cover.layout](cover)}"
        f'<g class="song" font-weight="600" text-anchor="{cover.anchor}" fill="{ink}">'
        f"{_texts(cover.title)}</g>"
        f'<g fill="{palette.quiet}">{_texts(cover.subtitle)}</g>'
        f'<g fill="{palette.type}"{middle}>{_texts(cover.author)}{_kind(cover)}</g></svg>'
    )


def _texts(lines: Iterable[Line]) -> str:
    return "".join([f"{_begun(x, y, size)}{escaped(text)}</text>" for text, x, y, size in lines])


@lru_cache(maxsize=4096)
def _begun(x: float, y: float, size: float) -> str:
    """The same few places come again and again; to write three numbers takes three times longer."""
    return f'<text x="{x}" y="{y}" font-size="{size}">'


def _kind(cover: Cover) -> str:
    if not cover.kind:
        return ""
    y = 22 if cover.layout in ("slip", "frame") else 154
    return f'<text x="108" y="{y}" font-size="7.5" text-anchor="end">{escaped(cover.kind)}</text>'


def _slip(cover: Cover) -> str:
    """Stitches of a thread-bound book, and the title on a slip of paper."""
    x, y, width, height = cover.slip
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    return (
        '<path d="M110.5 0v168M110.5 20h9.5M110.5 62h9.5M110.5 106h9.5M110.5 148h9.5"'
        f' stroke="{cover.palette.quiet}" stroke-width=".9" opacity=".7"/>'
        f'<rect {place} fill="#F8F2E4"/>'
        f'<rect {place} fill="none" stroke="#26302F" stroke-width=".6"/>'
    )


def _fields(cover: Cover) -> str:
    """The sun over three lines of hills."""
    x, y, r = cover.sun
    quiet, shade = cover.palette.quiet, cover.palette.shade
    hills = "".join(
        [
            f'<path d="{hill}" fill="{shade}" stroke="{quiet}" stroke-opacity=".45"'
            ' stroke-width=".7"/>'
            for hill in cover.hills
        ]
    )
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{quiet}" opacity=".55"/>{hills}'


def _block(cover: Cover) -> str:
    return (
        f'<path d="M0 130h120v38H0z" fill="{cover.palette.shade}"/>'
        f'<path d="M12 130h22" stroke="{cover.palette.type}" stroke-width="2"/>'
    )


def _frame(cover: Cover) -> str:
    stroke = f'fill="none" stroke="{cover.palette.quiet}"'
    return (
        f'<rect x="7" y="7" width="106" height="154" {stroke} stroke-width="1.4"/>'
        f'<rect x="10" y="10" width="100" height="148" {stroke} stroke-width=".5"/>'
    )


_ARTS = {"slip": _slip, "fields": _fields, "block": _block, "frame": _frame}
