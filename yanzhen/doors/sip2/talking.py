"""One connection: what is remembered of it, its frames, and how much patience it has."""

import asyncio
import socket
import time
from dataclasses import dataclass, field

from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.wire import STRICT, Wire

LONGEST_FRAME = 4096
MOST_A_SECOND = 200
MOST_GARBLED = 10
UNFINISHED = 20.0  # seconds a begun frame may take


class Leave(Exception):
    """This connection has used up our patience."""


@dataclass(eq=False)
class Talk:
    """What is remembered of one connection."""

    address: str
    writer: asyncio.StreamWriter
    terminal: Terminal | None = None
    last_said: bytes = b""
    garbled: int = 0
    logins: int = 0
    second: int = 0
    frames: int = 0
    left_over: bytearray = field(default_factory=bytearray)

    @property
    def wire(self) -> Wire:
        return self.terminal.wire if self.terminal else STRICT

    @property
    def who(self) -> str:
        """For the log."""
        return f"{self.address} {self.terminal.account}" if self.terminal else self.address

    def note_garbled(self) -> None:
        self.garbled += 1
        if self.garbled > MOST_GARBLED:
            raise Leave("too much that is no message")

    def keep_pace(self) -> None:
        second = int(time.monotonic())
        self.frames = self.frames + 1 if second == self.second else 1
        self.second = second
        if self.frames > MOST_A_SECOND:
            raise Leave("too many at once")


async def next_frame(talk: Talk, reader: asyncio.StreamReader) -> bytes:
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


def notice_half_open(writer: asyncio.StreamWriter) -> None:
    """Let the kernel ask an idle machine whether it is still there."""
    wire = writer.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, name):
            wire.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
