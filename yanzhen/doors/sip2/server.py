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
from typing import Any, TypeVar

from django.db import close_old_connections
from django.utils import translation

from yanzhen.doors.sip2 import terminals
from yanzhen.doors.sip2.answering import ERRANDS, answering
from yanzhen.doors.sip2.codec import Answer, Garbled, Message, build, parse
from yanzhen.doors.sip2.guessing import Guesses, Passwords
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.talking import Leave, Talk
from yanzhen.doors.sip2.together import Tell, Together
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
        # So have turns: whoever checks a PIN or moves a queue must not keep them waiting either.
        self._turns = ThreadPoolExecutor(1, thread_name_prefix="sip2-turn")
        in_turn, apart = (
            functools.partial(self._begin, pool) for pool in (self._turns, self._pool)
        )
        self._together = Together(in_turn, apart, _later)
        # By terminal, so that a frame sent again over a new connection has its answer too.
        self._stored: dict[int, tuple[bytes, bytes]] = {}
        # Frames being answered; who sends one again meanwhile hears the same answer.
        self._asked: dict[tuple[int, bytes], list[Tell]] = {}
        self._closing = False

    async def start(self, host: str, port: int) -> None:
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Talk(self._connected, self._hear, self._talks.discard), host, port, backlog=512
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        self._closing = True
        self._server.close()
        self._beating.cancel()
        for talk in list(self._talks):
            talk.transport.close()
        await asyncio.sleep(0)
        with contextlib.suppress(Exception):
            await self._run(self._pool, self._watch.write_down, clock.now())
        for pool in (self._turns, self._pool, self._entrance):
            pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, pool: ThreadPoolExecutor, act: Callable[..., Said], *given) -> Said:
        return await asyncio.get_running_loop().run_in_executor(pool, _in_thread, act, *given)

    def _begin(self, pool: ThreadPoolExecutor, act: Callable[[], Any], tell: Tell) -> None:
        """Call `act` in a thread and then `tell`, here, what it returned or raised."""
        if self._closing:
            return  # nobody is there to be told
        loop = asyncio.get_running_loop()
        try:
            doing = loop.run_in_executor(pool, _in_thread, act)
        except Exception as trouble:  # no thread to be had
            loop.call_soon(tell, trouble)
        else:
            doing.add_done_callback(functools.partial(_told, tell))

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
            talk.leave(Leave("blocked"))

    def _connected(self, talk: Talk) -> None:
        if len(self._talks) >= MOST_CONNECTIONS:
            log.warning("sip2 %s: too many connections", talk.address)
            talk.transport.close()
        else:
            self._talks.add(talk)

    def _hear(self, talk: Talk, raw: bytes) -> None:
        """Have a frame answered, once what it did is committed."""
        code, terminal = raw[:2].decode("latin-1"), talk.terminal
        tell = functools.partial(self._answer, talk, raw)
        if code == "97":
            talk.say(talk.last_said)
        elif terminal is None or code == "93":
            self._begin(self._entrance, lambda: self._log_in(talk, raw), tell)
        elif self._is_first(asked := (terminal.pk, raw), tell):
            serve = functools.partial(self._serving, terminal, raw)
            tell_all = functools.partial(self._tell_all, asked)
            if code in ERRANDS:
                self._together.join(serve, tell_all)
            else:
                self._begin(self._pool, lambda: alone(serve()), tell_all)

    def _is_first(self, asked: tuple[int, bytes], tell: Tell) -> bool:
        """Whether nobody waits for this answer yet; from now on `tell` does."""
        waiting = self._asked.setdefault(asked, [])
        waiting.append(tell)
        return len(waiting) == 1

    def _tell_all(self, asked: tuple[int, bytes], outcome: bytes | Exception) -> None:
        for tell in self._asked.pop(asked):
            tell(outcome)

    def _answer(self, talk: Talk, raw: bytes, outcome: bytes | Exception) -> None:
        if talk.terminal:
            self._watch.note(talk.terminal.pk, error=isinstance(outcome, Exception))
        try:
            said = self._said(talk, raw, outcome)
            guessed = talk.terminal is None and talk.logins >= MOST_LOGINS
            talk.say(said, farewell="three wrong logins" if guessed else "")
        except Exception as trouble:
            talk.leave(trouble)

    def _said(self, talk: Talk, raw: bytes, outcome: bytes | Exception) -> bytes:
        """Raises what does not become an answer."""
        if isinstance(outcome, Garbled):
            log.info("sip2 %s: garbled (%s)", talk.who, outcome)
            talk.note_garbled()
            return AGAIN
        if isinstance(outcome, Exception):
            raise outcome
        talk.garbled, talk.last_said = 0, outcome
        if talk.terminal and raw[:2] != b"93":
            self._stored[talk.terminal.pk] = raw, outcome
        return outcome

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

    def _serving(self, terminal: Terminal, raw: bytes) -> Errand[bytes]:
        if terminal.learning:
            yield ALONE  # what is learned is written down
        asked = _understood(terminal, raw)
        stored, said = self._stored.get(terminal.pk, (b"", b""))
        if asked.sequence and asked.code in CHANGING and stored == raw:
            return said
        said_now = yield from answering(terminal, asked, clock.now())
        return build(said_now, terminal.wire, asked.sequence)


def _told(tell: Tell, done: asyncio.Future) -> None:
    if not done.cancelled():
        tell(done.exception() or done.result())


def _later(seconds: float, act: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_later(seconds, act)


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
