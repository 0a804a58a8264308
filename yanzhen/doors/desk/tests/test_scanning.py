"""One scan box: whatever is scanned gets an answer in words, and nothing is lost."""

import datetime as dt

import pytest

from tests import county as makers
from yanzhen.doors.desk.scanning import scan
from yanzhen.groundwork.models import AuditEntry
from yanzhen.library.circulation.models import Loan, ReturnException
from yanzhen.library.holdings.models import Transit
from yanzhen.library.patrons.models import Block

AT = makers.MONDAY


@pytest.fixture
def at_desk(place):
    """Scan something at the desk of 中和, a reader open or not."""

    def scan_here(text, reader=None, at=AT, node=place.zhonghe):
        return scan(text, node=node, reader=reader, by=makers.staff(node), at=at)

    return scan_here


def test_a_card_opens_its_reader(place, at_desk):
    card = makers.reader(place)
    done = at_desk(card.number)
    assert (done.reader, done.said.line) == (card, "张小禾")


def test_full_width_digits_are_what_the_scanner_meant(place, at_desk):
    card = makers.reader(place)
    wide = card.number.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert at_desk(f" {wide}\n").reader == card


def test_a_book_is_lent_when_a_reader_is_open(place, at_desk):
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    done = at_desk(copy.barcode.lower(), card)
    assert done.said.state == "done"
    assert done.said.undo_url.endswith("/cancellation/")
    assert Loan.objects.open().get().person == card.person


def test_a_second_enter_counts_once_and_keeps_the_undo(place, at_desk):
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    first = at_desk(copy.barcode, card)
    second = at_desk(copy.barcode, card, AT + dt.timedelta(seconds=2))
    assert second.said.state == "done"
    assert second.said.undo_url == first.said.undo_url
    late = at_desk(copy.barcode, card, AT + dt.timedelta(minutes=2))
    assert late.said.state == "wrong"
    assert Loan.objects.count() == 1


def test_a_book_is_taken_back_when_no_reader_is_open(place, at_desk):
    card, copy = makers.reader(place), makers.copy(place, at=place.linjiang)
    at_desk(copy.barcode, card, node=place.linjiang)
    said = at_desk(copy.barcode).said
    assert said.state == "in-transit"
    assert "临江" in said.line
    assert Transit.objects.get().to_node == place.linjiang


def test_an_empty_enter_closes_the_reader(place, at_desk):
    card = makers.reader(place)
    assert at_desk("", card).reader is None
    assert at_desk("   ").said.state == "note"


@pytest.mark.parametrize("text", ["张小禾", "zhang xiaohe", "zxh", "13800000000", "0001"])
def test_a_name_or_a_telephone_number_is_looked_up(at_desk, text):
    assert at_desk(text).look_up == text.upper()


def test_an_isbn_is_told_from_a_barcode(at_desk):
    said = at_desk("9787020002207").said
    assert "ISBN" in said.line
    assert not ReturnException.objects.exists()


@pytest.mark.parametrize("text", ["YJ99999999", "'\"); DROP 1", "😀", "\x00\x1b[2J7", "0" * 40])
def test_what_nobody_knows_is_taken_and_listed(at_desk, text):
    said = at_desk(text).said
    assert said.state == "attention"
    assert ReturnException.objects.count() == 1


@pytest.mark.parametrize("text", ["x" * 10_000, "5" * 61])
def test_a_scan_too_long_to_be_one_is_said(at_desk, text):
    said = at_desk(text).said
    assert (said.state, bool(said.detail)) == ("wrong", True)


def test_an_unknown_card_is_said(at_desk):
    said = at_desk("51200299999999").said
    assert said.state == "wrong"
    assert "51200299999999" in said.line


def test_a_card_of_another_county_is_said(at_desk):
    assert at_desk("51200300000001").said.state == "wrong"


@pytest.mark.parametrize("status", ["lost", "replaced", "cancelled"])
def test_an_old_card_opens_nobody(place, at_desk, status):
    """Not even when its holder has a newer card."""
    old = makers.reader(place)
    old.status = status
    old.save()
    new = makers.reader(place)
    new.person, new.replaces = old.person, old
    new.save()
    done = at_desk(old.number)
    assert (done.reader, done.said.state) == (None, "wrong")


def test_a_blocked_reader_is_told_why_and_may_still_return(place, at_desk):
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    at_desk(copy.barcode, card)
    Block.objects.create(
        person=card.person, reason="staff", note="光盘未还", placed_at=AT, placed_by="馆长"
    )
    other = makers.copy(place, at=place.zhonghe)
    assert "光盘未还" in at_desk(other.barcode, card).said.line
    assert at_desk(copy.barcode).said.state == "done"


def test_a_copy_lent_to_another_is_said_with_what_to_do(place, at_desk):
    copy = makers.copy(place, at=place.zhonghe)
    at_desk(copy.barcode, makers.reader(place))
    said = at_desk(copy.barcode, makers.reader(place, name="李四")).said
    assert said.state == "wrong"
    assert "还书" in said.detail


def test_every_outcome_of_a_return_has_its_sentence(place, at_desk):
    for state in ("lost", "withdrawn", "available"):
        copy = makers.copy(place, at=place.danshan, state=state)
        said = at_desk(copy.barcode).said
        assert all((said.line, said.detail))
        assert "%(" not in said.line + said.detail


@pytest.mark.parametrize("barcode", ["31234567890123", "13812345678", "0017", "9787020002207"])
def test_a_copys_barcode_is_one_whatever_else_it_looks_like(place, at_desk, barcode):
    copy = makers.copy(place, at=place.zhonghe, barcode=barcode)
    card = makers.reader(place)
    assert at_desk(barcode, card).said.state == "done"
    assert at_desk(barcode, at=AT + dt.timedelta(minutes=1)).said.state == "done"
    copy.refresh_from_db()
    assert copy.state == "available"


def test_a_second_enter_on_a_return_keeps_the_undo(place, at_desk):
    card, copy = makers.reader(place), makers.copy(place, at=place.linjiang)
    at_desk(copy.barcode, card, node=place.linjiang)
    answers = [at_desk(copy.barcode, at=AT + dt.timedelta(minutes=1, seconds=n)) for n in (0, 3)]
    assert answers[0].said.undo_url == answers[1].said.undo_url != ""
    assert answers[0].said.line == answers[1].said.line


def test_a_copy_lent_again_within_seconds_is_taken_back_again(place, at_desk):
    card, copy = makers.reader(place), makers.copy(place, at=place.linjiang)
    undone = []
    for second in (0, 4):
        at_desk(copy.barcode, card, node=place.linjiang, at=AT + dt.timedelta(seconds=second))
        answer = at_desk(copy.barcode, at=AT + dt.timedelta(seconds=second + 2))
        undone.append(answer.said.undo_url)
        copy.refresh_from_db()
        assert copy.state == "in_transit"
    assert undone[0] != undone[1]
    assert at_desk(copy.barcode, at=AT + dt.timedelta(seconds=7)).said.undo_url == undone[1]


def test_opening_a_reader_by_card_is_written_down(place, at_desk):
    card = makers.reader(place, born_on=dt.date(2016, 1, 1))
    at_desk(card.number)
    line = AuditEntry.objects.get(action="person.read")
    assert line.subject == f"person:{card.person_id}"
    assert line.detail["reason"] == "counter"
