"""`yanzhen worker`: delivers facts, seals the audit trail, keeps the search index fresh."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from yanzhen.config.background import Chore, chores, round_of_chores
from yanzhen.groundwork import clock

REST = 0.5


class Command(BaseCommand):
    help = "Run the background worker until told to stop."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is, then stop")

    def handle(self, *args, once: bool = False, **options) -> None:
        todo = chores()
        if once:
            while round_of_chores(todo, clock.now()):
                pass
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            self._one_round(todo, stop)

    def _one_round(self, todo: tuple[Chore, ...], stop: threading.Event) -> None:
        try:
            idle = not round_of_chores(todo, clock.now())
        except Exception as trouble:  # the database may be restarting: say so, try again
            self.stderr.write(f"后台任务遇到问题，稍后再试：{trouble!r}")
            idle = True
        if idle:
            stop.wait(REST)
