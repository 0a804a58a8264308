"""Texts put into HTML by hand, on pages that show hundreds of them."""

from html import escape


def escaped(text: str) -> str:
    """As `html.escape`; that most titles and names have nothing to escape is seen at once."""
    return text if text.isalnum() else escape(text)
