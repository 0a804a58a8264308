import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.library.catalogue.marc import lines
from yanzhen.library.catalogue.marc.lines import Mistaken
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese, english

_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x1d\x1e\x1f"), max_size=12
)
_CODE = st.characters(codec="ascii", exclude_characters="\x1d\x1e\x1f")
_DATA = st.builds(
    lambda tag, ind, subs: Field.of(tag, ind, *subs),
    st.from_regex("[1-9][0-9]{2}", fullmatch=True),
    st.text("01 #$", min_size=2, max_size=2),
    st.lists(st.tuples(_CODE, _TEXT), min_size=1, max_size=4),
)
_CONTROL = st.builds(Field.control, st.sampled_from(["001", "003", "005", "FMT"]), _TEXT)
_ANY = st.builds(
    lambda fields: Record.of("00000nam0 2200000   450 ", fields),
    st.lists(st.one_of(_DATA, _CONTROL), max_size=6),
)


@given(_ANY)
def test_any_record_goes_through_the_text_unchanged(record):
    assert lines.read(lines.written(record), record) == record


@given(st.lists(st.tuples(st.sampled_from("aAbB149"), _TEXT), min_size=1, max_size=5))
def test_what_is_typed_anew_is_what_was_meant(subfields):
    subfields = [(code, "".join(c for c in value if c.isprintable())) for code, value in subfields]
    subfields = [(code, value.replace("{", "")) for code, value in subfields]
    field = Field.of("200", "1 ", *subfields)
    text = f"LDR 00000nam0 2200000   450 \n{lines.line_of('200' + field.body)}"
    assert list(lines.read(text).fields) == [field]


def test_codes_keep_their_case_and_embedded_fields_stay():
    text = lines.written(chinese())
    assert "200 1#$a红楼梦$Ahong lou meng$e校注本$i上册" in text
    assert "461 #0$1001012026000000$12001 $a四大名著" in text
    assert lines.read(text) == chinese()


def test_a_dollar_in_a_price_is_typed_twice():
    assert "$c$$9.95" in lines.written(english())
    assert lines.read(lines.written(english()), english()) == english()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("20 1#$a题名", "tag"),
        ("200", "no-subfields"),
        ("200 1#题名", "no-subfields"),
        ("200 1$a题名", "indicators"),
        ("200 1#$", "code"),
        ("200 1#$题名", "code"),
        ("001 ", "empty"),
        ("005 昨天", "stamp"),
        ("008 970701", "marc21-008"),
        ("100 ##$a20080101d2008", "cnmarc-100"),
        ("200 1#$a题{u001E}名", "separator"),
    ],
)
def test_a_mistake_is_told_with_its_line(line, what):
    with pytest.raises(Mistaken) as told:
        lines.read(f"LDR 00000nam0 2200000   450 \n\n{line}")
    assert told.value.mistakes[0].line == 3
    assert what in [each.what for each in told.value.mistakes]


@pytest.mark.parametrize(
    ("leader", "what"),
    [
        ("", "leader-missing"),
        ("LDR 00000nam0 2200000   450 很长", "leader-length"),
        ("LDR 题名00000nam0 2200000  ", "leader-codes"),
    ],
)
def test_a_leader_is_looked_at(leader, what):
    with pytest.raises(Mistaken) as told:
        lines.read(f"{leader}\n200 1#$a题名")
    assert [each.what for each in told.value.mistakes] == [what]


def test_old_faults_may_stay_where_nobody_touched_them():
    old = Record("odd leader", ("20 x", "200no indicators\x1fa题名", "005???"))
    assert lines.read(lines.written(old), old) == old
    typed = lines.written(old).replace("题名", "书名")
    with pytest.raises(Mistaken):
        lines.read(typed, old)
