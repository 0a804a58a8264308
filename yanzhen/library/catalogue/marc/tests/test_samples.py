"""Records other libraries wrote (`samples/`) out and in again, field for field.

jazz.mrc is MARC 21 in UTF-8 and MARC-8 mixed; nepali.mrc has scripts and local fields nobody here
knows.
"""

import io
import subprocess
from pathlib import Path

import pymarc
import pytest

from tools import yaz
from yanzhen.library.catalogue.marc import iso2709, lines, reading
from yanzhen.library.catalogue.marc.encoding import declared
from yanzhen.library.catalogue.marc.record import Field, Record

FILES = sorted((Path(__file__).parent / "samples").glob("*.mrc"))
ENCODINGS = ("utf-8", "gbk", "gb18030")
BOTH = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
EACH = pytest.mark.parametrize("encoding", ENCODINGS)


def _records(path: Path, encoding: str) -> list[Record]:
    """Those of the sample that the encoding can hold: GBK has no Devanagari."""
    taken = [each.record for each in reading.read(io.BytesIO(path.read_bytes()))]
    return [record for record in taken if _holds(encoding, record)]


def _holds(encoding: str, record: Record) -> bool:
    try:
        record.dumps().encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def test_there_are_samples_of_every_kind():
    assert [path.stem for path in FILES] == ["jazz", "nepali"]
    taken = [each for path in FILES for each in reading.read(io.BytesIO(path.read_bytes()))]
    assert {each.encoding for each in taken} == {"utf-8", "marc-8"}
    assert all(each.whole and not each.mended for each in taken)
    assert _records(FILES[0], "gbk")


@BOTH
@EACH
def test_a_sample_comes_back_field_for_field(path, encoding):
    records = _records(path, encoding)
    written = b"".join(iso2709.write(record, encoding) for record in records)
    again = [each.record for each in reading.read(io.BytesIO(written), encoding)]
    assert [record.lines for record in again] == [record.lines for record in records]
    assert b"".join(iso2709.write(record, encoding) for record in again) == written


@BOTH
def test_a_sample_comes_back_through_the_lines_one_types(path):
    for record in _records(path, "utf-8"):
        assert lines.read(lines.written(record), record) == record


@BOTH
@EACH
def test_pymarc_reads_a_sample_field_for_field(path, encoding):
    for record in _records(path, encoding):
        options = {"to_unicode": True, "force_utf8": encoding == "utf-8"}
        written = iso2709.write(record, encoding)
        (read,) = pymarc.MARCReader(written, file_encoding=encoding, **options)
        assert [_told(field) for field in read.fields] == list(record.fields)


def _told(field: pymarc.Field) -> Field:
    if field.is_control_field():
        return Field(field.tag, field.data)
    subfields = [(subfield.code, subfield.value) for subfield in field.subfields]
    return Field.of(field.tag, "".join(field.indicators), *subfields)


@BOTH
@EACH
def test_yaz_reads_a_sample_field_for_field(path, encoding, tmp_path):
    program = yaz.find("yaz-marcdump")
    if program is None:
        pytest.skip("没有安装 yaz（Debian 的 yaz 包），没有用 yaz-marcdump 互读")
    records = _records(path, encoding)
    if not records:
        assert (path.stem, encoding) == ("nepali", "gbk")
        return
    file = tmp_path / "sample.mrc"
    file.write_bytes(b"".join(iso2709.write(record, encoding) for record in records))
    command = [program, "-f", encoding, "-t", "utf-8", "-i", "marc", "-o", "marcxml", str(file)]
    answer = subprocess.run(command, capture_output=True, check=True)
    taken = [each.record for each in reading.read(io.BytesIO(answer.stdout))]
    assert [record.lines for record in taken] == [
        declared(record, encoding).lines for record in records
    ]
