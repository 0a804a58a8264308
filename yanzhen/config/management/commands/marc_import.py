"""`yanzhen marc import FILE`: take the records of a MARC file into the catalogue."""

import getpass
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from yanzhen.config.index_entry import entry_of
from yanzhen.config.index_feed import feeding
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.marc.encoding import NAMES
from yanzhen.library.catalogue.models import ImportRun
from yanzhen.library.catalogue.reporting import MOST_LINES, report_path, said
from yanzhen.library.catalogue.rules import ENCODINGS
from yanzhen.library.catalogue.taking_in import settle_abandoned, take_in
from yanzhen.library.discovery.indexing import Busy, ensure
from yanzhen.library.holdings.from_records import MADE, REFUSED, THERE, Line, make_copies
from yanzhen.library.holdings.models import HoldingsMapping
from yanzhen.people.models import Role
from yanzhen.people.roles import Actor, Grant

SHOWN = 20  # lines of the report on the screen


class Command(BaseCommand):
    help = _("把 MARC 文件（ISO 2709 或 MARCXML）里的书目收入馆藏目录。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--encoding", default="auto", help="、".join(ENCODINGS))
        parser.add_argument("--dry-run", action="store_true", help=_("只看结果，什么也不保存"))
        parser.add_argument("--on-match", choices=ImportRun.OnMatch.values, default="keep")
        parser.add_argument("--copies", default="", help=_("按这张 905 对照表建册（写它的名字）"))

    def handle(self, *args, file: Path, encoding: str, dry_run: bool, on_match: str, **options):
        at = clock.now()
        mapping = _mapping(options["copies"])
        settle_abandoned(at=at)
        try:
            with self._bar(file) as progress:
                run, indexed = taken_in(
                    file=file, file_name=file.name, encoding=encoding, dry_run=dry_run,
                    on_match=on_match, by=operator(), at=at, progress=progress,
                )  # fmt: skip
        except Refused as refused:
            raise CommandError(refused.in_full) from refused
        for line in [*_summary(run), *_report(run), *_after(run, indexed)]:
            self.stdout.write(line)
        if mapping:
            with file.open("rb") as again:
                made = make_copies(
                    again, mapping, encoding=encoding, dry_run=dry_run, by=operator(), at=at
                )
            for line in _copies(made):
                self.stdout.write(line)

    @contextmanager
    def _bar(self, file: Path) -> Iterator:
        columns = (
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
        )  # fmt: skip
        size = file.stat().st_size if file.is_file() else 0
        on_terminal = self.stderr.isatty()
        with Progress(*columns, console=Console(stderr=True), disable=not on_terminal) as bar:
            task = bar.add_task(file.name, total=size)
            yield lambda position: bar.update(task, completed=position)


def operator() -> Actor:
    """Whoever may run commands on the server may do everything."""
    name = _("命令行 %(user)s") % {"user": getpass.getuser()}
    return Actor(None, None, name, (Grant(Role.Kind.DIRECTOR, "", ""),))


def taken_in(**wanted) -> tuple[ImportRun, bool]:
    """The run, and whether the search index has its titles already.

    When another program is writing the index, or the index is not whole, the background worker
    adds the titles later, told by the facts of the run.
    """
    root = settings.SEARCH_INDEX
    if wanted["dry_run"] or not ensure(root):
        return take_in(**wanted), False
    try:
        return take_in(**wanted, entry=entry_of, feed=feeding(root)), True
    except Busy:
        return take_in(**wanted), False


def _mapping(name: str) -> HoldingsMapping | None:
    if not name:
        return None
    found = HoldingsMapping.objects.filter(name=name).first()
    if found is None:
        raise CommandError(
            _("没有叫“%(name)s”的 905 对照表。请先在 馆务 → 编目 → 导入 里建一张。")
            % {"name": name}
        )
    return found


def _copies(lines: list[Line]) -> Iterator[str]:
    """What came of the copies; each that was not made is told with its reason."""
    refused = [line for line in lines if line.outcome == REFUSED]
    counts = Counter(line.outcome for line in lines)
    yield _("建册 %(made)d 册，早有 %(there)d 册，没有建 %(refused)d 册。") % {
        "made": counts[MADE], "there": counts[THERE], "refused": len(refused),
    }  # fmt: skip
    for line in refused:
        about = {"number": line.number, "title": line.title, "note": line.note}
        yield _("  第 %(number)d 条《%(title)s》：%(note)s") % about


def _summary(run: ImportRun) -> Iterator[str]:
    if run.dry_run:
        yield _("这是试导入，什么也没有保存。正式导入会是：")
    counts = {
        "added": run.added, "kept": run.matched - run.replaced, "replaced": run.replaced,
        "damaged": run.damaged,
    }  # fmt: skip
    line = _("新增 %(added)d 种，已有 %(kept)d 种，损坏 %(damaged)d 条。")
    if run.replaced:
        line = _("新增 %(added)d 种，已有 %(kept)d 种，替换 %(replaced)d 种，损坏 %(damaged)d 条。")
    yield line % counts
    seen = sorted(run.encodings.items(), key=lambda each: -each[1])
    names = _("、").join(_("%s %d 条") % (NAMES.get(name, name), count) for name, count in seen)
    yield _("文件的编码：%(names)s。") % {"names": names}


def _report(run: ImportRun) -> Iterator[str]:
    """The records that want a look, the first ones in words."""
    wanting = [line for line in run.report if line["note"]]
    for line in wanting[:SHOWN]:
        place = _("第 %(number)d 条") % line
        if line["offset"]:
            place += _("（第 %(offset)d 字节）") % line
        about = {"place": place, "said": said(line["outcome"]), "note": line["note"]}
        yield _("  %(place)s%(said)s：%(note)s") % about
    rest = run.damaged + run.imperfect - len(wanting[:SHOWN])
    if rest > 0:
        yield _("  还有 %(rest)d 条。") % {"rest": rest}
    if run.report_lines > MOST_LINES:
        yield _("逐条的报告在 %(path)s。") % {"path": report_path(run)}


def _after(run: ImportRun, indexed: bool) -> Iterator[str]:
    if run.dry_run or not run.added + run.replaced:
        return
    if indexed and not run.replaced:
        yield _("现在就能检索到它们。")
    else:
        yield _("后台程序会在几分钟内把它们加进检索；它没开着时，请运行 yanzhen search reindex。")
