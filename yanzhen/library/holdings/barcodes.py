"""What a scanner or a finger meant."""

import unicodedata


def scanned(text: str) -> str:
    """A scan made plain: half width, capitals, nothing that cannot be printed, no outer spaces."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(char for char in wide if char.isprintable()).strip().upper()
