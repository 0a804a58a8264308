import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese

TEXT = st.text(st.characters(exclude_characters="\x1d\x1e\x1f", exclude_categories=["Cs"]))
FIELDS = st.builds(
    lambda tag, pairs: Field.of(tag, "1 ", *pairs),
    st.sampled_from(["010", "200", "461", "905"]),
    st.lists(st.tuples(st.sampled_from("aAfF19"), TEXT), min_size=1, max_size=4),
)


@given(st.lists(FIELDS, max_size=5))
def test_the_stored_form_is_lossless_and_holds_no_nul(fields):
    record = Record.of("00000nam0 2200000   450 ", fields)
    stored = record.dumps()
    assert "\x00" not in stored
    assert Record.loads(stored) == record
    assert list(Record.loads(stored).fields) == fields


def test_subfield_codes_keep_their_case():
    title = chinese().get("200")
    assert title.first("a") == "红楼梦"
    assert title.first("A") == "hong lou meng"
    assert title.indicators == "1 "


def test_repeated_fields_and_subfields():
    record = chinese()
    assert [field.all("b") for field in record.all("905")] == [["YJ1", "YJ2"], ["YJ3"]]
    assert record.values("905", "b") == ["YJ1", "YJ2", "YJ3"]
    assert record.first("905", "b") == "YJ1"
    assert record.first("999", "a") == ""
    assert record.get("999") is None


def test_control_fields():
    number = chinese().get("001")
    assert number.is_control
    assert number.value == "012026000001"
    assert number.indicators == ""
    assert number.subfields == []


def test_a_field_is_replaced_in_tag_order():
    changed = chinese().replacing("330", Field.of("320", "  ", ("a", "有书目")))
    tags = [field.tag for field in changed.fields]
    assert "330" not in tags
    assert tags == sorted(tags)


@pytest.mark.parametrize("wrong", ["a\x1e", "a\x1fb", "\x1d"])
def test_separators_are_refused_inside_values(wrong):
    with pytest.raises(ValueError, match="separator"):
        Field.of("200", "1 ", ("a", wrong))
    with pytest.raises(ValueError, match="separator"):
        Field.control("001", wrong)


def test_tags_codes_and_indicators_have_their_length():
    for make in (
        lambda: Field.control("1", "x"),
        lambda: Field.of("200", "1", ("a", "x")),
        lambda: Field.of("200", "1 ", ("ab", "x")),
    ):
        with pytest.raises(ValueError, match="characters"):
            make()
