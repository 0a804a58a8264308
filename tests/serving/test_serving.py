"""What `yanzhen serve` begins it ends, and a trouble of one door is no trouble of another."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.journeys.running import ROOT
from tests.serving.conftest import all_gone, family


@pytest.mark.parametrize(
    "signals",
    [[signal.SIGINT], [signal.SIGTERM], [signal.SIGHUP], [signal.SIGTERM, signal.SIGINT]],
    ids=lambda signals: "+".join(each.name for each in signals),
)
def test_one_signal_ends_everything_that_was_begun(site, signals):
    site.start()
    everybody = family(site.pid)
    assert len(everybody) >= 6  # serve, the web server and its two, the worker, SIP2
    for each in signals:
        os.kill(site.pid, each)
        time.sleep(0.3)
    assert site.wait() == 0, site.log()
    assert all_gone(everybody)
    assert "Traceback" not in site.log(), site.log()


def test_a_process_that_does_not_hear_is_ended_too(site):
    site.start()
    everybody = family(site.pid)
    leaf = max(everybody - {site.pid}, key=lambda pid: (len(family(pid)) == 1, pid))
    os.kill(leaf, signal.SIGSTOP)
    os.kill(site.pid, signal.SIGTERM)
    assert site.wait() in (0, 1)
    assert all_gone(everybody)


def test_a_signal_while_everything_is_still_beginning(site):
    site.begin()
    while len(everybody := family(site.pid)) < 3:
        time.sleep(0.02)
    os.kill(site.pid, signal.SIGTERM)
    site.wait()
    assert all_gone(everybody)


def test_a_taken_port_for_machines_leaves_the_pages_open_and_is_waited_for(site):
    with socket.create_server(("127.0.0.1", 0)) as somebody_else:
        port = somebody_else.getsockname()[1]
        site.environment["SIP2_PORT"] = str(port)
        site.start()
        _until(lambda: "用不了（已被别的程序占用）。网页照常" in site.log())
    _until(lambda: f"SIP2：127.0.0.1:{port}" in site.log())
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"9900802.00\r")
        assert line.recv(100) == b""  # no login first: the connection ends
    assert site.stop() == 0, site.log()


def test_without_collected_files_pages_come_in_plain_dress(tmp_path):
    asked = (
        "from yanzhen.config.wsgi import application\n"
        "from django.test import Client\n"
        "client = Client(raise_request_exception=False, headers={'host': 'localhost'})\n"
        "for path in ('/', '/nowhere/'):\n"
        "    answer = client.get(path)\n"
        "    print(answer.status_code, '<h1>' in answer.content.decode())\n"
    )
    environment = {
        **os.environ, "DEBUG": "0", "YANZHEN_DATA": str(tmp_path / "empty"), "DATABASE_URL": "",
    }  # fmt: skip
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.split("\n")[:2] == ["500 True", "404 True"]  # no tables either
    assert "还没有收集静态文件" in said.stderr


def _until(happened, longest: float = 30) -> None:
    deadline = time.monotonic() + longest
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.2)
