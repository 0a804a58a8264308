"""Text that XML can hold."""

import re

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Without control characters and lone surrogates, which XML cannot hold even escaped."""
    return _UNFIT.sub("", text)
