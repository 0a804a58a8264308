import pytest

from tests.county import MONDAY
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import queries, taking_in
from yanzhen.library.catalogue.giving_out import Export
from yanzhen.library.catalogue.marc import reading, xml
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.tests.makers import file, iso, many, titles


@pytest.fixture
def take(librarian):
    def take(content):
        return taking_in.take_in(file(content), file_name="x", by=librarian, at=MONDAY)

    return take


@pytest.mark.parametrize(
    ("format", "encoding"),
    [("iso2709", "utf-8"), ("iso2709", "gbk"), ("iso2709", "gb18030"), ("marcxml", "utf-8")],
)
def test_what_is_given_out_comes_back_identical(take, format, encoding):
    take(iso(*many(5), chinese()))
    written = b"".join(export := Export(queries.export(), format, encoding))
    assert (export.written, export.left_out) == (6, [])
    back = [taken.record for taken in reading.read(file(written))]
    kept = [record for _id, record in queries.export()]
    assert list(map(_undated, back)) == list(map(_undated, kept))
    assert take(written).matched == 6


def _undated(record: Record) -> tuple[str, list[str]]:
    """All but the lengths in the leader, and 100, which tells the encoding."""
    return record.leader[5:10], [line for line in record.lines if not line.startswith("100")]


def test_only_those_asked_for_in_their_order(take):
    run = take(iso(*many(5)))
    wanted = [run.last_id, run.first_id, 10**9]
    assert [bib_id for bib_id, _record in queries.export(wanted)] == wanted[:2]


def test_what_does_not_fit_is_left_out_and_told(take):
    long = titles("长")[0].replacing("330", Field.of("330", "  ", ("a", "长" * 4000)))
    take(b"".join(xml.collection([long, *titles("𠮷野家", "甲")])))
    in_gbk = Export(queries.export(), encoding="gbk")
    assert len(list(in_gbk)) == in_gbk.written == 2
    ((_bib_id, reason),) = in_gbk.left_out
    assert "𠮷" in reason
    in_utf8 = Export(queries.export())
    assert len(list(in_utf8)) == in_utf8.written == 2
    ((_bib_id, reason),) = in_utf8.left_out
    assert "9999" in reason
    assert "MARCXML" in reason


@pytest.mark.parametrize(
    ("format", "encoding"), [("marcxml", "gbk"), ("csv", "utf-8"), ("iso2709", "big5")]
)
def test_other_forms_are_refused(format, encoding):
    with pytest.raises(Refused, match="export-form-unknown"):
        Export([], format, encoding)
