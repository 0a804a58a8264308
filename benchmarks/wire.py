"""A lean client: bytes prepared beforehand, kept-alive connections, processes of their own.

The kernel gives each connection to one of the server's processes for good: a client with a
single one may leave half of the server idle.

A library would cost more processor time than the server it measures on the same two cores.
"""

import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from typing import Any

FORK = multiprocessing.get_context("fork")
WIRES = 8  # connections of a client, used in turn: each server process gets its share of them


def get(path: str, **headers: str) -> bytes:
    """A GET request as bytes."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode()


def hammer(port: int, requests: Sequence[bytes], *, clients: int, expect: bytes = b"200") -> float:
    """Send every request once, shared out among clients; answers a second."""
    return len(requests) / timed(port, requests, clients=clients, expect=expect)[1]


def timed(
    port: int, requests: Sequence[bytes], *, clients: int, expect: bytes = b"200"
) -> tuple[list[float], float]:
    """Send every request once, shared out among clients; the seconds of each, and of them all.

    Raises RuntimeError for any other answer than `expect`.
    """
    seconds = FORK.Array("d", len(requests), lock=False)

    def work(share: Sequence[int]) -> Iterator[None]:
        wires = cycle([socket.create_connection(("127.0.0.1", port)) for _ in range(WIRES)])
        yield
        for number, wire in zip(share, wires, strict=False):
            began = time.perf_counter()
            wire.sendall(requests[number])
            status = _answer(wire)
            seconds[number] = time.perf_counter() - began
            if status != expect:
                raise RuntimeError(f"answer {status!r} instead of {expect!r}")

    shares = [range(n, len(requests), clients) for n in range(clients)]
    wall = in_parallel(work, shares)
    return list(seconds), wall


def in_parallel(work: Callable[[Any], Iterator[None]], shares: Sequence[Any]) -> float:
    """Run `work(share)` in a process for each share: to its first yield to get ready, then all at
    once to its end. Seconds from the common start to the last end."""
    gate = FORK.Barrier(len(shares) + 1)
    runners = [FORK.Process(target=_behind_gate, args=(gate, work, share)) for share in shares]
    for runner in runners:
        runner.start()
    gate.wait()
    began = time.perf_counter()
    for runner in runners:
        runner.join()
    if any(runner.exitcode for runner in runners):
        raise RuntimeError("a client failed")
    return time.perf_counter() - began


def _behind_gate(gate, work, share) -> None:
    ready = work(share)
    next(ready)
    gate.wait()
    next(ready, None)


def _answer(wire: socket.socket) -> bytes:
    """Read one answer whole; return its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += wire.recv(262144)
    head, _, rest = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
    got = len(rest)
    while got < length:
        got += len(wire.recv(262144))
    return head[9:12]
