import pytest

from yanzhen.library.catalogue.marc.derive import FORMATS, derive
from yanzhen.library.catalogue.marc.flavour import CNMARC, MARC21, flavour_of
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese, english


def test_flavours():
    assert flavour_of(chinese()) == CNMARC
    assert flavour_of(english()) == MARC21
    untitled = chinese().replacing("200")
    assert flavour_of(untitled) == CNMARC
    assert flavour_of(english().replacing("245")) == MARC21
    assert flavour_of(Record.of(" " * 24, [])) == MARC21


def test_cnmarc():
    derived = derive(chinese())
    assert derived.title == "红楼梦"
    assert derived.subtitle == "校注本"
    assert derived.part == "上册"
    assert derived.responsibility == "(清)曹雪芹著; (清)高鹗续"
    assert derived.authors == ["曹雪芹", "高鹗"]
    assert (derived.place, derived.publisher, derived.year) == ("北京", "人民文学出版社", 2008)
    assert derived.isbns == ["9787020002207"]
    assert (derived.binding, derived.price, derived.pages) == ("精装", "CNY59.70", "1606页")
    assert derived.language == "zh"
    assert derived.format == "book"
    assert derived.clc == ["I242.4"]
    assert derived.subjects == ["章回小说—中国—清代"]
    assert derived.series == ["中国古典文学读本丛书"]
    assert derived.abstract.startswith("本书写贾")


def test_cnmarc_odd_ways():
    record = chinese().replacing("010", Field.of("010", "  ", ("b", "精装"), ("d", "CNY8.00")))
    record = record.replacing("210", Field.of("210", "  ", ("c", "中华书局")))
    record = record.replacing("517", Field.of("517", "1 ", ("a", "石头记")))
    record = record.replacing("610", Field.of("610", "0 ", ("a", "红学"), ("a", "小说")))
    record = record.replacing("690", Field.of("690", "  ", ("a", "[I207.411]")))
    derived = derive(record)
    assert derived.isbns == []
    assert derived.binding == "精装"
    assert derived.year == 2008
    assert derived.other_titles == ["石头记"]
    assert derived.subjects == ["章回小说—中国—清代", "红学", "小说"]
    assert derived.clc == ["I207.411"]


def test_a_wrong_isbn_is_kept_apart():
    wrong = chinese().replacing("010", Field.of("010", "  ", ("a", "978-7-02-000220-8")))
    derived = derive(wrong)
    assert derived.isbns == []
    assert derived.wrong_isbns == ["9787020002208"]


def test_marc21():
    derived = derive(english())
    assert derived.title == "Histoire du jazz"
    assert derived.subtitle == "essai"
    assert derived.responsibility == "par R. Goffin"
    assert derived.authors == ["Goffin, Robert"]
    assert (derived.place, derived.publisher, derived.year) == ("Montréal", "Parizeau", 1945)
    assert derived.isbns == ["9780306406157"]
    assert derived.price == "$9.95"
    assert derived.language == "fr"
    assert derived.format == "book"
    assert derived.subjects == ["Jazz—Histoire"]


def test_marc21_title_in_its_own_script():
    derived = derive(
        english(
            Field.of("880", "10", ("6", "245-01/$1"), ("a", "红楼梦 /"), ("c", "曹雪芹著")),
            Field.of("880", "1 ", ("6", "100-02/$1"), ("a", "曹雪芹,"), ("d", "1717-1763")),
        )
    )
    assert derived.title == "Histoire du jazz"
    assert derived.other_titles == ["红楼梦"]
    assert derived.authors == ["Goffin, Robert", "曹雪芹"]


def test_marc21_second_title_and_added_names():
    derived = derive(
        english(
            Field.of("245", "10", ("a", "Bihānī Ṭusā /")),
            Field.of("700", "1 ", ("a", "Smith, John, Jr.")),
            Field.of("700", "12", ("a", "Monk, Thelonious."), ("t", "Round midnight.")),
            Field.of("084", "  ", ("a", "J609"), ("2", "clc")),
            Field.of("084", "  ", ("a", "78.1"), ("2", "bcl")),
        )
    )
    assert derived.other_titles == ["Bihānī Ṭusā"]
    assert derived.authors == ["Goffin, Robert", "Smith, John, Jr."]
    assert derived.clc == ["J609"]


@pytest.mark.parametrize(
    ("leader", "format"),
    [("nam", "book"), ("nas", "periodical"), ("ncm", "score"), ("njm", "sound"), ("ngm", "video"),
     ("nem", "map"), ("nkm", "picture")],
)  # fmt: skip
@pytest.mark.parametrize("record", [chinese(), english()], ids=["cnmarc", "marc21"])
def test_formats_by_leader(record, leader, format):
    derived = derive(Record("00000" + leader + record.leader[8:], record.lines))
    assert derived.format == format
    assert format in FORMATS


@pytest.mark.parametrize(
    ("field", "format"),
    [
        (Field.of("106", "  ", ("a", "f")), "braille"),
        (Field.of("106", "  ", ("a", "d")), "large_print"),
        (Field.of("106", "  ", ("a", "r")), "book"),
        (Field.of("300", "  ", ("a", "盲文版")), "braille"),
        (Field.of("300", "  ", ("a", "大字版")), "large_print"),
    ],
)
def test_formats_for_readers_who_see_little(field, format):
    assert derive(chinese().replacing(field.tag, field)).format == format


def test_years():
    def year(date, general="20080101u        "):
        record = chinese().replacing("210", Field.of("210", "  ", ("d", date)))
        return derive(record.replacing("100", Field.of("100", "  ", ("a", general)))).year

    assert year("民国二十年[1931]") == 1931
    assert year("c1999") == 1999
    assert year("199?") is None
    assert year("[出版年不详]", "20080101d1987    ") == 1987


def key(**changed):
    record = chinese(changed.get("title", "红楼梦"))
    for tag, field in changed.get("fields", {}).items():
        record = record.replacing(tag, field)
    return derive(record).match_key


def test_records_of_one_title_match():
    plain = Field.of("010", "  ", ("a", "7-02-000220-X"))
    assert key() == key(title="紅樓夢") == key(title="《红楼梦》 ") == key(fields={"010": plain})
    assert key().startswith("9787020002207-")
    assert len(key()) <= 46


def test_one_isbn_on_several_titles_does_not_match():
    second = Field.of("200", "1 ", ("a", "红楼梦"), ("i", "下册"))
    later = Field.of("210", "  ", ("d", "2018"))
    assert (
        len({key(), key(fields={"200": second}), key(fields={"210": later}), key(title="西游记")})
        == 4
    )


def test_without_isbn_author_and_publisher_count():
    none = Field.of("010", "  ", ("d", "CNY1"))
    other = Field.of("701", " 0", ("a", "程伟元"))
    other_house = Field.of("210", "  ", ("c", "中华书局"), ("d", "2008"))
    keys = {
        key(fields={"010": none}),
        key(fields={"010": none, "701": other}),
        key(fields={"010": none, "210": other_house}),
    }
    assert len(keys) == 3
    assert all(k.startswith("-") for k in keys)


def test_a_record_without_title_matches_nothing():
    assert derive(chinese().replacing("200")).match_key == ""


@pytest.mark.parametrize(
    "lines", [("200",), ("2001 ",), ("2001 \x1f",), ("2001 \x1fa",), ("245", "008")]
)
def test_starved_records_derive(lines):
    assert derive(Record("", lines)).title == ""
