"""What people type, made fit to keep."""


def tidy(text: str) -> str:
    """`text` in one line without control characters; Chinese punctuation stays as it was typed."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())
