"""`yanzhen serve`: the web server and the worker together; Ctrl-C stops all of it."""

import os
import signal
import subprocess
import sys
import time

from django.core.management.base import BaseCommand

from yanzhen.config.settings import ENV

LONGEST_GOODBYE = 10


class Command(BaseCommand):
    help = "Serve the pages and run the background worker."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default=ENV.text("HOST"))
        parser.add_argument("--port", default=ENV.text("PORT"))

    def handle(self, *args, host: str, port: str, **options) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        children = [self._web(host, port), self._worker()]
        self.stdout.write(f"\n雁阵已经开门： http://{host}:{port}/   （按 Ctrl-C 关门）\n")
        try:
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("\n正在关门……")
        finally:
            _stop(children)
        if any(child.returncode not in (0, -signal.SIGTERM, -signal.SIGINT) for child in children):
            sys.exit(1)

    def _web(self, host: str, port: str) -> subprocess.Popen:
        return subprocess.Popen(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
                "--port", port, "--workers", ENV.text("YANZHEN_WORKERS"),
                "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
                "yanzhen.config.wsgi:application",
            ],
            env=_environment(), start_new_session=True,
        )

    def _worker(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "yanzhen.config.command", "worker"],
            env=_environment(), start_new_session=True,
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "yanzhen.config.settings"}


def _stop(children: list[subprocess.Popen]) -> None:
    """Ask every child to finish what it is doing; insist after ten seconds."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(LONGEST_GOODBYE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


