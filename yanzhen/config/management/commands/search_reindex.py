"""`yanzhen search reindex`: build the search index anew from the database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.indexing import Busy, rebuild


class Command(BaseCommand):
    help = _("重新建立检索索引；建好之前，读者用的是旧索引。")

    def handle(self, *args, **options) -> None:
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(),
        )  # fmt: skip
        on_terminal = self.stderr.isatty()
        with Progress(*columns, disable=not on_terminal) as progress:
            total = BibRecord.objects.living().count() if on_terminal else None
            task = progress.add_task(_("建立索引"), total=total)
            try:
                count = rebuild(
                    settings.SEARCH_INDEX, lambda done: progress.update(task, completed=done)
                )
            except Busy as busy:
                raise CommandError(_("另一个程序正在写索引，请过一会儿再试。")) from busy
        self.stdout.write(_("索引已建好，共 %(count)d 种。") % {"count": count})
