"""The server: many idle connections on one loop, use-cases in a few threads.

Nothing a machine sends stops it: what is no message is asked for again, what is too long, too
fast or wrong too often loses its connection.
"""

import asyncio
import contextlib
import functools
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections
from django.utils import translation

from yanzhen.doors.sip2 import terminals
from yanzhen.doors.sip2.answering import ERRANDS, answering
from yanzhen.doors.sip2.codec import Answer, Garbled, Message, build, parse
from yanzhen.doors.sip2.guessing import Guesses, Passwords
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.talking import LONGEST_FRAME, Leave, Talk, next_frame, notice_half_open
from yanzhen.doors.sip2.together import Together
from yanzhen.doors.sip2.watching import Watch, as_they_are
from yanzhen.doors.sip2.wire import Checksum, Wire, fitting
from yanzhen.groundwork import clock
from yanzhen.groundwork.abreast import ALONE, Errand, alone

Said = TypeVar("Said")
log = logging.getLogger("yanzhen.sip2")

MOST_CONNECTIONS = 1000
MOST_LOGINS = 3
THREADS = 4
BEAT = 5.0  # seconds between two looks at what was changed about the machines
SLOWEST = 30.0  # seconds a machine may take to read an answer
AGAIN = b"96\r"
CHANGING = {"01", "09", "11", "15", "19", "29", "37", "65"}


class Server:
    """Serve until `close`; the port is `port`."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="sip2")
        # Logins have a thread of their own: to check passwords must not keep readers waiting.
        self._entrance = ThreadPoolExecutor(1, thread_name_prefix="sip2-login")
        self._talks: set[Talk] = set()
        self._watch, self._guesses, self._passwords = Watch(), Guesses(), Passwords()
        self._together = Together(functools.partial(self._run, self._pool))
        # By terminal, so that a frame sent again over a new connection has its answer too.
        self._stored: dict[int, tuple[bytes, bytes]] = {}

    async def start(self, host: str, port: int) -> None:
        self._server = await asyncio.start_server(
            self._connected, host, port, limit=LONGEST_FRAME, backlog=512
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        self._server.close()
        self._beating.cancel()
        for talk in list(self._talks):
            talk.writer.close()
        await asyncio.sleep(0)
        with contextlib.suppress(Exception):
            await self._run(self._pool, self._watch.write_down, clock.now())
        for pool in (self._pool, self._entrance):
            pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, pool: ThreadPoolExecutor, act: Callable[..., Said], *given) -> Said:
        return await asyncio.get_running_loop().run_in_executor(pool, _in_thread, act, *given)

    async def _beat(self) -> None:
        """Write down what came, and let what was changed about a machine reach its connections."""
        while True:
            await asyncio.sleep(BEAT)
            try:
                known = {talk.terminal.pk for talk in self._talks if talk.terminal}
                found = await self._run(self._pool, self._look, known)
            except Exception as trouble:  # the database may be restarting: try again
                log.warning("sip2: %r", trouble)
                continue
            for talk in [each for each in self._talks if each.terminal]:
                self._take_over(talk, found)

    def _look(self, known: Iterable[int]) -> dict[int, Terminal]:
        self._watch.write_down(clock.now())
        return as_they_are(known) if known else {}

    def _take_over(self, talk: Talk, found: dict[int, Terminal]) -> None:
        before = talk.terminal
        if before is None or before.pk not in found:
            return
        now = found[before.pk]
        if now.active and now.password == before.password and now.admits(talk.address):
            talk.terminal = now
        else:
            log.info("sip2 %s: blocked", talk.who)
            talk.writer.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = Talk((writer.get_extra_info("peername") or ("",))[0], writer)
        if len(self._talks) >= MOST_CONNECTIONS:
            log.warning("sip2 %s: too many connections", talk.address)
            writer.close()
            return
        self._talks.add(talk)
        notice_half_open(writer)
        try:
            await self._converse(talk, reader)
        except (Leave, OSError, TimeoutError) as reason:
            log.info("sip2 %s: %s", talk.who, str(reason) or type(reason).__name__)
        except asyncio.CancelledError:
            pass
        except Exception:  # the machine goes off line and tries again; the others go on
            log.exception("sip2 %s", talk.who)
        finally:
            self._talks.discard(talk)
            with contextlib.suppress(OSError):
                writer.close()

    async def _converse(self, talk: Talk, reader: asyncio.StreamReader) -> None:
        while raw := await next_frame(talk, reader):
            talk.keep_pace()
            if said := await self._said(talk, raw):
                talk.writer.write(said)
                if talk.writer.transport.get_write_buffer_size():
                    async with asyncio.timeout(SLOWEST):
                        await talk.writer.drain()
            if talk.terminal is None and talk.logins >= MOST_LOGINS:
                raise Leave("three wrong logins")

    async def _said(self, talk: Talk, raw: bytes) -> bytes:
        if raw[:2] == b"97":
            return talk.last_said
        error = True
        try:
            if talk.terminal is None or raw[:2] == b"93":
                said = await self._run(self._entrance, self._log_in, talk, raw)
            else:
                said = await self._heard(talk.terminal, raw)
            error = False
        except Garbled as trouble:
            log.info("sip2 %s: garbled (%s)", talk.who, trouble)
            talk.note_garbled()
            return AGAIN
        finally:
            if talk.terminal:
                self._watch.note(talk.terminal.pk, error=error)
        talk.garbled = 0
        talk.last_said = said
        return said

    def _log_in(self, talk: Talk, raw: bytes) -> bytes:
        """The answer to 93. Raises Garbled, Leave."""
        asked = parse(raw, Wire("latin-1", Checksum.OFF))
        if asked.code != "93":
            raise Leave("no login")
        talk.logins += 1
        terminal = self._known(talk, asked.field("CN"), asked.field("CO"))
        if terminal and not terminal.learning:
            parse(raw, terminal.wire)  # with its own way of counting
        talk.terminal = terminal
        return build(Answer("941" if terminal else "940"), talk.wire, asked.sequence)

    def _known(self, talk: Talk, account: str, password: str) -> Terminal | None:
        """The machine that may come in, or None."""
        now = time.monotonic()
        if self._guesses.must_wait(talk.address, account, now):
            log.warning("sip2 %s: too many wrong logins for %.30r", talk.address, account)
            return None
        check = self._passwords.check
        terminal = terminals.come_in(account, password, talk.address, clock.now(), check)
        self._guesses.note(talk.address, account, now, right=terminal is not None)
        if terminal is None:
            log.warning("sip2 %s: wrong login for %.30r", talk.address, account)
        return terminal

    async def _heard(self, terminal: Terminal, raw: bytes) -> bytes:
        """The answer to any other frame, once what it did is committed. Raises Garbled."""
        serve = functools.partial(self._serving, terminal, raw)
        if raw[:2].decode("latin-1") in ERRANDS:
            said = await self._together.done(serve)
        else:
            said = await self._run(self._pool, lambda: alone(serve()))
        self._stored[terminal.pk] = raw, said
        return said

    def _serving(self, terminal: Terminal, raw: bytes) -> Errand[bytes]:
        if terminal.learning:
            yield ALONE  # what is learned is written down
        asked = _understood(terminal, raw)
        stored, said = self._stored.get(terminal.pk, (b"", b""))
        if asked.sequence and asked.code in CHANGING and stored == raw:
            return said
        said_now = yield from answering(terminal, asked, clock.now())
        return build(said_now, terminal.wire, asked.sequence)


def _in_thread(act: Callable[..., Said], *given) -> Said:
    close_old_connections()
    with translation.override("zh-hans"):
        return act(*given)


def _understood(terminal: Terminal, raw: bytes) -> Message:
    """The message; a terminal that is being learned is heard whatever its checksum says."""
    if not terminal.learning:
        return parse(raw, terminal.wire)
    fits = [wire.told for wire in fitting(raw)]
    terminals.note_learned(terminal, fits, telling=not raw.isascii())
    return parse(raw, Wire(terminal.charset, Checksum.OFF))
