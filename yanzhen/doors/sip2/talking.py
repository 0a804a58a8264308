"""One connection: what is remembered of it, its frames, and how much patience it has.

Bytes come in by callbacks and one frame is answered at a time, without a task for each machine.
"""

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from typing import cast

from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.wire import STRICT, Wire

log = logging.getLogger("yanzhen.sip2")

LONGEST_FRAME = 4096
MOST_A_SECOND = 200
MOST_GARBLED = 10
UNFINISHED = 20.0  # seconds a begun frame may take
SLOWEST = 30.0  # seconds a machine may take to read an answer


class Leave(Exception):
    """This connection has used up our patience."""


class Talk(asyncio.Protocol):
    """One machine. Calls `begun` when it comes, `heard` with each frame, the next one only after
    `say`, and `ended` when it has gone. What `heard` raises ends the connection."""

    transport: asyncio.Transport
    address = ""

    def __init__(
        self,
        begun: Callable[["Talk"], None],
        heard: Callable[["Talk", bytes], None],
        ended: Callable[["Talk"], None],
    ) -> None:
        self._begun, self._heard, self._ended = begun, heard, ended
        self.terminal: Terminal | None = None
        self.last_said = b""
        self.garbled = self.logins = 0
        self._second = self._frames = 0
        self._buffer = bytearray()
        self._answering = self._hearing = self._resting = self._at_end = False
        self._waits: asyncio.TimerHandle | None = None

    @property
    def wire(self) -> Wire:
        return self.terminal.wire if self.terminal else STRICT

    @property
    def who(self) -> str:
        """For the log."""
        return f"{self.address} {self.terminal.account}" if self.terminal else self.address

    def say(self, said: bytes, *, farewell: str = "") -> None:
        """Answer the frame that was heard (b"": with nothing), and go on to the next one or, for
        the reason in `farewell`, hang up."""
        self._answering = False
        if self.transport.is_closing():
            return
        if said:
            self.transport.write(said)
        if farewell:
            self.leave(Leave(farewell))
        else:
            self._go_on()

    def leave(self, reason: Exception) -> None:
        """Hang up. What the machine has not read yet still reaches it."""
        if isinstance(reason, Leave | OSError | TimeoutError):
            log.info("sip2 %s: %s", self.who, str(reason) or type(reason).__name__)
        else:  # the machine goes off line and tries again; the others go on
            log.error("sip2 %s", self.who, exc_info=reason)
        self._hang_up()

    def note_garbled(self) -> None:
        self.garbled += 1
        if self.garbled > MOST_GARBLED:
            raise Leave("too much that is no message")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.address = (transport.get_extra_info("peername") or ("",))[0]
        notice_half_open(transport)
        self._begun(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._may_hear():
            self._go_on()
        elif len(self._buffer) > LONGEST_FRAME:
            self.transport.pause_reading()

    def eof_received(self) -> bool:
        """Whoever has said all they wanted to may still want to hear the answer."""
        self._at_end = True
        self._go_on()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_longer()
        self._ended(self)

    def pause_writing(self) -> None:
        self._resting = True
        self._wait_no_longer()
        self._waits = self._later(SLOWEST, "reads too slowly")

    def resume_writing(self) -> None:
        self._resting = False
        if self.transport.is_closing():
            return
        self._wait_no_longer()
        self._go_on()

    def _go_on(self) -> None:
        """Hear frames until one waits for its answer."""
        if self._hearing:  # the frame before was answered at once
            return
        self._hearing = True
        try:
            while self._may_hear() and (raw := self._next_frame()):
                self._wait_no_longer()
                self._keep_pace()
                self._answering = True
                self._heard(self, raw)
            if self._may_hear():
                self._wait_for_more()
        except Exception as trouble:
            self.leave(trouble)
        finally:
            self._hearing = False

    def _may_hear(self) -> bool:
        return not (self._answering or self._resting or self.transport.is_closing())

    def _next_frame(self) -> bytes:
        """The next frame without its line end, b"" while there is none. Raises Leave."""
        buffer = self._buffer
        while buffer[:1] in (b"\r", b"\n"):
            del buffer[:1]
        ends = [at for at in (buffer.find(b"\r"), buffer.find(b"\n")) if at >= 0]
        length = min(ends, default=len(buffer))
        if length > LONGEST_FRAME:
            raise Leave("frame too long")
        if not ends:
            return b""
        raw = bytes(buffer[:length])
        del buffer[:length]
        return raw

    def _wait_for_more(self) -> None:
        if self._at_end:
            self._hang_up()
            return
        self.transport.resume_reading()
        if not self._buffer:
            self._wait_no_longer()
        elif self._waits is None:
            self._waits = self._later(UNFINISHED, "frame not finished")

    def _later(self, seconds: float, reason: str) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, self._lose_patience, reason)

    def _lose_patience(self, reason: str) -> None:
        self.leave(Leave(reason))
        if self._resting:  # it would read the rest no sooner
            self.transport.abort()

    def _hang_up(self) -> None:
        """Whoever never reads what is left keeps their place no longer than others."""
        self.transport.close()
        self._wait_no_longer()
        self._waits = asyncio.get_running_loop().call_later(SLOWEST, self.transport.abort)

    def _wait_no_longer(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _keep_pace(self) -> None:
        second = int(time.monotonic())
        self._frames = self._frames + 1 if second == self._second else 1
        self._second = second
        if self._frames > MOST_A_SECOND:
            raise Leave("too many at once")


def notice_half_open(transport: asyncio.BaseTransport) -> None:
    """Let the kernel ask an idle machine whether it is still there."""
    wire = transport.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, name):
            wire.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
