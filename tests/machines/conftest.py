"""The SIP2 server in a process of its own, on a database of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import template
from tests.machines.ground import PASSWORD
from yanzhen.doors.sip2.codec import Answer, build
from yanzhen.doors.sip2.wire import Wire

DATE = "20261126    100000"


@pytest.fixture(scope="package")
def own_database(tmp_path_factory):
    with template.own_database(tmp_path_factory.mktemp("sip2")) as url:
        yield url


@dataclass
class House:
    """The running server, and the copies and cards of its county."""

    port: int
    environment: dict[str, str]
    log: Path
    copies: list[str]
    cards: list[str]

    def shell(self, code: str) -> str:
        """What a few lines of Python say that are run beside the server, in its database."""
        shell = [sys.executable, "-m", "yanzhen.config.command", "shell", "--verbosity", "0"]
        return subprocess.run(
            [*shell, "-c", code], env=self.environment, capture_output=True, text=True, check=True
        ).stdout

    def wire(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def machine(self, account: str, charset: str = "utf-8") -> "Machine":
        machine = Machine(self.wire(), Wire(charset))
        said = machine.ask("9300", ("CN", account), ("CO", PASSWORD), ("CP", ""))
        assert said.startswith("941")
        return machine


@dataclass
class Machine:
    """A plain client with our own codec, for what the other client cannot say."""

    line: socket.socket
    wire: Wire
    sequence: int = 0

    def frame(self, head: str, *fields: tuple[str, str]) -> bytes:
        raw = build(Answer(head, fields), self.wire, str(self.sequence))
        self.sequence = (self.sequence + 1) % 10
        return raw

    def ask(self, head: str, *fields: tuple[str, str]) -> str:
        return self.send(self.frame(head, *fields))

    def send(self, raw: bytes) -> str:
        self.line.sendall(raw)
        return self.hear()

    def hear(self) -> str:
        data = b""
        while not data.endswith(b"\r"):
            more = self.line.recv(4096)
            if not more:
                return ""
            data += more
        return data.rstrip(b"\r").decode(self.wire.charset)

    def lend(self, copy: str, card: str, no_block: str = "N", date: str = DATE) -> str:
        return self.ask(f"11N{no_block}{date}{date}", ("AO", ""), ("AA", card), ("AB", copy))

    def take_back(self, copy: str, no_block: str = "N", date: str = DATE) -> str:
        return self.ask(f"09{no_block}{date}{date}", ("AP", ""), ("AO", ""), ("AB", copy))


@pytest.fixture(scope="package")
def house(own_database, tmp_path_factory):
    environment = {**os.environ, "DATABASE_URL": own_database, "PYTHONUNBUFFERED": "1"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.machines.ground"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    log = tmp_path_factory.mktemp("log") / "sip2.log"
    with log.open("w") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "yanzhen.config.command", "sip2", "--port", "0"],
            env=environment, stdout=subprocess.PIPE, stderr=written, text=True,
        )  # fmt: skip
    port = re.search(r":(\d+)$", server.stdout.readline().strip())
    yield House(int(port[1]), environment, log, **json.loads(made.stdout))
    server.send_signal(signal.SIGINT)
    assert server.wait(20) == 0
