"""Self-service machines against the real server."""

import os
import subprocess
import sys
import threading
import time

import pytest
from Sip2.sip2 import Sip2

from tests.machines.conftest import DATE
from tests.machines.ground import PASSWORD
from yanzhen.doors.sip2.wire import Checksum, Wire

pytestmark = pytest.mark.slow


@pytest.fixture
def client(house, tmp_path):
    """The client of PyPI's `sip2`, which nobody here wrote, signed in at 中和."""
    client = Sip2()
    client.hostName, client.hostPort = "127.0.0.1", house.port
    client.tlsEnable, client.hostEncoding = False, "utf-8"
    client.logfile_path = str(tmp_path)
    client.patron = house.cards[0]
    client.connect()
    asked = client.sip_login_request("sip-zhonghe", PASSWORD)
    told = client.sip_login_response(client.get_response(asked))
    assert told["fixed"]["Ok"] == "1"
    yield client
    client.disconnect()


def test_another_client_reads_lends_renews_and_brings_back_elsewhere(house, client):
    copy = house.copies[0]
    told = client.sip_patron_information_response(
        client.get_response(client.sip_patron_information_request("charged"))
    )
    assert told["variable"]["BL"] == ["Y"]
    lent = client.sip_checkout_response(client.get_response(client.sip_checkout_request(copy)))
    assert lent["fixed"]["Ok"] == "1"
    assert lent["variable"]["AJ"] == ["朝花夕拾｜注"]
    renewed = client.sip_renew_response(client.get_response(client.sip_renew_request(copy)))
    assert renewed["fixed"]["Ok"] == "1"
    hub = house.machine("sip-hub", "gb18030")
    said = hub.take_back(copy)
    assert said.startswith("101YUY")
    assert "|CTzhonghe|" in said
    assert "|CV04|" in said
    assert "朝花夕拾｜注" in said
    home = client.sip_checkin_response(client.get_response(client.sip_checkin_request(copy)))
    assert home["fixed"]["Ok"] == "1"
    assert "CT" not in home["variable"]


def test_the_status_says_only_what_is_on(house):
    said = house.machine("sip-zhonghe").ask("9900802.00")
    assert said.startswith("98YYYYNY")
    assert "|BXYYYNYYYYYNYNNYYY|" in said


def test_names_are_for_machines_that_may_see_them(house):
    asked = (f"6300120261126    100000{' ' * 10}", ("AO", ""), ("AA", house.cards[0]))
    assert "|AE|" in house.machine("sip-zhonghe").ask(*asked)
    assert "|AE张小禾|" in house.machine("sip-hub", "gb18030").ask(*asked)


def test_a_refusal_is_a_sentence_on_the_screen(house):
    machine = house.machine("sip-zhonghe")
    said = machine.lend("NOT-A-COPY", house.cards[0])
    assert said.startswith("120NUN")
    assert "|AF条码 NOT-A-COPY 不在馆藏里。" in said
    assert "|BLN|" in machine.ask(f"23001{DATE}", ("AO", ""), ("AA", "999"))


def test_a_return_is_never_refused(house):
    said = house.machine("sip-zhonghe").take_back("9787000000000")
    assert said.startswith("101NUY")
    assert "|CV99|" in said


def test_the_same_frame_again_gets_the_stored_answer(house):
    machine = house.machine("sip-zhonghe")
    raw = machine.frame(
        f"11NN{DATE}{DATE}", ("AO", ""), ("AA", house.cards[0]), ("AB", house.copies[1])
    )
    first = machine.send(raw)
    assert first.startswith("121")
    assert machine.send(raw) == first
    assert machine.send(b"97\r") == first
    other = house.machine("sip-zhonghe")
    other.sequence = 1
    assert other.send(raw) == first


def test_a_wrong_checksum_is_asked_for_again(house):
    machine = house.machine("sip-zhonghe")
    raw = bytearray(machine.frame(f"17{DATE}", ("AB", house.copies[2])))
    raw[-2] = ord("0") if raw[-2] != ord("0") else ord("1")
    assert machine.send(bytes(raw)) == "96"
    assert machine.ask(f"17{DATE}", ("AB", house.copies[2])).startswith("1803")


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_half_frames_and_every_line_end(house, end):
    machine = house.machine("sip-zhonghe")
    raw = machine.frame(f"17{DATE}", ("AB", house.copies[2])).rstrip(b"\r")
    machine.line.sendall(raw[:9])
    assert machine.send(raw[9:] + end).startswith("1803")


def test_floods_and_garbage_lose_their_connection_and_nobody_elses(house):
    quiet = house.machine("sip-zhonghe")
    with house.wire() as line:
        line.sendall(b"x" * 100_000)
        assert _ended(line)
    with house.wire() as line:
        line.sendall(b"\x00\xff\r" * 500)
        assert _ended(line)
    assert quiet.ask("9900802.00").startswith("98")


def _ended(line) -> bool:
    try:
        while line.recv(4096):
            pass
    except ConnectionError:
        pass
    return True


def test_offline_work_is_taken_in_once_and_a_conflict_stops_only_itself(house):
    machine, copy = house.machine("sip-zhonghe"), house.copies[3]
    long_ago = "20261101    090000"
    first = machine.lend(copy, house.cards[0], "Y", long_ago)
    assert first.startswith("121")
    again = machine.lend(copy, house.cards[0], "Y", long_ago)
    assert again[:-9] == first[:-9]
    overtaken = machine.take_back(copy, "Y", "20261031    090000")
    assert overtaken.startswith("101NUY")
    assert "|CV99|" in overtaken
    assert machine.ask(f"17{DATE}", ("AB", copy)).startswith("1804")
    assert machine.take_back(copy, "Y", "20261102    090000").startswith("101")
    assert machine.ask(f"17{DATE}", ("AB", copy)).startswith("1803")


def test_two_machines_for_one_copy(house):
    machines = [house.machine("sip-zhonghe"), house.machine("sip-hub", "gb18030")]
    for copy in house.copies[10:16]:
        said = [""] * 2

        def lend(n: int, copy: str = copy, said: list[str] = said) -> None:
            said[n] = machines[n].lend(copy, house.cards[n])

        runners = [threading.Thread(target=lend, args=(n,)) for n in (0, 1)]
        for runner in runners:
            runner.start()
        for runner in runners:
            runner.join()
        assert sorted(each[:3] for each in said) == ["120", "121"], said


def test_three_hundred_idle_machines(house):
    idle = [house.wire() for _ in range(300)]
    assert house.machine("sip-zhonghe").ask("9900802.00").startswith("98")
    for line in idle:
        line.close()


def test_a_machine_that_counts_otherwise_is_learned(house, own_database):
    machine = house.machine("sip-learner")
    machine.wire = Wire("utf-8", Checksum.POINTS)
    for _ in range(3):
        assert machine.ask(f"17{DATE}", ("AB", "鲁迅")).startswith("18")
    told = subprocess.run(
        [sys.executable, "-m", "yanzhen.config.command", "sip2", "--list"],
        env={**os.environ, "DATABASE_URL": own_database},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "utf-8 × points × az: 3/3" in told
    assert "    utf-8 × bytes" not in told


def test_a_wrong_pin_opens_nothing(house):
    machine = house.machine("sip-zhonghe")
    said = machine.ask(
        f"11NN{DATE}{DATE}", ("AA", house.cards[0]), ("AB", house.copies[20]), ("AD", "wrong")
    )
    assert said.startswith("120NUN")
    assert machine.ask(f"17{DATE}", ("AB", house.copies[20])).startswith("1803")


def test_a_loan_is_cancelled_where_it_was_made(house):
    machine, copy = house.machine("sip-zhonghe"), house.copies[21]
    assert machine.lend(copy, house.cards[1]).startswith("121")
    fields = (("AA", house.cards[1]), ("AB", copy), ("BI", "Y"))
    assert machine.ask(f"11NN{DATE}{DATE}", *fields).startswith("121")
    assert machine.ask(f"17{DATE}", ("AB", copy)).startswith("1803")


def test_fees_are_answered_clearly(house):
    machine = house.machine("sip-zhonghe")
    said = machine.ask(f"37{DATE}0100CNY", ("AA", house.cards[0]), ("BV", "1.00"))
    assert said.startswith("38N")


def test_another_client_holds_a_book_that_a_sorter_sends_and_another_catches(house, client):
    copy = house.copies[23]
    hub, catcher = house.machine("sip-hub", "gb18030"), house.machine("sip-zhonghe")
    assert hub.lend(copy, house.cards[1]).startswith("121")
    soon = int(time.time()) + 30 * 86400
    held = client.sip_hold_response(
        client.get_response(client.sip_hold_request("+", soon, 2, copy))
    )
    assert held["fixed"]["Ok"] == "1"
    assert held["variable"]["BR"] == ["1"]
    sent = hub.take_back(copy)
    assert "|CTzhonghe|CLzhonghe|CV02|" in sent
    assert f"|CY{house.cards[0]}|DA张小禾|" in sent  # this one may see names
    kept = catcher.take_back(copy)
    assert "|CTzhonghe|CLhold|CV01|" in kept
    assert "|CY" not in kept
    lent = client.sip_checkout_response(client.get_response(client.sip_checkout_request(copy)))
    assert lent["fixed"]["Ok"] == "1"


def test_every_loan_is_renewed(house):
    machine, copy = house.machine("sip-zhonghe"), house.copies[22]
    assert machine.lend(copy, house.cards[1]).startswith("121")
    said = machine.ask(f"65{DATE}", ("AA", house.cards[1]))
    assert said.startswith("661")
    assert f"|BM{copy}|" in said
