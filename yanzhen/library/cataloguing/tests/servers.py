"""Servers as they are met with out there: a true one, and some that misbehave."""

import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tools import yaz

Speak = Callable[[socket.socket, bytes], None]


@contextmanager
def speaking(speak: Speak, heard: list[bytes] | None = None) -> Iterator[int]:
    """A server that takes what is asked (into `heard`), then does what `speak` does; yields its
    port."""
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen(8)

        def serve() -> None:
            while True:
                with suppress(OSError):
                    caller, _ = ear.accept()
                    threading.Thread(
                        target=_answer, args=(caller, speak, heard), daemon=True
                    ).start()
                    continue
                return

        threading.Thread(target=serve, daemon=True).start()
        yield ear.getsockname()[1]


def _answer(caller: socket.socket, speak: Speak, heard: list[bytes] | None) -> None:
    with caller, suppress(OSError):
        asked = caller.recv(65_536)
        if heard is not None:
            heard.append(asked)
        speak(caller, asked)


def saying(content: bytes) -> Speak:
    return lambda caller, _asked: caller.sendall(content)


def http(body: bytes, *headers: str, status: str = "200 OK", promised: int | None = None) -> Speak:
    """One web answer; `promised` is the length it claims to have."""
    length = len(body) if promised is None else promised
    head = [f"HTTP/1.1 {status}", "Content-Type: text/xml", f"Content-Length: {length}", *headers]
    return saying("\r\n".join([*head, "", ""]).encode() + body)


def hanging(content: bytes = b"", seconds: float = 30) -> Speak:
    """Says something, perhaps, and then nothing, without closing."""

    def speak(caller: socket.socket, _asked: bytes) -> None:
        caller.sendall(content)
        time.sleep(seconds)

    return speak


def dripping(content: bytes, pause: float = 0.3) -> Speak:
    """A byte now and then: never silent long enough for a socket's own time-out."""

    def speak(caller: socket.socket, _asked: bytes) -> None:
        for n in range(len(content)):
            caller.sendall(content[n : n + 1])
            time.sleep(pause)

    return speak


@contextmanager
def between(port: int, change: Callable[[bytes], bytes], most: int = 1 << 30) -> Iterator[int]:
    """What stands in the way to a true server: `change` alters what it says, and after `most`
    bytes it hangs up. Yields a port."""

    def pass_on(caller: socket.socket, first: bytes) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as server:
            server.sendall(first)
            threading.Thread(target=_copy, args=(caller, server), daemon=True).start()
            left = most
            while left > 0 and (piece := server.recv(65_536)):
                caller.sendall(change(piece)[:left])
                left -= len(piece)
            caller.shutdown(socket.SHUT_RDWR)

    with speaking(pass_on) as own:
        yield own


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)


@contextmanager
def ztest() -> Iterator[int]:
    """Debian's Z39.50 test server; a number searched for is the number of hits. Yields its port."""
    program = yaz.find("yaz-ztest")
    assert program is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program, "-v", "none", f"tcp:127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)
