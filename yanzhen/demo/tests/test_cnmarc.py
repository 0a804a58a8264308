from yanzhen.demo.cnmarc import SAMPLE, sample_file
from yanzhen.demo.titles import all_titles
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.holdings905 import ProposedCopy, proposed_copies
from yanzhen.library.catalogue.marc.iso2709 import parse, read


def records():
    with SAMPLE.open("rb") as file:
        return [parse(raw.raw.decode("gbk")) for raw in read(file)]


def test_the_sample_file_is_in_step_with_the_titles():
    assert SAMPLE.read_bytes() == sample_file()


def test_the_sample_is_plain_gbk_without_damage():
    told = [derive(record, "cnmarc").title for record in records()]
    assert told == [title.row["title"] for title in all_titles()]


def test_the_sample_proposes_a_copy_a_record():
    copies = [proposed_copies(record) for record in records()]
    assert copies[0] == [ProposedCopy("main-library", "YJ90000001", "", "I242.4/1")]
    assert len({copy.barcode for [copy] in copies}) == len(copies)
