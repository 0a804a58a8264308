"""`yanzhen marc export [FILE]`: write titles as a file of MARC records."""

import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import queries
from yanzhen.library.catalogue.giving_out import ENCODINGS, FORMATS, Export
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.index import NoIndex, index_at
from yanzhen.library.discovery.searching import LAST_PAGE, PAGE, Query, search

SHOWN = 20  # titles left out that are named on the screen


class Command(BaseCommand):
    help = _("把书目写成 MARC 文件；不写文件名时写到标准输出。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--format", choices=FORMATS, default="iso2709")
        parser.add_argument("--encoding", choices=ENCODINGS, default="utf-8")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--ids", help=_("书目号，用逗号隔开"))
        which.add_argument("--query", help=_("与检索框里输入的一样"))

    def handle(self, *args, file: Path | None, ids: str, query: str, **options) -> None:
        chosen = _ids(ids) if ids else _found(query) if query else None
        try:
            export = Export(queries.export(chosen), options["format"], options["encoding"])
        except Refused as refused:
            raise CommandError(refused.in_full) from refused
        try:
            self._write(export, file, chosen)
        except OSError as trouble:
            raise CommandError(
                _("文件写不进去。请检查文件夹是否存在、有没有写入权限、磁盘是不是满了。")
            ) from trouble
        for line in _summary(export):
            self.stderr.write(line)
        if query and chosen and len(chosen) == LAST_PAGE * PAGE:
            self.stderr.write(
                _("检索一次最多取 %(most)d 种，可能还有没写出的。") % {"most": len(chosen)}
            )

    def _write(self, export: Export, file: Path | None, chosen: list[int] | None) -> None:
        """A half-written file never stands under its final name."""
        if file is None:
            sys.stdout.buffer.writelines(export)
            return
        draft = file.with_name(f"{file.name}.part")
        total = len(chosen) if chosen is not None else BibRecord.objects.living().count()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        try:
            with (
                draft.open("wb") as out,
                Progress(
                    *columns, console=Console(stderr=True), disable=not self.stderr.isatty()
                ) as bar,
            ):
                task = bar.add_task(file.name, total=total)
                for piece in export:
                    out.write(piece)
                    bar.update(task, completed=export.written)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


def _ids(text: str) -> list[int]:
    numbers = text.replace("，", ",").split(",")
    if not all(number.strip().isdecimal() for number in numbers):
        raise CommandError(_("书目号应是用逗号隔开的数字，例如 --ids 12,15。"))
    return [int(number) for number in numbers]


def _found(text: str) -> list[int]:
    """The ids of all titles found, page by page."""
    index = index_at(settings.SEARCH_INDEX)
    try:
        return list(_pages(text, index))
    except NoIndex as trouble:
        raise CommandError(_("检索索引还没有建好，请先运行 yanzhen search reindex。")) from trouble


def _pages(text: str, index) -> Iterator[int]:
    for page in range(1, LAST_PAGE + 1):
        results = search(Query(q=text, page=page), index)
        yield from results.bib_ids
        if page * PAGE >= results.total:
            return


def _summary(export: Export) -> Iterator[str]:
    yield _("写出 %(count)d 种。") % {"count": export.written}
    for bib_id, reason in export.left_out[:SHOWN]:
        yield _("  书目 %(id)d 没有写出：%(reason)s") % {"id": bib_id, "reason": reason}
    if len(export.left_out) > SHOWN:
        yield _("  还有 %(rest)d 种没有写出。") % {"rest": len(export.left_out) - SHOWN}
