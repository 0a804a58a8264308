import subprocess
import sys

from yanzhen.library.catalogue.marc import iso2709, reading, xml
from yanzhen.library.catalogue.marc.reading import Taken
from yanzhen.library.catalogue.marc.tests.makers import chinese, english, file, iso


def test_the_form_of_the_file_is_found():
    written = iso2709.write(chinese())
    as_iso = list(reading.read(file(written)))
    as_xml = list(reading.read(file(*xml.collection([chinese()]))))
    assert [taken.record.lines for taken in as_iso] == [taken.record.lines for taken in as_xml]
    assert as_iso[0] == Taken(1, 0, as_iso[0].record, "utf-8", whole=True, mended=False)


def test_both_flavours_in_one_file():
    found = list(reading.read(file(iso2709.write(chinese()), iso2709.write(english()))))
    assert [taken.record.lines[0][:3] for taken in found] == ["001", "008"]


def test_records_after_the_sample_are_read_too():
    many = reading.SAMPLE + 5
    found = list(reading.read(file(iso(chinese(), "gbk") * many)))
    assert [taken.number for taken in found] == list(range(1, many + 1))
    assert {taken.record.lines for taken in found} == {chinese().lines}


def test_reading_needs_no_django():
    """Worker processes read without settings."""
    program = (
        "import sys, yanzhen.library.catalogue.marc.reading, yanzhen.library.catalogue.marc.derive,"
        "yanzhen.library.catalogue.marc.build; assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
