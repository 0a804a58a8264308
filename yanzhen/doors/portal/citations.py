"""Titles as references for writers: BibTeX and RIS."""

from collections.abc import Callable, Iterable, Iterator

from yanzhen.library.discovery.naming import names_of

Address = Callable[[int], str]  # of a title's page, by its number

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_RIS_TYPES = {
    "periodical": "JFULL", "map": "MAP", "score": "MUSIC", "sound": "SOUND", "video": "VIDEO",
    "picture": "ART", "manuscript": "UNPB", "electronic": "EBOOK",
}  # fmt: skip


def bibtex(rows: Iterable[dict], address: Address) -> Iterator[str]:
    """One entry a title; what TeX would read as a command is escaped."""
    for row in rows:
        kind = "book" if row["format"] in ("book", "large_print", "braille") else "misc"
        facts = {
            "title": f"{{{_tex(_title(row))}}}",
            "author": " and ".join(f"{{{_tex(name)}}}" for name in names_of(row["author"])),
            "publisher": _tex(row["publisher"]),
            "year": str(row["year"] or ""),
            "isbn": row["isbn13"],
            "language": row["language"],
            "url": address(row["id"]),
        }
        told = ",\n".join(f"  {name} = {{{value}}}" for name, value in facts.items() if value)
        yield f"@{kind}{{yanzhen{row['id']},\n{told}\n}}\n\n"


def ris(rows: Iterable[dict], address: Address) -> Iterator[str]:
    """One reference a title, every value on a line of its own."""
    for row in rows:
        lines = [
            ("TY", _RIS_TYPES.get(row["format"], "BOOK")),
            ("TI", _title(row)),
            *(("AU", name) for name in names_of(row["author"])),
            ("PB", row["publisher"]),
            ("PY", str(row["year"] or "")),
            ("SN", row["isbn13"]),
            ("LA", row["language"]),
            ("UR", address(row["id"])),
        ]
        told = [f"{name}  - {_line(value)}\r\n" for name, value in lines if value]
        yield f"{''.join(told)}ER  - \r\n\r\n"


def _title(row: dict) -> str:
    return f"{row['title']}：{row['subtitle']}" if row["subtitle"] else row["title"]


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _line(text))


def _line(text: str) -> str:
    """On one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
