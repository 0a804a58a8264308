from yanzhen.library.catalogue.marc.holdings905 import MOST_COPIES, ProposedCopy, proposed_copies
from yanzhen.library.catalogue.marc.record import Field
from yanzhen.library.catalogue.marc.tests.makers import chinese


def test_one_copy_a_barcode_in_every_905():
    assert proposed_copies(chinese()) == [
        ProposedCopy("5120", "YJ1", "", "I242.4/12"),
        ProposedCopy("5120", "YJ2", "", "I242.4/12"),
        ProposedCopy("5121", "YJ3", "", "I242.4/12"),
    ]


def counted(count):
    field = Field.of("905", "  ", ("a", "5120"), ("b", "YJ1"), ("f", count))
    return [copy.barcode for copy in proposed_copies(chinese().replacing("905", field))]


def test_a_count_beyond_the_barcodes_adds_copies():
    assert counted("3") == ["YJ1", "", ""]
    assert counted("0") == counted("1") == counted("两册") == ["YJ1"]
    assert len(counted("9999999")) == MOST_COPIES


def test_every_supplier_has_its_own_mapping():
    field = Field.of(
        "906", "  ", ("a", "中和分馆"), ("h", "T1"), ("h", "T2"), ("A", "x"), ("p", "20.00")
    )
    copies = proposed_copies(
        chinese().replacing("905").replacing("906", field),
        {"a": "site", "h": "barcode", "p": "price"},
        tag="906",
    )
    assert copies == [
        ProposedCopy("中和分馆", "T1", price="20.00"),
        ProposedCopy("中和分馆", "T2", price="20.00"),
    ]


def test_no_holdings():
    assert proposed_copies(chinese().replacing("905")) == []
    empty = Field.of("905", "  ", ("a", " "), ("z", "x"))
    assert proposed_copies(chinese().replacing("905", empty)) == []
