"""Whatever a machine sends, the server answers it, says why in its log, and stays up."""

import contextlib
import socket
import threading
import time

import pytest
from Sip2.sip2 import Sip2

from tests.machines.conftest import DATE
from tests.machines.ground import PASSWORD
from yanzhen.doors.sip2.codec import Answer, build
from yanzhen.doors.sip2.wire import STRICT

pytestmark = pytest.mark.slow

TITLE = "朝花夕拾｜注"
LOGIN = build(Answer("9300", (("CN", "sip-zhonghe"), ("CO", PASSWORD))), STRICT, "0")


def ended(line: socket.socket, seconds: float = 20) -> bytes:
    """What still came, once the server has closed the connection."""
    line.settimeout(seconds)
    heard = b""
    with contextlib.suppress(ConnectionError):
        while more := line.recv(4096):
            heard += more
    return heard


def logged(house, said: str) -> bool:
    deadline = time.monotonic() + 10
    while said not in house.log.read_text():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture(autouse=True)
def _the_others_go_on(house):
    quiet = house.machine("sip-hub", "gb18030")
    yield
    assert quiet.ask("9900802.00").startswith("98")
    assert "Traceback" not in house.log.read_text()
    quiet.line.close()


@pytest.mark.parametrize(
    ("account", "charset", "seen"),
    [
        ("sip-zhonghe", "utf-8", TITLE), ("sip-gbk", "gbk", TITLE),
        ("sip-hub", "gb18030", TITLE), ("sip-850", "cp850", "??????"),
    ],
)  # fmt: skip
def test_chinese_titles_with_a_client_nobody_here_wrote(house, tmp_path, account, charset, seen):
    client = Sip2()
    client.hostName, client.hostPort, client.hostEncoding = "127.0.0.1", house.port, charset
    client.tlsEnable, client.logfile_path = False, str(tmp_path)
    client.patron, copy = house.cards[0], house.copies[24]
    client.connect()
    client.get_response(client.sip_login_request(account, PASSWORD))
    told = client.sip_item_information_response(
        client.get_response(client.sip_item_information_request(copy))
    )
    lent = client.sip_checkout_response(client.get_response(client.sip_checkout_request(copy)))
    back = client.sip_checkin_response(client.get_response(client.sip_checkin_request(copy)))
    client.disconnect()
    for answer in (told, lent, back):
        assert answer["variable"]["AJ"] == [seen]
    assert (lent["fixed"]["Ok"], back["fixed"]["Ok"]) == ("1", "1")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\r", b"\xff\xfe\xfd\r", b"17\r", b"99\x00000802.00\r", "１７\r".encode(), b"|||||\r",
        b"6300199|\r", b"AY1AZ0000\r", b"11NN2026\r", f"17{DATE}A\r".encode(),
    ],
)  # fmt: skip
def test_what_is_no_message_is_asked_for_again(house, raw):
    machine = house.machine("sip-zhonghe")
    assert machine.send(raw) == "96"
    assert logged(house, "sip-zhonghe: garbled (")
    assert machine.ask("9900802.00").startswith("98")


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (f"17{DATE}", [("AB", "\x01\x02'\"; DROP TABLE")]),
        (f"09N{'9' * 36}", [("AB", "x" * 200)]),
        (f"11NN{' ' * 36}", [("AA", "x" * 200), ("AB", "y" * 200)]),
        (f"11YY{'0' * 36}", [("AA", "读者"), ("AB", "书")]),
        (f"15?{DATE}", []),
        (f"29NN{' ' * 36}", []),
        (f"35{DATE}", []),
        (f"63zzz{DATE}YYYYYYYYYY", [("BP", "-1"), ("BQ", "²")]),
        (f"65{' ' * 18}", []),
        ("9900000.00", []),
    ],
)
def test_what_is_a_message_has_its_answer_whatever_is_in_it(house, head, fields):
    machine = house.machine("sip-zhonghe")
    said = machine.ask(head, *fields)
    assert said[:2].isdecimal()
    assert int(said[:2]) == int(head[:2]) + (1 if head[:2] != "99" else -1)


def test_a_field_of_ten_thousand_bytes_ends_the_connection(house):
    machine = house.machine("sip-zhonghe")
    machine.line.sendall(b"17" + DATE.encode() + b"AB" + b"9" * 10_000 + b"|\r")
    assert ended(machine.line) == b""
    assert logged(house, "sip-zhonghe: frame too long")


def test_a_frame_that_is_never_finished_ends_the_connection(house):
    machine = house.machine("sip-zhonghe")
    machine.line.sendall(b"17" + DATE.encode())
    assert ended(machine.line, 40) == b""
    assert logged(house, "sip-zhonghe: frame not finished")


def test_wrong_checksums_all_day_end_the_connection(house):
    machine = house.machine("sip-zhonghe")
    raw = machine.frame(f"17{DATE}", ("AB", house.copies[2]))
    wrong = raw[:-5] + (b"0000\r" if raw[-5:-1] != b"0000" else b"0001\r")
    machine.line.sendall(wrong * 12)
    assert ended(machine.line) == b"96\r" * 10
    assert logged(house, "too much that is no message")


def test_a_flood_ends_the_connection(house):
    machine = house.machine("sip-zhonghe")
    threading.Thread(target=_pour, args=(machine.line, b"9900802.00\r" * 5000), daemon=True).start()
    assert ended(machine.line).startswith(b"98")
    assert logged(house, "sip-zhonghe: too many at once")


def _pour(line: socket.socket, data: bytes) -> None:
    with contextlib.suppress(OSError):
        line.sendall(data)


def test_whoever_does_not_log_in_is_heard_no_further(house):
    with house.wire() as line:
        line.sendall(b"9900802.00\r")
        assert ended(line) == b""
    assert logged(house, "no login")


def test_three_wrong_logins_are_answered_and_the_connection_ends(house):
    wrong = build(Answer("9300", (("CN", "sip-zhonghe"), ("CO", "guess"))), STRICT)
    with house.wire() as line:
        line.sendall(wrong * 4)
        assert ended(line) == b"940\r" * 3
    assert logged(house, "wrong login for 'sip-zhonghe'")
    assert house.machine("sip-zhonghe")


def test_five_hundred_idle_machines_and_a_busy_one(house):
    idle = [house.wire() for _ in range(500)]
    for line in idle[:50]:
        line.sendall(LOGIN)
    busy = house.machine("sip-zhonghe")
    began = time.monotonic()
    for _ in range(50):
        assert busy.ask("9900802.00").startswith("98")
    assert time.monotonic() - began < 20
    assert idle[0].recv(100).startswith(b"941")
    assert idle[499].fileno() > 0
    for line in idle:
        line.close()


def test_slow_readers_keep_nobody_waiting(house):
    """A machine that asks and never reads: what it asked for is kept for it, not for all."""
    slow = house.machine("sip-zhonghe")
    slow.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    slow.line.sendall(slow.frame("9900802.00") * 100)
    brisk = house.machine("sip-zhonghe")
    assert brisk.ask("9900802.00").startswith("98")


def test_frames_in_one_packet_are_answered_in_their_order(house):
    machine = house.machine("sip-zhonghe")
    sent = b"".join(machine.frame("9900802.00") for _ in range(20))
    machine.line.sendall(sent)
    heard = b""
    while heard.count(b"\r") < 20:
        heard += machine.line.recv(4096)
    numbers = [frame[-7:-6] for frame in heard.split(b"\r")[:-1]]
    assert numbers == [b"%d" % (n % 10) for n in range(1, 21)]


def test_whoever_has_said_everything_still_hears_the_answer(house):
    machine = house.machine("sip-zhonghe")
    machine.line.sendall(machine.frame("9900802.00"))
    machine.line.shutdown(socket.SHUT_WR)
    assert ended(machine.line).startswith(b"98")


def test_the_last_answer_asked_for_again_and_again_in_one_packet(house):
    machine = house.machine("sip-zhonghe")
    last = machine.ask("9900802.00")
    machine.line.sendall(b"97\r" * 150)
    machine.line.shutdown(socket.SHUT_WR)
    assert ended(machine.line).decode().split("\r") == [last] * 150 + [""]


def test_a_machine_that_is_kept_out_loses_its_connection_and_what_it_sent_is_counted(house):
    machine = house.machine("sip-blocked")
    for _ in range(3):
        machine.ask("9900802.00")
    machine.send(b"nonsense\r")
    house.shell(
        "from yanzhen.doors.sip2.models import Terminal;"
        "Terminal.objects.filter(account='sip-blocked').update(active=False)"
    )
    assert ended(machine.line) == b""
    assert logged(house, "sip-blocked: blocked")
    with house.wire() as line:
        line.sendall(LOGIN.replace(b"sip-zhonghe", b"sip-blocked").split(b"AY")[0] + b"\r")
        assert line.recv(100).startswith(b"940")
    counted = house.shell(
        "from yanzhen.doors.sip2.models import TerminalDay;"
        "print(*TerminalDay.objects.filter(terminal__account='sip-blocked')"
        ".values_list('frames', 'errors'))"
    )
    assert counted.strip() == "(5, 1)"
