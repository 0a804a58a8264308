"""The number of a card as machines read it: inline SVG, black on white."""

from functools import lru_cache

import barcode
import segno

QUIET = 10  # modules of white on either side (ISO/IEC 15417)
HEIGHT = 40


@lru_cache(maxsize=256)
def barcode_svg(number: str) -> str:
    """Code 128 of a number; one unit of the view box is one module wide."""
    modules = barcode.get("code128", number).build()[0]
    bars = "".join(_bars(modules))
    width = len(modules) + 2 * QUIET
    return (
        f'<svg class="barcode" viewBox="0 0 {width} {HEIGHT}" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false" shape-rendering="crispEdges">'
        f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/><path d="{bars}"/></svg>'
    )


def _bars(modules: str) -> list[str]:
    bars, start = [], None
    for at, module in enumerate(modules + "0"):
        if module == "1" and start is None:
            start = at
        elif module == "0" and start is not None:
            bars.append(f"M{start + QUIET} 0h{at - start}v{HEIGHT}h-{at - start}z")
            start = None
    return bars


@lru_cache(maxsize=256)
def qr_svg(number: str) -> str:
    """QR code of a number, with the white margin a scanner needs."""
    code = segno.make(number, error="m", micro=False)
    drawing = code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr")
    return drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
