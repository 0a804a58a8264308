import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.library.catalogue.marc import form
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.flavour import flavour_of
from yanzhen.library.catalogue.marc.form_shapes import GROUPS
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese, english

_KNOWN = sorted({shape.tag for groups in GROUPS.values() for _, some in groups for shape in some})
_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x1d\x1e\x1f"), max_size=8
)
_DATA = st.builds(
    lambda tag, ind, subs: Field.of(tag, ind, *subs),
    st.sampled_from([*_KNOWN, "461", "517", "856", "999"]),
    st.text("01 #$", min_size=2, max_size=2),
    st.lists(st.tuples(st.sampled_from("aabAcdefgix149$"), _TEXT), min_size=1, max_size=4),
)
_ODD = st.sampled_from(
    ["200", "905no indicators", "010  \x1f", "FMTxx", "200\x1fa", "606\x1f\x1fa"]
)
_ANY = st.builds(
    lambda fields, odd: Record(
        "00000nam0 2200000   450 ", tuple([each.tag + each.body for each in fields] + odd)
    ),
    st.lists(_DATA, max_size=5),
    st.lists(_ODD, max_size=2),
)


def drawn(record: Record) -> dict[str, str]:
    """What a browser sends back of an untouched form."""
    return {
        each.name: each.value
        for _name, shapes in form.groups_of(record)
        for shape in shapes
        for row in form.rows(record, shape)
        for each in row.inputs
    }


def named(record: Record, tag: str, code: str, nth: int = 0) -> str:
    found = [
        each.name
        for _name, shapes in form.groups_of(record)
        for shape in shapes
        for row in form.rows(record, shape)
        for each in row.inputs
        if (each.tag, each.code) == (tag, code)
    ]
    return found[nth]


def filled(record: Record, tag: str, code: str, value: str, nth: int = 0) -> Record:
    return form.changed(record, drawn(record) | {named(record, tag, code, nth): value})


@settings(deadline=None)  # the first pinyin takes its dictionary from disk
@given(_ANY)
def test_a_form_saved_unchanged_leaves_every_byte(record):
    assert form.changed(record, drawn(record)).dumps() == record.dumps()


@settings(deadline=None)  # the first pinyin takes its dictionary from disk
@given(_ANY, st.data())
def test_a_change_of_one_subfield_leaves_all_other_fields(record, data):
    inputs = drawn(record)
    there = sorted(name for name in inputs if name[0] == "s")
    if not there:
        return
    name = data.draw(st.sampled_from(there))
    line = int(name[1:].partition(".")[0])
    after = form.changed(record, inputs | {name: "改过"})
    assert len(after.lines) == len(record.lines)
    pairs = enumerate(zip(record.lines, after.lines, strict=True))
    coded = {n for n, each in enumerate(record.lines) if each[:3] in ("100", "008")}
    assert {number for number, (old, new) in pairs if old != new} <= {line, *coded}


def test_a_known_subfield_is_changed_in_its_place():
    after = filled(chinese(), "215", "a", "1607页")
    assert after.first("215", "a") == "1607页"
    assert [line for line in after.lines if line[:3] != "215"] == [
        line for line in chinese().lines if line[:3] != "215"
    ]


def test_a_new_subfield_comes_behind_those_before_it_and_their_pinyin():
    record = chinese().replacing(
        "200", Field.of("200", "1 ", ("a", "红楼梦"), ("A", "hlm"), ("f", "曹"))
    )
    assert filled(record, "200", "e", "校注本").get("200").subfields == [
        ("a", "红楼梦"), ("A", "hlm"), ("e", "校注本"), ("f", "曹"),
    ]  # fmt: skip


def test_repeated_subfields_are_each_their_own_and_another_may_come():
    after = filled(chinese(), "905", "b", "YJ9", nth=2)
    assert after.all("905")[0].all("b") == ["YJ1", "YJ2", "YJ9"]
    assert after.all("905")[1] == chinese().all("905")[1]
    assert filled(chinese(), "905", "b", "YJ8", nth=1).all("905")[0].all("b") == ["YJ1", "YJ8"]


def test_a_new_field_stands_by_its_tag_and_an_emptied_one_goes():
    after = filled(chinese(), "300", "a", "附光盘")
    assert [line[:3] for line in after.lines].index("300") == 8
    assert after.first("300", "a") == "附光盘"
    assert filled(after, "300", "a", "").lines == chinese().lines


def test_pinyin_follows_its_title_unless_somebody_wrote_it():
    assert filled(chinese(), "200", "a", "石头记").first("200", "A") == "shi tou ji"
    by_hand = chinese().replacing("200", Field.of("200", "1 ", ("a", "重庆"), ("A", "zhong qing")))
    assert filled(by_hand, "200", "a", "重庆市").first("200", "A") == "zhong qing"
    assert filled(chinese(), "702", "a", "脂砚斋", nth=1).all("702")[1].subfields == [
        ("a", "脂砚斋"), ("A", "zhi yan zhai"),
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["一行\r\n又一行", "夹{u001E}着{u001F}a分隔符\x1d"])
def test_nothing_typed_breaks_the_record(value):
    after = filled(chinese(), "330", "a", value)
    assert len(after.lines) == len(chinese().lines)
    assert Record.loads(after.dumps()) == after


def test_marc21_has_a_form_of_its_own():
    after = filled(english(), "260", "b", "Éditions Lucien Parizeau,")
    assert after.first("260", "b") == "Éditions Lucien Parizeau,"
    offered = {name[1:4] for name in drawn(english()) if name[0] == "n"}
    assert {"020", "653"} <= offered
    assert not {"264", "022", "200"} & offered


@pytest.mark.parametrize(
    ("record", "tag", "code", "coded", "value"),
    [(chinese(), "210", "d", "100", "2010"), (english(), "260", "c", "008", "1946.")],
)
def test_the_coded_year_follows_the_printed_one(record, tag, code, coded, value):
    after = filled(record, tag, code, value)
    assert derive(after, flavour_of(after)).year == int(value[:4])
    assert len(after.get(coded).value) == len(record.get(coded).value)
    reprint = filled(after, tag, code, "1890")
    other = form.changed(
        Record(after.leader, tuple(line.replace(value[:4], "1777", 1) if line[:3] == coded else line
                                   for line in after.lines)),
        drawn(after) | {named(after, tag, code): "1890"},
    )  # fmt: skip
    assert "1890" in reprint.get(coded).value
    assert "1777" in other.get(coded).value
