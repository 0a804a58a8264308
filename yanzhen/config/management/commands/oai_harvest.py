"""`yanzhen oai harvest URL`: take titles from another catalogue that speaks OAI-PMH."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from yanzhen.config.management.commands.marc_import import operator, taken_in
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.models import ImportRun
from yanzhen.library.harvest.harvesting import MINUTES, Harvested, harvest


class Command(BaseCommand):
    help = _("从别的书目系统（OAI-PMH）收割书目；再运行一次，只收割上次以后的变化。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("url")
        parser.add_argument(
            "--from", dest="since", default="", help=_("从哪一天起，例如 2026-11-01")
        )
        parser.add_argument("--set", dest="set_spec", default="", help=_("只收割这个集合"))
        parser.add_argument("--prefix", default="marcxml", help=_("对方 MARC 格式的名字"))
        parser.add_argument("--dry-run", action="store_true", help=_("只看结果，什么也不保存"))
        parser.add_argument("--on-match", choices=ImportRun.OnMatch.values, default="keep")
        parser.add_argument("--minutes", type=float, default=MINUTES, help=_("最多运行几分钟"))

    def handle(self, *args, url: str, dry_run: bool, on_match: str, **options) -> None:
        by = operator()

        def take(path: Path, name: str) -> ImportRun:
            run, _indexed = taken_in(
                file=path, file_name=name, encoding="auto", dry_run=dry_run, on_match=on_match,
                by=by, at=clock.now(), progress=None,
            )  # fmt: skip
            return run

        asked = {name: options[name] for name in ("since", "set_spec", "prefix", "minutes")}
        try:
            with self._counting() as progress:
                done = harvest(
                    url, **asked, dry_run=dry_run, take=take, by=by, at=clock.now(),
                    progress=progress,
                )  # fmt: skip
        except Refused as refused:
            raise CommandError(refused.in_full) from refused
        for line in _summary(done, dry_run):
            self.stdout.write(line)

    @contextmanager
    def _counting(self) -> Iterator[Callable[[int], None]]:
        columns = (TextColumn("{task.description} {task.completed}"), TimeElapsedColumn())
        console, on_terminal = Console(stderr=True), self.stderr.isatty()
        with Progress(*columns, console=console, disable=not on_terminal) as bar:
            task = bar.add_task(_("收到"), total=None)
            yield lambda records: bar.update(task, completed=records)


def _summary(done: Harvested, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield _("这是试收割，什么也没有保存。正式收割会是：")
    if done.since:
        yield _("%(name)s：%(since)s 以来收到 %(records)d 条。") % vars(done)
    else:
        yield _("%(name)s：收到 %(records)d 条。") % vars(done)
    kept = done.matched - done.replaced
    yield _("新增 %(added)d 种，已有 %(kept)d 种，替换 %(replaced)d 种，损坏 %(damaged)d 条。") % {
        **vars(done), "kept": kept,
    }  # fmt: skip
    if done.deleted:
        yield _("对方删除了 %(deleted)d 种；馆里的书目没有跟着删。") % vars(done)
    if done.unfinished:
        yield _("时间到了，还没有收完。再运行一次同样的命令，会从这里接着来。")
