"""What came of each record of a file that was not simply added: kept for whoever imported it."""

import csv
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from yanzhen.library.catalogue.models import ImportRun

MOST_LINES = 200  # kept with the run; a longer report goes to a file


class Outcome(StrEnum):
    MATCHED = "matched"
    TWICE = "twice"
    REPLACED = "replaced"
    IMPERFECT = "imperfect"
    DAMAGED = "damaged"


def said(outcome: str) -> str:
    """The outcome in words."""
    return {
        Outcome.MATCHED: _("馆里已有"),
        Outcome.TWICE: _("与本文件前面的一条相同"),
        Outcome.REPLACED: _("已替换馆里的"),
        Outcome.IMPERFECT: _("已收入，请核对"),
        Outcome.DAMAGED: _("没有收入"),
    }[Outcome(outcome)]


class Line(NamedTuple):
    """One record: its number in the file (from 1), its place in bytes, what came of it and why."""

    number: int
    offset: int
    outcome: str
    bib_id: int | None = None
    note: str = ""


class Report:
    """Lines of one run: all in a CSV file when they are many, a few with the run itself.

    Those that say why a record wants a look stay before those that only say it was there.
    """

    def __init__(self, run: ImportRun):
        self._run = run

    def add(self, lines: Iterable[Line]) -> None:
        """Keep `lines` (in any order); the run is not saved here."""
        lines, run = sorted(lines), self._run
        spilled = run.report_lines > MOST_LINES
        if not spilled and run.report_lines + len(lines) > MOST_LINES:
            _write(report_path(run), [Line(**line) for line in run.report], fresh=True)
            spilled = True
        if spilled:
            _write(report_path(run), lines)
        run.report_lines += len(lines)
        wanting = [line for line in lines if line.note][:MOST_LINES]
        rest = [line for line in lines if not line.note][:MOST_LINES]
        both = run.report + [line._asdict() for line in wanting + rest]
        kept = sorted(both, key=lambda line: not line["note"])[:MOST_LINES]
        run.report = sorted(kept, key=lambda line: line["number"])


def report_path(run: ImportRun) -> Path:
    """Where the whole report of a run is when `report_lines` passes MOST_LINES."""
    return Path(settings.DATA) / "imports" / f"{run.pk}.csv"


def _write(path: Path, lines: Iterable[Line], *, fresh: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    words = {outcome: said(outcome) for outcome in Outcome}  # translated once, not for every line
    encoding = "utf-8-sig" if fresh else "utf-8"  # the mark tells spreadsheets it is UTF-8
    with path.open("w" if fresh else "a", encoding=encoding, newline="") as file:
        table = csv.writer(file)
        if fresh:
            table.writerow([_("文件中第几条"), _("字节位置"), _("结果"), _("书目号"), _("说明")])
        table.writerows(
            (line.number, line.offset, words[Outcome(line.outcome)], line.bib_id, line.note)
            for line in lines
        )
