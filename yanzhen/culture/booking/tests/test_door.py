"""At the door: who booked, who just comes, who is late, who does not come, paper, no network."""

import datetime as dt

import pytest

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.booking import entering, sheets, standing, waiting
from yanzhen.culture.booking.entering import Heads, found_at_the_door
from yanzhen.culture.booking.models import Booking, Channel, NoShow
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.queries import heads_at
from yanzhen.culture.booking.releasing import release_due
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.booking.tests.test_placing import online, refused
from yanzhen.people.models import Guardianship

AT, STARTS = makers.AT, makers.STARTS
MINUTE = dt.timedelta(minutes=1)
SPLIT = {"online": 4, "telephone": 2, "group": 4, "walk_in": 3}


@pytest.fixture
def session(place):
    yield makers.opened(place, SPLIT)
    assert list(invariants.broken()) == []


@pytest.fixture
def door(place, session):
    return {"by": makers.planner(place), "at": STARTS - 20 * MINUTE}


def admit(session, door, heads=1, **more):
    return entering.admit(session_id=session.pk, count=Heads(heads, **more), **door)


def by_telephone(place, session, number=1):
    return book(
        session_id=session.pk, channel="telephone", party=makers.caller(number),
        by=makers.operator(place), at=AT,
    )  # fmt: skip


def test_a_booking_is_found_by_code_name_and_telephone(place, session):
    booking, other = by_telephone(place, session, 1), by_telephone(place, session, 2)
    for text in (
        booking.code,
        f"YZB-{booking.code}",
        f"yzb-{booking.code}",
        "演示1",
        "00000000001",
    ):
        assert found_at_the_door(session.pk, text) == [booking]
    assert found_at_the_door(session.pk, "演示") == [booking, other]
    assert found_at_the_door(session.pk, "0002") == [other]
    for nothing in ("", "12", "别人", "x" * 5000):
        assert found_at_the_door(session.pk, nothing) == []
    by = makers.resident()
    own = online(session, by)
    assert found_at_the_door(session.pk, "卡号", (by.person_id,)) == [own]


def test_check_in_once_and_take_it_back(session, door):
    booking = online(session)
    entering.check_in(booking_id=booking.pk, **door)
    refused("checked-in-already", entering.check_in, booking_id=booking.pk, **door)
    assert heads_at(session.pk) == {"expected": 0, "checked_in": 1}
    entering.undo(booking_id=booking.pk, **door)
    assert [step.state for step in booking.steps.all()] == ["confirmed", "checked_in", "confirmed"]
    assert makers.taken(session) == {"online": 1}


def test_a_door_is_the_branchs_own_and_of_the_day(place, session, door):
    booking = online(session)
    stranger = county.staff(place.danshan, "culture_officer")
    refused("not-your-branch", entering.check_in, booking_id=booking.pk, **door | {"by": stranger})
    refused("wrong-day", entering.check_in, booking_id=booking.pk, **door | {"at": AT})
    refused("booking-unknown", entering.check_in, booking_id=10**9, **door)


def test_a_group_comes_with_fewer_and_the_rest_waits_no_longer(place, session, door):
    booking = book(
        session_id=session.pk, channel="group", party=makers.caller(organisation="演示厂", heads=4),
        by=makers.operator(place), at=AT,
    )  # fmt: skip
    refused("roster-unfit", entering.check_in, booking_id=booking.pk, heads=5, **door)
    entering.check_in(booking_id=booking.pk, heads=3, **door)
    assert makers.taken(session) == {"group": 3}
    assert heads_at(session.pk)["checked_in"] == 3


def test_whoever_just_comes_is_counted_by_heads_and_age(session, door):
    family = admit(session, door, 3, under_18=1, aged_60=1)
    said = refused("full", admit, session, door)
    assert "现场" in said.message
    refused("age-bands-unfit", admit, session, door, 1, under_18=1, aged_60=1)
    refused("heads-unfit", admit, session, door, 0)
    entering.undo(booking_id=family.pk, **door)
    assert makers.taken(session) == {}
    first = admit(session, door | {"key": "k"})
    assert admit(session, door | {"key": "k"}) == first


def test_unused_places_go_to_the_door_after_the_grace_and_the_absent_are_noted(
    place, session, door
):
    by = makers.resident()
    absent, here, phoned = online(session, by), online(session), by_telephone(place, session)
    entering.check_in(booking_id=here.pk, **door)
    assert release_due(STARTS + 14 * MINUTE) == 0
    assert release_due(STARTS + 15 * MINUTE) == 1
    assert release_due(STARTS + 16 * MINUTE) == 0
    assert makers.allotment(session, Channel.WALK_IN).places == 12
    assert makers.taken(session) == {"online": 1}
    states = [Booking.objects.get(pk=each.pk).state for each in (absent, here, phoned)]
    assert states == ["no_show", "checked_in", "excused"]
    assert NoShow.objects.get().person_id == by.person_id
    admit(session, door | {"at": STARTS + 20 * MINUTE}, 11)
    late = {"booking_id": absent.pk, "by": door["by"], "at": STARTS + 25 * MINUTE}
    entering.check_in(**late)
    assert NoShow.objects.get().state == "excused"
    assert heads_at(session.pk) == {"expected": 0, "checked_in": 13}
    refused("full", entering.check_in, **late | {"booking_id": phoned.pk})
    entering.undo(**late)
    entering.check_in(**late | {"booking_id": phoned.pk})


def test_nobody_is_blamed_where_nobody_could_know(place, session, door):
    online(session)
    entering.mark_offline(session_id=session.pk, offline=True, **door)
    assert release_due(STARTS + 60 * MINUTE) == 0
    assert release_due(STARTS + dt.timedelta(days=8)) == 1
    assert Booking.objects.get().state == "excused"
    assert not NoShow.objects.exists()


def test_a_child_is_not_blamed(place, session):
    child = makers.resident(county.person("小雨", born_on=dt.date(2021, 1, 1)))
    Guardianship.objects.create(
        child_id=child.person_id, guardian=county.person(), relation="parent", channel="paper",
        consented_at=AT,
    )  # fmt: skip
    online(session, child)
    release_due(STARTS + 60 * MINUTE)
    assert not NoShow.objects.exists()


def test_booking_online_pauses_after_three_times_and_an_appeal_helps(place):
    by = makers.resident()
    for _ in range(3):
        online(makers.opened(place), by)
    at = STARTS + 60 * MINUTE
    assert release_due(at) == 3
    later = makers.opened(place, starts_at=STARTS + dt.timedelta(days=5), at=at)
    told = {"session_id": later.pk, "at": at, "party": makers.oneself(by)}
    refused("booking-paused", book, channel="online", by=by, **told)
    mark = NoShow.objects.first()
    refused(
        "no-show-unknown", standing.appeal, no_show_id=mark.pk, text="病了",
        by=makers.resident(), at=at,
    )  # fmt: skip
    standing.appeal(no_show_id=mark.pk, text="病了", by=by, at=at)
    standing.excuse(no_show_id=mark.pk, reason="有病历", by=makers.planner(place), at=at)
    assert standing.paused_until(by.person_id, at) is None
    book(channel="online", by=by, **told)
    assert list(invariants.broken()) == []


def test_the_rule_is_set_for_the_county_and_an_amnesty_for_a_session(place, session):
    by = makers.resident()
    online(session, by)
    at = STARTS + 60 * MINUTE
    release_due(at)
    hub = county.staff(place.hub, "director")
    told = {"window_days": 30, "pause_days": 10, "at": at}
    refused("no-permission", standing.set_rule, strikes=1, by=makers.planner(place), **told)
    refused("rule-out-of-bounds", standing.set_rule, strikes=0, by=hub, **told)
    standing.set_rule(strikes=1, by=hub, **told)
    assert standing.paused_until(by.person_id, at) is not None
    done = standing.amnesty(session_id=session.pk, reason="暴雨", by=makers.planner(place), at=at)
    assert done == 1
    assert standing.paused_until(by.person_id, at) is None


def test_a_printed_sheet_is_a_sealed_part_and_comes_back_line_by_line(session, door):
    sheet = sheets.print_sheet(session_id=session.pk, lines=2, **door)
    assert makers.taken(session) == {"walk_in": 2}
    admit(session, door)
    refused("full", admit, session, door)
    first = sheets.type_in(sheet_id=sheet.pk, line=1, name="演示大妈", aged_60=True, **door)
    assert sheets.type_in(sheet_id=sheet.pk, line=1, name="别的", **door) == first
    refused("line-unknown", sheets.type_in, sheet_id=sheet.pk, line=3, **door)
    assert makers.taken(session) == {"walk_in": 3}
    assert heads_at(session.pk) == {"expected": 0, "checked_in": 2}
    assert release_due(STARTS + 30 * MINUTE) == 0  # the sheet is still out
    sheets.take_back(sheet_id=sheet.pk, **door)
    refused("sheet-returned", sheets.type_in, sheet_id=sheet.pk, line=2, **door)
    assert makers.taken(session) == {"walk_in": 2}
    assert release_due(STARTS + 30 * MINUTE) == 1


def test_a_sheet_may_be_full(session, door):
    sheet = sheets.print_sheet(session_id=session.pk, lines=2, **door)
    for line in (1, 2):
        sheets.type_in(sheet_id=sheet.pk, line=line, **door)
    sheets.take_back(sheet_id=sheet.pk, **door)
    assert heads_at(session.pk)["checked_in"] == 2
    second = sheets.print_sheet(session_id=session.pk, lines=1, **door)
    assert second.number == 2


def test_an_offer_is_accepted_by_coming(session, door):
    by = makers.resident()
    held = online(session, heads=4)
    party = makers.oneself(by)
    entry = waiting.join(session_id=session.pk, channel="online", party=party, by=by, at=AT)
    entering.check_in(booking_id=held.pk, heads=3, **door)
    entry.refresh_from_db()
    assert entry.state == "offered"
    entering.check_in(booking_id=entry.booking_id, **door)
    entry.refresh_from_db()
    assert entry.state == "accepted"
