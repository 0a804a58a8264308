import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.call_numbers.models import CallNumberScheme, SchemeUse, SerialNumber
from yanzhen.library.call_numbers.numbering import KEPT_FOR, release, suggest, take
from yanzhen.library.call_numbers.queries import scheme_for
from yanzhen.library.call_numbers.schemes import add_scheme, use_scheme

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def librarian(place):
    return county.staff(place.hub)


@pytest.fixture
def serial(place):
    """Running numbers everywhere, as an installation begins."""
    scheme, _made = CallNumberScheme.objects.get_or_create(
        name="种次号", defaults={"kind": "serial"}
    )
    SchemeUse.objects.get_or_create(node=None, shelf="", defaults={"scheme": scheme})
    return scheme


def asked(place, by, bib, *, class_number="I247.5", at=MONDAY, **more):
    more = {"node": place.hub, "author": ""} | more
    return suggest(class_number, bib_id=bib.pk if bib else None, by=by, at=at, **more)


def taken(place, by, bib, **more):
    offer = asked(place, by, bib, **more)
    assert take(offer.reserved, bib.pk, offer.text, by=by, at=more.get("at", MONDAY))
    return offer.text


def test_numbers_run_within_a_class(place, serial, librarian):
    texts = [taken(place, librarian, county.bib()) for _each in range(3)]
    assert texts == ["I247.5/1", "I247.5/2", "I247.5/3"]
    assert taken(place, librarian, county.bib(), class_number="K2") == "K2/1"


def test_a_title_keeps_its_number(place, serial, librarian):
    bib = county.bib()
    text = taken(place, librarian, bib)
    assert asked(place, librarian, bib) == (text, None, None)


def test_opening_the_form_again_does_not_use_up_numbers(place, serial, librarian):
    bib = county.bib()
    offers = {asked(place, librarian, bib, at=MONDAY + n * MINUTE).text for n in range(5)}
    assert offers == {"I247.5/1"}
    assert SerialNumber.objects.count() == 1


def test_two_people_are_shown_two_numbers(place, serial, librarian):
    other = county.staff(place.hub, name="李馆员")
    bib = county.bib()
    assert asked(place, librarian, bib).text == "I247.5/1"
    assert asked(place, other, bib).text == "I247.5/2"


def test_a_cancelled_number_is_given_again(place, serial, librarian):
    first = asked(place, librarian, county.bib())
    taken(place, librarian, county.bib())
    release(first.reserved, by=librarian)
    release(first.reserved, by=librarian)
    assert asked(place, librarian, county.bib()).text == "I247.5/1"
    assert asked(place, librarian, county.bib()).text == "I247.5/3"


def test_a_number_nobody_saved_in_time_is_given_again(place, serial, librarian):
    other = county.staff(place.hub, name="李馆员")
    mine, theirs = county.bib(), county.bib()
    late = asked(place, librarian, mine)
    after = MONDAY + KEPT_FOR + MINUTE
    assert asked(place, other, theirs, at=after).text == late.text
    assert not take(late.reserved, mine.pk, late.text, by=librarian, at=after)


def test_one_who_saves_late_still_gets_it_when_nobody_else_did(place, serial, librarian):
    bib = county.bib()
    late = asked(place, librarian, bib)
    assert take(late.reserved, bib.pk, late.text, by=librarian, at=MONDAY + 2 * KEPT_FOR)


def test_a_number_changed_by_hand_is_free_again(place, serial, librarian):
    bib = county.bib()
    offer = asked(place, librarian, bib)
    assert not take(offer.reserved, bib.pk, "I247.4/9", by=librarian, at=MONDAY)
    assert not SerialNumber.objects.exists()


def test_nobody_takes_or_releases_anothers_number(place, serial, librarian):
    other = county.staff(place.hub, name="李馆员")
    bib = county.bib()
    offer = asked(place, librarian, bib)
    release(offer.reserved, by=other)
    assert not take(offer.reserved, bib.pk, offer.text, by=other, at=MONDAY)
    assert take(offer.reserved, bib.pk, offer.text, by=librarian, at=MONDAY)


def test_a_class_begins_behind_what_copies_carry(place, serial, librarian):
    bib = county.bib()
    county.copy(place, title=bib, call_number="I247.5/41/v.2")
    county.copy(place, call_number="I247.57/99")
    assert asked(place, librarian, bib).text == "I247.5/41"
    assert asked(place, librarian, county.bib()).text == "I247.5/42"


def test_the_nearest_place_decides_the_scheme(place, serial, librarian):
    authors = add_scheme("著者", "author", by=librarian, at=MONDAY)
    children = add_scheme("少儿", "serial", by=librarian, at=MONDAY)
    use_scheme(authors, node=place.zhonghe, by=librarian, at=MONDAY)
    use_scheme(children, node=place.zhonghe, shelf="少儿室", by=librarian, at=MONDAY)
    village = county.service_point(place.zhonghe, "zhonghe-huaxi", "花溪村")
    assert scheme_for(place.hub) == scheme_for(place.hub, "少儿室") == serial
    assert scheme_for(place.zhonghe) == scheme_for(village) == authors
    assert scheme_for(place.zhonghe, "少儿室") == children
    offer = asked(place, librarian, county.bib(), node=place.zhonghe, author="曹雪芹")
    assert offer == ("I247.5/CXQ", None, None)
    taken(place, librarian, county.bib())
    there = asked(place, librarian, county.bib(), node=place.zhonghe, shelf="少儿室")
    assert there.text == "I247.5/1"
    use_scheme(None, node=place.zhonghe, by=librarian, at=MONDAY)
    assert scheme_for(place.zhonghe) == serial


@pytest.mark.parametrize("class_number", ["", "红楼梦", "I/1", "I" + "2" * 40])
def test_a_call_number_begins_with_a_class(place, serial, librarian, class_number):
    with pytest.raises(Refused, match="no-class"):
        asked(place, librarian, county.bib(), class_number=class_number)


def test_what_cannot_be_given_is_refused(place, serial, librarian):
    SchemeUse.objects.all().delete()
    with pytest.raises(Refused, match="no-scheme"):
        asked(place, librarian, county.bib())
    use_scheme(add_scheme("著者", "author", by=librarian, at=MONDAY), node=None, by=librarian,
               at=MONDAY)  # fmt: skip
    with pytest.raises(Refused, match="no-author"):
        asked(place, librarian, county.bib())
    for name, code in ((" ", "scheme-unnamed"), ("著者", "scheme-name-taken")):
        with pytest.raises(Refused, match=code):
            add_scheme(name, "serial", by=librarian, at=MONDAY)
    with pytest.raises(Refused, match="shelf-without-branch"):
        use_scheme(None, node=None, shelf="少儿室", by=librarian, at=MONDAY)
    with pytest.raises(Refused):
        asked(place, county.staff(place.zhonghe), county.bib())


def test_the_database_gives_a_number_once(place, serial):
    row = {"scheme": serial, "class_number": "K2", "number": 1, "reserved_for": "x",
           "reserved_until": MONDAY}  # fmt: skip
    SerialNumber.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SerialNumber.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SerialNumber.objects.create(**row | {"number": 2, "taken_at": MONDAY})
