"""`yanzhen serve`: web server, worker and SIP2 server together; Ctrl-C stops all of it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from yanzhen.config.demo_machines import machines_text
from yanzhen.config.settings import ENV
from yanzhen.demo.accounts import accounts_text
from yanzhen.people.models import Account

LONGEST_GOODBYE = 10


class Command(BaseCommand):
    help = "Serve the pages and the machines, and run the background worker."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default=ENV.text("HOST"))
        parser.add_argument("--port", default=ENV.text("PORT"))
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first migrate, and load the demo county into an empty database",
        )

    def handle(self, *args, host: str, port: str, prepare: bool, **options) -> None:
        if prepare:
            call_command("migrate", verbosity=0)
            call_command("demo", if_empty=True)
        for asking in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores SIGINT
            signal.signal(asking, signal.default_int_handler)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if not settings.TRIAL:
            call_command("collectstatic", "--noinput", verbosity=0)
        children = [self._web(host, port), *map(self._ours, ("worker", "sip2"))]
        try:
            if _answers(f"http://{host}:{port}/healthz", children):
                self._welcome(host, port)
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("\n正在关门……")
        finally:
            _stop(children)
        if any(child.returncode not in (0, -signal.SIGTERM, -signal.SIGINT) for child in children):
            sys.exit(1)

    def _welcome(self, host: str, port: str) -> None:
        self.stdout.write(f"\n雁阵已经开门： http://{host}:{port}/   （按 Ctrl-C 关门）\n")
        if settings.TRIAL and Account.objects.filter(username="zhonghe").exists():
            self.stdout.write(accounts_text() + machines_text())
        self.stdout.flush()

    def _web(self, host: str, port: str) -> subprocess.Popen:
        return subprocess.Popen(  # noqa: S603 - our own words and two settings
            [
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                host,
                "--port",
                port,
                "--workers",
                ENV.text("YANZHEN_WORKERS"),
                "--blocking-threads",
                "2",
                "--no-ws",
                "--log-level",
                "warning",
                "yanzhen.config.wsgi:application",
            ],
            env=_environment(),
            start_new_session=True,
        )

    def _ours(self, command: str) -> subprocess.Popen:
        return subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", "yanzhen.config.command", command],
            env=_environment(),
            start_new_session=True,
        )


def _answers(address: str, children: list[subprocess.Popen]) -> bool:
    """Wait until the web server answers; False when a child gave up first."""
    while all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return True
        except OSError:
            time.sleep(0.2)
    return False


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
