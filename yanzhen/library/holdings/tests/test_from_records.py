import io
from decimal import Decimal

import pytest

from tests import county
from tests.county import MONDAY
from yanzhen.demo.cnmarc import SAMPLE
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.marc.holdings905 import DEFAULT_MAPPING
from yanzhen.library.catalogue.marc.record import Field
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.taking_in import take_in
from yanzhen.library.catalogue.tests.makers import file, iso
from yanzhen.library.holdings import mapping as mapping_module
from yanzhen.library.holdings.from_records import MADE, REFUSED, THERE, looked_at, make_copies
from yanzhen.library.holdings.models import Copy, HoldingsMapping, StockEvent


@pytest.fixture
def librarian(place, settings, tmp_path):
    settings.DATA = tmp_path
    return county.staff(place.hub)


@pytest.fixture
def told(place, librarian):
    def tell(**changed):
        wanted = {
            "name": "某书商", "tag": "905",
            "meanings": {**DEFAULT_MAPPING, "v": "volume", "p": "price"},
            "places": "5120=main-library\n5121=zhonghe", "elsewhere": None, "kind": place.book,
        }  # fmt: skip
        return mapping_module.told(**wanted | changed, by=librarian, at=MONDAY)

    return tell


@pytest.fixture
def kept(told, librarian):
    return mapping_module.save_mapping(told(), by=librarian, at=MONDAY)


def held(*subfields, title="红楼梦"):
    return chinese(title).replacing("905", Field.of("905", "  ", *subfields))


def made_of(record, mapping, by, **options):
    content = iso(record)
    take_in(file(content), file_name="x.iso", by=by, at=MONDAY)
    return make_copies(file(content), mapping, by=by, at=MONDAY, **options)


def test_copies_are_made_where_the_table_says(kept, librarian, place):
    lines = made_of(chinese(), kept, librarian)
    assert [(line.outcome, line.copy.barcode) for line in lines] == [
        (MADE, "YJ1"), (MADE, "YJ2"), (MADE, "YJ3"),
    ]  # fmt: skip
    third = Copy.objects.get(barcode="YJ3")
    assert (third.home_node, third.owning_node) == (place.zhonghe, place.zhonghe)
    assert (third.call_number, third.price) == ("I242.4/12", Decimal("59.70"))
    assert StockEvent.objects.count() == 3


def test_the_same_file_again_makes_nothing_twice(kept, librarian):
    made_of(chinese(), kept, librarian)
    assert {line.outcome for line in made_of(chinese(), kept, librarian)} == {THERE}
    assert Copy.objects.count() == 3


def test_a_trial_makes_nothing_and_says_the_same(kept, librarian):
    content = iso(chinese())
    lines = make_copies(file(content), kept, dry_run=True, by=librarian, at=MONDAY)
    assert [line.outcome for line in lines] == [MADE] * 3
    assert not Copy.objects.exists()


def test_price_and_volume_come_from_their_subfields(kept, librarian):
    field = (("a", "5120"), ("b", "T1"), ("s", "I242.4/12"), ("v", "v.2"), ("p", "20元"))
    made_of(held(*field), kept, librarian)
    copy = Copy.objects.get()
    assert (copy.call_number, copy.price) == ("I242.4/12/v.2", Decimal(20))


@pytest.mark.parametrize(
    ("subfields", "why"),
    [
        ([("a", "5120"), ("d", "I242.4")], "没有条码"),
        ([("a", "9999"), ("b", "T1")], "馆代码“9999”不在对照表里"),
        ([("b", "T1")], "馆代码“（空）”不在对照表里"),
        ([("a", "5120"), ("b", "条码")], "条码只能是字母和数字"),
        ([("a", "5120"), ("b", "T1"), ("p", "赠送")], "价格“赠送”读不出来"),
        ([("a", "5120"), ("b", "T1"), ("s", "I" * 81)], "超过 80 个字符"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(kept, librarian, subfields, why):
    (line,) = made_of(held(*subfields), kept, librarian)
    assert line.outcome == REFUSED
    assert why in line.note
    assert not Copy.objects.exists()


def test_one_that_does_not_fit_does_not_stop_the_others(kept, librarian, place):
    county.copy(place, barcode="YJ2")
    lines = made_of(chinese(), kept, librarian)
    assert [line.outcome for line in lines] == [MADE, REFUSED, MADE]
    assert "已经用在别的书上" in lines[1].note


def test_a_barcode_twice_in_a_file_is_made_once(kept, librarian):
    record = held(("a", "5120"), ("b", "T1"), ("b", "T1"))
    lines = make_copies(file(iso(record)), kept, dry_run=True, by=librarian, at=MONDAY)
    assert [line.outcome for line in lines] == [MADE, REFUSED]


def test_what_has_no_place_goes_elsewhere_when_told(told, librarian, place):
    kept = mapping_module.save_mapping(told(elsewhere=place.danshan), by=librarian, at=MONDAY)
    made_of(held(("b", "T1")), kept, librarian)
    assert Copy.objects.get().home_node == place.danshan


def test_the_projects_own_sample_is_read_in_full(told, librarian, place):
    kept = mapping_module.save_mapping(
        told(places="main-library=main-library"), by=librarian, at=MONDAY
    )
    lines = make_copies(
        io.BytesIO(SAMPLE.read_bytes()), kept, dry_run=True, by=librarian, at=MONDAY
    )
    assert len(lines) == 657
    assert {line.outcome for line in lines} == {MADE}


def test_a_preview_writes_nothing(told, librarian):
    assert len(looked_at(chinese(), told(), by=librarian, at=MONDAY)) == 3
    assert not HoldingsMapping.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "mapping-unnamed"),
        ({"tag": "001"}, "mapping-tag"),
        ({"tag": "90"}, "mapping-tag"),
        ({"meanings": {"a": "site"}}, "mapping-without-barcode"),
        ({"meanings": {"a": "barcode", "b": "barcode"}}, "mapping-twice"),
        ({"places": "5120=nowhere"}, "mapping-place"),
        ({"places": "5120"}, "mapping-place"),
    ],
)
def test_a_table_that_says_nothing_is_refused(told, changed, code):
    with pytest.raises(Refused, match=code):
        told(**changed)


def test_a_table_is_named_once(kept, told):
    with pytest.raises(Refused, match="mapping-name-taken"):
        told()
    assert told(mapping_id=kept.pk).pk == kept.pk


def test_a_branch_makes_none(kept, place, told):
    branch = county.staff(place.zhonghe)
    with pytest.raises(Refused):
        make_copies(file(iso(chinese())), kept, by=branch, at=MONDAY)
    with pytest.raises(Refused):
        mapping_module.save_mapping(told(name="又一张"), by=branch, at=MONDAY)
