"""Self-service machines over SIP2 with every rule on, against the same writes as one statement.

    python -m benchmarks.sip2 [--books 1600] [--repeats 3]

Sixteen machines lend books and take them back; each is a process with a connection of its own.
Raw: for each book one statement that lends and one that takes back, prepared, without any rule, by
as many processes (one on SQLite, where writers wait for each other). Besides: the processor time of
the server for one frame, a reader with 400 loans against another, and a return for a queue of
500 against one for a queue of one.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.wire import in_parallel

MACHINES = 16
DATE = "20261126    100000"


@dataclass
class Running:
    """The server: its port, and the processor time it has used."""

    port: int
    pid: int

    def seconds(self) -> float:
        """Of the processor, so far; 0 where the system does not tell."""
        told = Path(f"/proc/{self.pid}/stat")
        if not told.exists():
            return 0.0
        fields = told.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--books", type=int, default=1600, help="lent and returned each time")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        os.environ.update(
            YANZHEN_DATA=folder, DEBUG="0", DJANGO_SETTINGS_MODULE="yanzhen.config.settings"
        )
        import django

        django.setup()
        run(options.books, options.repeats)


def run(books: int, repeats: int) -> None:
    from django.db import connection, connections

    from benchmarks import sip2_ground

    ground = sip2_ground.prepare(books, MACHINES)
    vendor = connection.vendor
    connections.close_all()
    shelf = range(books)
    with serving() as server:
        over_the_wire(server, ground, shelf[: books // 4], ground.cards)  # to warm up
        raw, told, out, back = [], [], [], []
        for _ in range(repeats):
            raw.append(_raw(ground, shelf))
            used = server.seconds()
            lent, returned = over_the_wire(server, ground, shelf, ground.cards)
            told.append(2 * books / (lent + returned))
            out.append(books / lent)
            back.append(books / returned)
            used = server.seconds() - used
        share = statistics.median(t / r for t, r in zip(told, raw, strict=True))
        print(f"{vendor}, {MACHINES} machines, load {os.getloadavg()[0]:.1f}")
        print(f"  raw   {statistics.median(raw):8,.0f} frames/s")
        print(
            f"  SIP2  {statistics.median(told):8,.0f} frames/s   "
            f"out {statistics.median(out):,.0f}, in {statistics.median(back):,.0f}"
        )
        print(f"  share {share:8.0%}   (goal >= 60%)")
        print(f"  processor time of the server {1000 * used / (2 * books):.2f} ms a frame")
        _heavy(server, ground)


def _heavy(server: Running, ground) -> None:
    """One machine: what many loans and many holds cost."""
    few = ground.heavy_books
    light = one_by_one(server, [ground.information(ground.cards[0])] * few)
    heavy = one_by_one(server, [ground.information(ground.heavy)] * few)
    print(f"  63 for a reader with 400 loans: {heavy / light:.1f} times an empty one's (goal <= 2)")
    plain, awaited, popular = (
        one_by_one(server, [ground.back(n) for n in numbers])
        for numbers in (ground.plain, ground.awaited, ground.popular)
    )
    print(f"  09 of a title with 500 holds: {popular / awaited:.1f} times one's with a single hold")
    print(f"  (goal <= 2), which takes {awaited / plain:.1f} times as long as a plain one")
    half = len(ground.plain) // 2
    light, heavy = (
        one_by_one(server, [ground.lend(n, card) for n in numbers])
        for card, numbers in (
            (ground.cards[0], ground.plain[:half]), (ground.heavy, ground.plain[half:]),
        )
    )  # fmt: skip
    print(f"  11 for a reader with 400 loans: {heavy / light:.1f} times another's (goal <= 2)")


@contextmanager
def serving() -> Iterator[Running]:
    server = subprocess.Popen(
        [sys.executable, "-m", "yanzhen.config.command", "sip2", "--port", "0"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    line = (server.stdout or sys.stdin).readline()
    found = re.search(r":(\d+)$", line.strip())
    if found is None:
        raise RuntimeError(f"no port: {line!r}")
    try:
        yield Running(int(found[1]), server.pid)
    finally:
        server.terminate()
        server.wait(30)


def over_the_wire(
    server: Running, ground, numbers: Sequence[int], cards: Sequence[str]
) -> tuple[float, float]:
    """Lend them all, then take them all back: the seconds of each."""
    lending = [ground.lend(n, cards[n % len(cards)]) for n in numbers]
    returning = [ground.back(n) for n in numbers]
    return tuple(_at_once(server, frames, wanted) for frames, wanted in (
        (lending, b"121"), (returning, b"101"),
    ))  # fmt: skip


def _at_once(server: Running, frames: Sequence[bytes], wanted: bytes) -> float:
    def work(number: int) -> Iterator[None]:
        wire = logged_in(server, number)
        yield
        for frame in frames[number::MACHINES]:
            wire.sendall(frame)
            answer = heard(wire)
            if not answer.startswith(wanted):
                raise RuntimeError(f"{answer!r} instead of {wanted!r}")

    return in_parallel(work, range(MACHINES))


def one_by_one(server: Running, frames: Sequence[bytes]) -> float:
    """The seconds one machine waits for all of them."""
    wire = logged_in(server, 0)
    began = time.perf_counter()
    for frame in frames:
        wire.sendall(frame)
        heard(wire)
    return time.perf_counter() - began


def logged_in(server: Running, number: int):
    import socket

    wire = socket.create_connection(("127.0.0.1", server.port))
    wire.sendall(f"9300CNm{number}|COmachine|\r".encode())
    if not heard(wire).startswith(b"941"):
        raise RuntimeError("no login")
    return wire


def heard(wire) -> bytes:
    data = b""
    while not data.endswith(b"\r"):
        more = wire.recv(65536)
        if not more:
            raise RuntimeError("the server hung up")
        data += more
    return data


def _raw(ground, numbers: Sequence[int]) -> float:
    from benchmarks.sip2_ground import raw_books

    clients = MACHINES if "postgres" in os.environ.get("DATABASE_URL", "") else 1
    loans = [(number, *ground.holders[number % len(ground.holders)]) for number in numbers]
    return 2 * len(numbers) / in_parallel(raw_books, [loans[n::clients] for n in range(clients)])


if __name__ == "__main__":
    main()
