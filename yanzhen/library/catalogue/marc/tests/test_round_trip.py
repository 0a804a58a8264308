"""CNMARC out and in again without loss, and as programs that nobody here wrote read it."""

import io
import subprocess

import pymarc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import yaz
from yanzhen.library.catalogue.marc import iso2709, lines, reading
from yanzhen.library.catalogue.marc.encoding import declared
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese

_GBK = "红楼梦曹雪芹镕鎔の— ａ，"
_ANY = {"gbk": _GBK, "gb18030": _GBK + "㐀𠮷é", "utf-8": _GBK + "㐀𠮷é"}
ENCODINGS = sorted(_ANY)


def _records(encoding: str) -> st.SearchStrategy[Record]:
    """The usual record with pinyin, embedded links and repeated 905 of any content."""
    text = st.text(f"{_ANY[encoding]}az019$#{{ ", min_size=1, max_size=20)
    pinyin = st.builds(lambda a, b: Field.of("701", " 0", ("a", a), ("A", b), ("9", b)), text, text)
    link = st.builds(lambda a: Field.of("461", " 0", ("1", "001x"), ("1", "2001 "), ("a", a)), text)
    held = st.builds(
        lambda codes: Field.of("905", "  ", *[("b", code) for code in codes]),
        st.lists(text, min_size=1, max_size=4),
    )
    extra = st.lists(st.one_of(pinyin, link, held), max_size=6)
    return extra.map(
        lambda fields: Record(
            chinese().leader, chinese().lines + tuple(f.tag + f.body for f in fields)
        )
    )


def _told(record: Record) -> list[tuple[str, str]]:
    return [(field.tag, field.body) for field in record.fields]


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
def test_a_record_comes_back_identical(encoding, data):
    record = data.draw(_records(encoding))
    written = iso2709.write(record, encoding)
    (taken,) = reading.read(io.BytesIO(written), encoding)
    assert _told(taken.record) == _told(declared(record, encoding))
    again = iso2709.write(taken.record, encoding)
    assert again == written


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_pymarc_reads_it_field_for_field(encoding):
    written = iso2709.write(chinese(), encoding)
    options = {"to_unicode": True, "force_utf8": encoding == "utf-8", "file_encoding": encoding}
    (read,) = pymarc.MARCReader(written, **options)
    told = []
    for field in read.fields:
        if field.is_control_field():
            told.append((field.tag, field.data))
        else:
            subfields = [(subfield.code, subfield.value) for subfield in field.subfields]
            told.append((field.tag, Field.of("000", "".join(field.indicators), *subfields).body))
    assert told == _told(declared(chinese(), encoding))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_yaz_reads_it_field_for_field(encoding, tmp_path):
    program = yaz.find("yaz-marcdump")
    if program is None:
        pytest.skip("没有安装 yaz（Debian 的 yaz 包），没有用 yaz-marcdump 互读")
    path = tmp_path / "titles.iso"
    path.write_bytes(iso2709.write(chinese(), encoding))
    command = [program, "-f", encoding, "-t", "utf-8", "-i", "marc", "-o", "marcxml", str(path)]
    answer = subprocess.run(command, capture_output=True, check=True)
    (taken,) = reading.read(io.BytesIO(answer.stdout))
    assert _told(taken.record) == _told(declared(chinese(), encoding))
    assert lines.written(taken.record).count("\n905 ") == 2
