"""The processes that serve together: begun, watched and ended as one."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable

# Two threads a process: a slow page does not keep the next visitor waiting, and more of them only
# pass the interpreter's lock back and forth.
WEB = ("granian", "--interface", "wsgi", "--blocking-threads", "2", "--no-ws")
LONGEST_GOODBYE = 8.0
ASKED_TO_STOP = (0, -signal.SIGTERM, -signal.SIGINT)


def begin(*words: str) -> subprocess.Popen:
    """A Python module with its arguments, in a process group of its own: Ctrl-C on the terminal
    reaches only us, and what it begins itself can be ended with it."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "yanzhen.config.settings"}
    return subprocess.Popen(  # noqa: S603 - our own words and settings
        [sys.executable, "-m", *words], env=environment, start_new_session=True
    )


def all_well(children: Iterable[subprocess.Popen]) -> bool:
    return all(child.poll() is None for child in children)


def end(children: list[subprocess.Popen]) -> bool:
    """Ask every child to finish what it is doing; after eight seconds for all of them insist, with
    whatever they began. True when every child left as asked."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + LONGEST_GOODBYE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(deadline - time.monotonic(), 0.01))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return all(child.returncode in ASKED_TO_STOP for child in children)
