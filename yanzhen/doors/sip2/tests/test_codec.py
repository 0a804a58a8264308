import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.doors.sip2.codec import Answer, Garbled, build, parse, stamp, stamped
from yanzhen.doors.sip2.wire import (
    CHARSETS,
    Checksum,
    Trailer,
    Wire,
    checksum,
    clip,
    cut,
    fitting,
    plain,
)

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
DATE = stamp(AT)


def test_the_standards_own_sample_adds_up():
    assert checksum("9900302.0E|AY1AZ", Wire()) == "FC14"


@pytest.mark.parametrize("charset", CHARSETS[:3])
@pytest.mark.parametrize("way", [Checksum.BYTES, Checksum.POINTS])
@pytest.mark.parametrize("trailer", list(Trailer))
def test_a_chinese_frame_passes_in_its_own_wire_and_no_other_checksum(charset, way, trailer):
    wire = Wire(charset, way, trailer)
    raw = build(Answer(f"17{DATE}", (("AO", ""), ("AB", "红楼梦一"))), wire, "3").rstrip(b"\r")
    assert parse(raw, wire).field("AB") == "红楼梦一"
    assert wire in set(fitting(raw))
    other = Checksum.POINTS if way == Checksum.BYTES else Checksum.BYTES
    with pytest.raises(Garbled, match="checksum"):
        parse(raw, Wire(charset, other, trailer))


def test_a_gbk_character_whose_second_byte_is_the_separator_stays_whole():
    wire = Wire("gbk", Checksum.BYTES)
    name = b"\x81|".decode("gbk")
    raw = build(Answer(f"17{DATE}", (("AB", name),)), wire, "0").rstrip(b"\r")
    assert parse(raw, wire).field("AB") == name


def test_fields_come_in_any_order_and_unknown_ones_stay():
    message = parse(f"17{DATE}ZZx|AB1|AO中|ZZy|".encode(), Wire())
    assert message.fields == (("ZZ", "x"), ("AB", "1"), ("AO", "中"), ("ZZ", "y"))
    assert message.sequence == ""


@pytest.mark.parametrize(
    "raw", [b"", b"1", b"QQ", b"17", b"1720261123", b"11YN|", b"\xff\xfe", f"17{DATE}A|".encode()]
)
def test_what_is_no_message_is_garbled(raw):
    with pytest.raises(Garbled):
        parse(raw, Wire())


@given(st.binary(max_size=300), st.sampled_from(CHARSETS), st.sampled_from(list(Checksum)))
def test_any_bytes_are_a_message_or_garbled(raw, charset, way):
    list(fitting(raw))
    with contextlib.suppress(Garbled):
        parse(raw, Wire(charset, way))


@given(st.text(max_size=400), st.sampled_from(CHARSETS))
def test_any_value_makes_one_frame(value, charset):
    raw = build(Answer(f"17{DATE}", (("AB", value), ("AO", "x"))), Wire(charset), "9")
    assert raw.count(b"\r") == 1
    assert b"\n" not in raw
    assert parse(raw[:-1], Wire(charset)).field("AO") == "x"


def test_separators_and_control_characters_are_replaced():
    assert plain("a|b\r\nc\x00") == "a｜b  c "


def test_text_is_cut_between_characters():
    assert cut("请到服务台", 7) == "请到服"
    assert clip("请到服务台", "utf-8", 8) == "请到"
    assert clip("请到服务台", "gbk", 8) == "请到服务"


def test_dates():
    zone = dt.timezone(dt.timedelta(hours=8))
    assert stamped("20261123    100000", zone) == dt.datetime(2026, 11, 23, 10, tzinfo=zone)
    assert stamped("20261123   Z020000", zone) == dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
    assert stamped(" " * 18, zone) is None
    assert stamped("20261399    100000", zone) is None
