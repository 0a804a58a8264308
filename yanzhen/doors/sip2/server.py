"""The server: many idle connections on one loop, use-cases in a few threads.

Nothing a machine sends stops it: what is no message is asked for again, what is too long, too
fast or wrong too often loses its connection.
"""

import asyncio
import contextlib
import logging
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.db import close_old_connections
from django.utils import translation

from yanzhen.doors.sip2 import terminals
from yanzhen.doors.sip2.answering import answer
from yanzhen.doors.sip2.codec import Answer, Garbled, Message, build, parse
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.wire import STRICT, Checksum, Wire, fitting
from yanzhen.groundwork import clock

log = logging.getLogger("yanzhen.sip2")

LONGEST_FRAME = 4096
MOST_CONNECTIONS = 1000
MOST_A_SECOND = 200
MOST_GARBLED = 10
MOST_LOGINS = 3
UNFINISHED = 20.0  # seconds a begun frame may take
THREADS = 4
CHANGING = {"01", "09", "11", "15", "19", "29", "37", "65"}


class Leave(Exception):
    """This connection has used up our patience."""


@dataclass
class Talk:
    """What is remembered of one connection."""

    address: str
    terminal: Terminal | None = None
    last_asked: bytes = b""
    last_said: bytes = b""
    garbled: int = 0
    logins: int = 0
    second: int = 0
    frames: int = 0
    left_over: bytearray = field(default_factory=bytearray)

    @property
    def wire(self) -> Wire:
        return self.terminal.wire if self.terminal else STRICT


class Server:
    """Serve until `close`; the port is `port`."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="sip2")
        self._open: set[asyncio.StreamWriter] = set()
        # By terminal, so that a frame sent again over a new connection has its answer too.
        self._stored: dict[int, tuple[bytes, bytes]] = {}

    async def start(self, host: str, port: int) -> None:
        self._server = await asyncio.start_server(
            self._connected, host, port, limit=LONGEST_FRAME, backlog=512
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        for writer in list(self._open):
            writer.close()
        await asyncio.sleep(0)
        self._pool.shutdown(wait=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._open) >= MOST_CONNECTIONS:
            writer.close()
            return
        self._open.add(writer)
        _notice_half_open(writer)
        talk = Talk((writer.get_extra_info("peername") or ("",))[0])
        try:
            await self._converse(talk, reader, writer)
        except (Leave, OSError, TimeoutError) as reason:
            log.info("sip2 %s: %s", talk.address, reason or type(reason).__name__)
        except asyncio.CancelledError:
            pass
        finally:
            self._open.discard(writer)
            with contextlib.suppress(OSError):
                writer.close()

    async def _converse(
        self, talk: Talk, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while raw := await _frame(talk, reader):
            _keep_pace(talk)
            said = await self._said(talk, raw)
            if said:
                writer.write(said)
                await writer.drain()

    async def _said(self, talk: Talk, raw: bytes) -> bytes:
        if raw[:2] == b"97":
            return talk.last_said
        loop = asyncio.get_running_loop()
        try:
            said = await loop.run_in_executor(self._pool, self._answered, talk, raw)
        except Garbled as trouble:
            talk.garbled += 1
            log.info("sip2 %s: garbled (%s)", talk.address, trouble)
            if talk.garbled > MOST_GARBLED:
                raise Leave("too much that is no message") from None
            return b"96\r"
        talk.garbled = 0
        talk.last_said = said
        return said

    def _answered(self, talk: Talk, raw: bytes) -> bytes:
        """In a thread: the whole answer to one frame. Raises Garbled, Leave."""
        close_old_connections()
        with translation.override("zh-hans"):
            return self._log_in(talk, raw) if talk.terminal is None else self._served(talk, raw)

    def _log_in(self, talk: Talk, raw: bytes) -> bytes:
        asked = parse(raw, Wire("latin-1", Checksum.OFF))
        if asked.code != "93":
            raise Leave("no login")
        talk.logins += 1
        account, password = asked.field("CN"), asked.field("CO")
        terminal = terminals.come_in(account, password, talk.address, clock.now())
        if terminal is None and talk.logins >= MOST_LOGINS:
            raise Leave("wrong login")
        if terminal and not terminal.learning:
            parse(raw, terminal.wire)  # with its own way of counting
        talk.terminal = terminal
        return build(Answer("941" if terminal else "940"), talk.wire, asked.sequence)

    def _served(self, talk: Talk, raw: bytes) -> bytes:
        terminal = talk.terminal
        assert terminal is not None
        asked = _understood(terminal, raw)
        if asked.code == "93":
            return self._log_in(talk, raw)
        stored, said = self._stored.get(terminal.pk, (b"", b""))
        if asked.sequence and asked.code in CHANGING and stored == raw:
            return said
        said = build(answer(terminal, asked, clock.now()), terminal.wire, asked.sequence)
        self._stored[terminal.pk] = raw, said
        return said


def _understood(terminal: Terminal, raw: bytes) -> Message:
    """The message; a terminal that is being learned is heard whatever its checksum says."""
    if not terminal.learning:
        return parse(raw, terminal.wire)
    fits = [wire.told for wire in fitting(raw)]
    terminals.note_learned(terminal, fits, telling=not raw.isascii())
    return parse(raw, Wire(terminal.charset, Checksum.OFF))


async def _frame(talk: Talk, reader: asyncio.StreamReader) -> bytes:
    """The next frame without its line end, b"" at the end. Raises Leave, TimeoutError."""
    buffer = talk.left_over
    while True:
        while buffer[:1] in (b"\r", b"\n"):
            del buffer[:1]
        ends = [at for at in (buffer.find(b"\r"), buffer.find(b"\n")) if at >= 0]
        if ends:
            raw = bytes(buffer[: min(ends)])
            del buffer[: min(ends)]
            return raw
        if len(buffer) > LONGEST_FRAME:
            raise Leave("frame too long")
        async with asyncio.timeout(UNFINISHED if buffer else None):
            more = await reader.read(LONGEST_FRAME)
        if not more:
            return b""
        buffer += more


def _keep_pace(talk: Talk) -> None:
    second = int(time.monotonic())
    talk.frames = talk.frames + 1 if second == talk.second else 1
    talk.second = second
    if talk.frames > MOST_A_SECOND:
        raise Leave("too many at once")


def _notice_half_open(writer: asyncio.StreamWriter) -> None:
    """Let the kernel ask an idle machine whether it is still there."""
    wire = writer.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, name):
            wire.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
