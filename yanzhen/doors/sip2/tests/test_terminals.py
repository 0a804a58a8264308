"""Who looks after machines, who comes in, and how often somebody may guess."""

import datetime as dt

import pytest

from tests import county as makers
from yanzhen.doors.sip2 import terminals
from yanzhen.doors.sip2.answering import answering
from yanzhen.doors.sip2.codec import Answer, build, parse
from yanzhen.doors.sip2.guessing import MOST_WRONG, REST, Guesses
from yanzhen.doors.sip2.models import Terminal, TerminalDay
from yanzhen.doors.sip2.watching import Watch
from yanzhen.doors.sip2.wire import STRICT, Wire
from yanzhen.groundwork.abreast import alone
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.accounts import add_sign_in_name
from yanzhen.people.models import Account
from yanzhen.people.rules import MOST_ATTEMPTS

pytestmark = pytest.mark.django_db

AT = makers.MONDAY
DATE = "20261123    100000"


@pytest.fixture
def director(place):
    return makers.staff(place.hub, "director")


def made(place, by, **settings) -> Terminal:
    return terminals.add_terminal(
        "sip-1", "right-password", node=place.zhonghe, by=by, at=AT, name="自助机", **settings
    )


def test_a_machine_is_added_changed_kept_out_and_every_step_is_in_the_trail(place, director):
    terminal = made(place, director)
    terminals.change_terminal(terminal.pk, by=director, at=AT, charset="gbk", node=place.danshan)
    _, secret = terminals.give_password(terminal.pk, by=director, at=AT)
    assert terminals.come_in("sip-1", "right-password", "10.0.0.1", AT) is None
    assert terminals.come_in("sip-1", secret, "10.0.0.1", AT).node == place.danshan
    terminals.set_active(terminal.pk, active=False, by=director, at=AT)
    assert terminals.come_in("sip-1", secret, "10.0.0.1", AT) is None
    terminals.set_active(terminal.pk, active=True, by=director, at=AT)
    trail = AuditEntry.objects.order_by("pk")
    assert [entry.action for entry in trail] == [
        "terminal.added", "terminal.changed", "terminal.password_given",
        "terminal.kept_out", "terminal.let_in",
    ]  # fmt: skip
    assert trail[1].detail == {"changed": ["charset", "node"]}
    assert secret not in str(list(trail.values()))


def test_a_branch_looks_after_no_machine_of_the_county(place, director):
    terminal, clerk = made(place, director), makers.staff(place.zhonghe, "culture_officer")
    for act in (
        lambda: made(place, clerk),
        lambda: terminals.change_terminal(terminal.pk, by=clerk, at=AT, name="x"),
        lambda: terminals.give_password(terminal.pk, by=clerk, at=AT),
        lambda: terminals.set_active(terminal.pk, active=False, by=clerk, at=AT),
    ):
        with pytest.raises(Refused, match="no-permission"):
            act()
    elsewhere = makers.staff(place.zhonghe, "director")
    with pytest.raises(Refused, match="not-your-branch"):
        terminals.change_terminal(terminal.pk, by=elsewhere, at=AT, node=place.danshan)


def test_an_account_belongs_to_one_machine(place, director):
    made(place, director)
    with pytest.raises(Refused, match="terminal-account-taken"):
        made(place, director)


def test_what_was_learned_is_forgotten_when_learning_begins_again(place, director):
    terminal = made(place, director, learning=True)
    terminals.note_learned(terminal, [STRICT.told], telling=True)
    terminals.change_terminal(terminal.pk, by=director, at=AT, learning=False)
    assert Terminal.objects.get().learned["fits"] == {STRICT.told: 1}
    terminals.change_terminal(terminal.pk, by=director, at=AT, learning=True)
    assert Terminal.objects.get().learned == {}


@pytest.mark.parametrize(
    ("allowed", "address", "admitted"),
    [
        ("", "203.0.113.9", True),
        ("10.1.0.7", "10.1.0.7", True),
        ("10.1.0.7, 10.1.0.9", "10.1.0.9", True),
        ("10.1.0.7", "10.1.0.70", False),
        ("10.1.0.0/24", "10.1.0.70", True),
        ("10.1.0.0/24", "10.1.1.70", False),
        ("10.1.0.7", "::ffff:10.1.0.7", True),
        ("10.1.0.7；fe80::/10", "fe80::1%eth0", True),
    ],
)
def test_a_machine_comes_only_from_its_addresses(place, director, allowed, address, admitted):
    made(place, director, addresses=allowed)
    assert (terminals.come_in("sip-1", "right-password", address, AT) is not None) == admitted


def test_addresses_must_be_readable(place, director):
    with pytest.raises(Refused, match="addresses-unreadable"):
        made(place, director, addresses="10.1.0.7, 十号机")


def test_a_pin_is_locked_at_a_machine_after_some_guesses(place, director):
    terminal, card = made(place, director), makers.reader(place)
    account = Account(username="r", person=card.person)
    account.set_password("right-pin")
    account.save()
    add_sign_in_name(account, card.number)

    def asked(pin: str, at=AT) -> str:
        fields = (("AO", ""), ("AA", card.number), ("AD", pin))
        raw = build(Answer(f"63001{DATE}{' ' * 10}", fields), STRICT).rstrip(b"\r")
        return build(alone(answering(terminal, parse(raw, STRICT), at)), STRICT).decode()

    assert "|CQY|" in asked("right-pin")
    for _guess in range(MOST_ATTEMPTS):
        assert "|CQN|" in asked("wrong-pin")
    locked = asked("right-pin")
    assert "|CQN|" in locked
    assert "|AF" in locked
    assert "|CQY|" in asked("right-pin", AT + dt.timedelta(days=1))


def test_wrong_logins_wait_by_address_and_account():
    guesses = Guesses()
    for _time in range(MOST_WRONG):
        assert not guesses.must_wait("10.0.0.1", "sip-1", 100.0)
        guesses.note("10.0.0.1", "sip-1", 100.0, right=False)
    assert guesses.must_wait("10.0.0.1", "sip-1", 101.0)
    assert not guesses.must_wait("10.0.0.1", "sip-2", 101.0)
    assert not guesses.must_wait("10.0.0.2", "sip-1", 101.0)
    assert not guesses.must_wait("10.0.0.1", "sip-1", 100.0 + REST)


def test_what_a_machine_sends_is_counted_by_the_day(place, director):
    terminal, watch = made(place, director), Watch()
    for error in (False, False, True):
        watch.note(terminal.pk, error=error)
    watch.write_down(AT)
    watch.note(terminal.pk)
    watch.write_down(AT)
    watch.write_down(AT)
    row = TerminalDay.objects.get()
    assert (row.frames, row.errors) == (4, 1)
    assert Terminal.objects.get().last_seen_at == AT


@pytest.mark.parametrize("told", ["", "utf-8", "utf-9 × bytes × az", "utf-8 × bytes × az × az"])
def test_only_a_way_of_writing_is_read_as_one(told):
    assert Wire.read(told) is None


def test_a_way_of_writing_is_read_as_it_was_told():
    assert Wire.read(STRICT.told) == STRICT
