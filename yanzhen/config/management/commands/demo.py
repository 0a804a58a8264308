"""`yanzhen demo`: load the demonstration county into an empty database."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from yanzhen.config.demo_machines import machines_text, make_machines
from yanzhen.config.demo_targets import make_targets
from yanzhen.demo.accounts import accounts_text
from yanzhen.demo.cnmarc import SAMPLE, sample_file
from yanzhen.demo.loading import is_empty, load_county
from yanzhen.groundwork import clock
from yanzhen.library.discovery.indexing import Busy, rebuild


class Command(BaseCommand):
    help = "Load the demonstration county (演示) into an empty database."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--force", action="store_true", help="load even when DEBUG=0")
        parser.add_argument(
            "--if-empty", action="store_true", help="say nothing when there is nothing to do"
        )
        parser.add_argument(
            "--write-sample", action="store_true", help="write titles-gbk.iso from titles.csv"
        )

    def handle(self, *args, force: bool, if_empty: bool, write_sample: bool, **options) -> None:
        if write_sample:
            SAMPLE.write_bytes(sample_file())
            return
        if not is_empty():
            if not if_empty:
                self.stdout.write("数据库里已经有场馆或人员，没有装入演示数据，什么也没改。")
            return
        if not (settings.TRIAL or force):
            if if_empty:
                return
            raise CommandError(
                "现在是正式环境（DEBUG=0），演示账号的密码人人都知道，所以没有装入。"
                "确实只用来演示，请加 --force。"
            )
        self._load()

    def _load(self) -> None:
        began = time.monotonic()
        with _telling() as tell:
            load_county(at=clock.now(), tell=tell)
            make_machines(clock.now())
            make_targets(clock.now())
            tell("检索索引")
            self._index()
        self.stdout.write(f"演示县区已装好，用了 {time.monotonic() - began:.0f} 秒。\n")
        self.stdout.write(accounts_text() + machines_text())

    def _index(self) -> None:
        try:
            rebuild(settings.SEARCH_INDEX)
        except Busy:
            self.stderr.write("检索索引正由别的程序重建；完成后请再运行 yanzhen search reindex。")


@contextmanager
def _telling() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on a terminal; silence in a pipe."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    with Console(stderr=True).status("正在准备演示县区……") as status:
        yield lambda step: status.update(f"正在装入演示县区：{step}……")
