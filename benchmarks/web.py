"""Our server as it runs in production, asked by the lean client of wire.py."""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.wire import get, timed
from yanzhen.config.household import WEB

WORKERS = 2


@dataclass(frozen=True)
class Timing:
    """Answers a second, and milliseconds at the median and the 95th percentile."""

    a_second: float
    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: list[float], wall: float) -> "Timing":
        spread = statistics.quantiles(seconds, n=20)
        return cls(len(seconds) / wall, 1000 * statistics.median(seconds), 1000 * spread[18])


@contextmanager
def served(
    environment: dict[str, str],
    application: str = "yanzhen.config.wsgi:application",
    workers: int = WORKERS,
) -> Iterator[int]:
    """Start granian as `yanzhen serve` does, with two workers unless more are wanted, on a free
    port; give the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", *WEB, "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--no-access-log",
        "--log-level", "error", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def load(port: int, addresses: list[str], *, clients: int = 2) -> Timing:
    """Ask for every address once, shared out among clients; raises on any answer but 200."""
    return Timing.of(*timed(port, [get(address) for address in addresses], clients=clients))


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            load(port, ["/healthz"] * 20)
            return
    raise RuntimeError("the server did not start within 30 seconds")
