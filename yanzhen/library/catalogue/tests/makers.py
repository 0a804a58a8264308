"""Small MARC files for taking in."""

import io
from pathlib import Path

from yanzhen.library.catalogue.marc import iso2709
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese

UNTITLED = chinese().replacing("200")


def titles(*names: str) -> list[Record]:
    """CNMARC records without ISBN, told apart by their titles."""
    return [chinese(name).replacing("010") for name in names]


def many(count: int) -> list[Record]:
    return titles(*(f"第{number}种" for number in range(1, count + 1)))


def annotated(record: Record, note: str) -> Record:
    """The same title with another note: it matches, and differs."""
    return record.replacing("300", Field.of("300", "  ", ("a", note)))


def iso(*records: Record) -> bytes:
    return b"".join(map(iso2709.write, records))


def file(*pieces: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(pieces))


def on_disk(folder: Path, *pieces: bytes, name: str = "titles.mrc") -> Path:
    path = folder / name
    path.write_bytes(b"".join(pieces))
    return path
