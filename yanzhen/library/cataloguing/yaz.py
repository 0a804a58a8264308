"""A conversation with yaz-client (https://www.indexdata.com/yaz/), which speaks Z39.50 for us.

It runs as a process of its own, in a folder of its own, for one question, and is killed when its
time is up. Whatever comes from a person goes into the middle of a line: a command cannot be begun.
"""

import os
import re
import selectors
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Self, cast

from yanzhen.library.cataloguing.answers import LARGEST, Trouble

PROGRAM = "yaz-client"
_KILOBYTES = LARGEST // 1024  # the largest message we agree to
_MOST_SAID = 3 * LARGEST  # records are shown as text besides, which is somewhat longer
_PROMPT = b"Z> "
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


def installed() -> str | None:
    """The path of yaz-client on this machine."""
    return shutil.which(PROGRAM)


class Talk:
    """One yaz-client: `say` a command, read what it answers, `records` in the end."""

    def __init__(self, seconds: float):
        self._end = monotonic() + seconds
        self._heard = 0
        self._stuck = False

    def __enter__(self) -> Self:
        program = installed()
        if program is None:
            raise Trouble("no-yaz")
        self._folder = tempfile.TemporaryDirectory(prefix="yanzhen-z3950-")
        place = Path(self._folder.name)
        self._kept = place / "records"
        # A command file of ours, so that nobody's .yazclientrc is read.
        (place / "none").touch()
        self._process = subprocess.Popen(  # noqa: S603 - no shell, no argument from outside
            [program, "-f", "none", "-k", str(_KILOBYTES), "-m", "records"],
            cwd=place, env={"HOME": str(place), "PATH": os.defpath, "LANG": "C.UTF-8"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._listening = selectors.DefaultSelector()
        self._listening.register(self._out, selectors.EVENT_READ)
        try:
            self._hear()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _trouble: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._listening.close()
        for end in (self._out, self._in):
            with suppress(OSError):
                end.close()
        self._folder.cleanup()

    @property
    def _out(self) -> IO[bytes]:
        return cast(IO[bytes], self._process.stdout)

    @property
    def _in(self) -> IO[bytes]:
        return cast(IO[bytes], self._process.stdin)

    def say(self, command: bytes) -> str:
        """Give one command and return what comes back until the next prompt. Raises Trouble."""
        if _CONTROL.search(command) or not command[:1].isalpha():
            raise ValueError("a command is one line that begins with a letter")
        try:
            self._in.write(command + b"\n")
            self._in.flush()
        except BrokenPipeError:
            raise Trouble("broke-off") from None
        return self._hear()

    def records(self) -> bytes:
        """The records fetched so far, as they came; ends the conversation.

        The client writes the last of them when it quits; one that is stuck is not waited for.
        """
        if not self._stuck:
            with suppress(BrokenPipeError, subprocess.TimeoutExpired):
                self._in.write(b"quit\n")
                self._in.flush()
                self._process.wait(max(0.1, self._end - monotonic()))
        if not self._kept.exists():
            return b""
        with self._kept.open("rb") as file:
            return file.read(LARGEST)

    def _hear(self) -> str:
        try:
            return self._heard_until_prompt()
        except Trouble:
            self._stuck = True
            raise

    def _heard_until_prompt(self) -> str:
        heard = b""
        while not heard.endswith(_PROMPT):
            left = self._end - monotonic()
            if left <= 0 or not self._listening.select(left):
                raise Trouble("timeout")
            piece = os.read(self._out.fileno(), 1 << 16)
            if not piece:
                raise Trouble("broke-off")
            heard += piece
            self._heard += len(piece)
            if self._heard > _MOST_SAID:
                raise Trouble("too-much")
        return heard.removesuffix(_PROMPT).decode("utf-8", "replace")
