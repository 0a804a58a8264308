"""`yanzhen serve`: web server, worker and SIP2 server together; Ctrl-C stops all of it."""

import signal
import subprocess
import sys
import threading
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from yanzhen.config import household
from yanzhen.config.demo_machines import machines_text
from yanzhen.config.settings import ENV
from yanzhen.demo.accounts import accounts_text
from yanzhen.people.models import Account

# SIGTERM also because a shell's background job ignores SIGINT, SIGHUP for a closed terminal.
GOODBYES = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
        for asking in GOODBYES:
            signal.signal(asking, signal.default_int_handler)
        try:
            self._prepare(migrate=prepare)
        except KeyboardInterrupt:
            sys.exit(130)
        stop = threading.Event()
        for asking in GOODBYES:
            signal.signal(asking, lambda *_: stop.set())
        children = [_web(host, port), _ours("worker"), _ours("sip2", "--patient")]
        try:
            if _answers(f"http://{host}:{port}/healthz", children, stop):
                self._welcome(host, port)
            while household.all_well(children) and not stop.wait(0.5):
                pass
            if stop.is_set():
                self.stdout.write("\n正在关门……")
        finally:
            left_as_asked = household.end(children)
        if not (stop.is_set() and left_as_asked):
            sys.exit(1)

    def _prepare(self, *, migrate: bool) -> None:
        if migrate:
            call_command("migrate", verbosity=0)
            call_command("demo", if_empty=True)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if not settings.TRIAL:
            call_command("collectstatic", "--noinput", verbosity=0)

    def _welcome(self, host: str, port: str) -> None:
        self.stdout.write(f"\n雁阵已经开门： http://{host}:{port}/   （按 Ctrl-C 关门）\n")
        if settings.TRIAL and Account.objects.filter(username="zhonghe").exists():
            self.stdout.write(accounts_text() + machines_text())
        self.stdout.flush()


def _web(host: str, port: str) -> subprocess.Popen:
    return household.begin(
        *household.WEB, "--host", host, "--port", port,
        "--workers", ENV.text("YANZHEN_WORKERS"), "--log-level", "warning",
        "yanzhen.config.wsgi:application",
    )  # fmt: skip


def _ours(*words: str) -> subprocess.Popen:
    return household.begin("yanzhen.config.command", *words)


def _answers(address: str, children: list[subprocess.Popen], stop: threading.Event) -> bool:
    """Wait until the web server answers; False when a child gave up or we are to stop first."""
    while household.all_well(children) and not stop.is_set():
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return True
        except OSError:
            stop.wait(0.2)
    return False
