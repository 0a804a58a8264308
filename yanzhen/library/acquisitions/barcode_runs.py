"""Barcodes for a receipt: scanned one by one, or a run from the first label of a roll."""

import re

_TAIL = re.compile(r"(.*?)(\d+)")


def barcodes_for(text: str, copies: int) -> list[str]:
    """The barcodes in `text`, one a line; a single one starts a run of `copies`.

    YJ0099, three copies: YJ0099, YJ0100, YJ0101. What cannot be counted up stays single.
    """
    told = text.split()
    if len(told) != 1 or copies < 2:
        return told
    found = _TAIL.fullmatch(told[0])
    if found is None:
        return told
    head, tail = found.groups()
    return [f"{head}{int(tail) + n:0{len(tail)}d}" for n in range(copies)]
