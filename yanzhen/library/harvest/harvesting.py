"""Taking records from another provider into the catalogue, by the catalogue's own import.

What the other has deleted is counted, not deleted here: our copies do not vanish with their record.
"""

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.catalogue import access
from yanzhen.library.catalogue.models import ImportRun
from yanzhen.library.harvest import provider, rules
from yanzhen.library.harvest.fetching import fetch
from yanzhen.library.harvest.models import HarvestSource
from yanzhen.library.harvest.provider import Page, Provider
from yanzhen.people.roles import Actor

PORTION = 2_000  # records taken in at once; an interruption costs at most so many again
MINUTES = 60

Take = Callable[[Path, str], ImportRun]


@dataclass
class Harvested:
    """What came of a harvest. `unfinished`: there is more, the next run goes on there."""

    name: str
    since: str = ""
    records: int = 0
    deleted: int = 0
    added: int = 0
    matched: int = 0
    replaced: int = 0
    damaged: int = 0
    unfinished: bool = False
    runs: list[int] = field(default_factory=list)

    def count(self, run: ImportRun) -> None:
        self.runs.append(run.pk)
        for name in ("added", "matched", "replaced", "damaged"):
            setattr(self, name, getattr(self, name) + getattr(run, name))


def harvest(
    base_url: str,
    *,
    set_spec: str = "",
    since: str = "",
    prefix: str = "marcxml",
    dry_run: bool = False,
    minutes: float = MINUTES,
    take: Take,
    by: Actor,
    at: dt.datetime,
    progress: Callable[[int], None] | None = None,
) -> Harvested:
    """Harvest what has moved since the last time, or `since` a date ("2026-11-01").

    `take` takes a file of MARC records into the catalogue (see taking_in.take_in). A dry run asks
    and weighs everything and remembers nothing. Raises Refused; what was taken in stays.
    """
    access.require_cataloguing(by)
    refuse_first(
        rules.a_source_is_a_web_address(base_url), rules.a_harvest_starts_from_a_date(since)
    )
    known = provider.identified(fetch(base_url, {"verb": "Identify"}), base_url)
    source = _source(base_url, set_spec, dry_run, at)
    source.name = known.name
    asking = _Asking(source, known, prefix, since)
    done = Harvested(known.name, asking.since)
    with tempfile.TemporaryDirectory(prefix="yanzhen-harvest-") as folder:
        _gather(asking, Path(folder) / "records.xml", done, take, time.monotonic() + 60 * minutes,
                progress, None if dry_run else source)  # fmt: skip
    if not dry_run:
        _close(source, asking, done, by, at)
    return done


def _source(base_url: str, set_spec: str, dry_run: bool, at: dt.datetime) -> HarvestSource:
    found = HarvestSource.objects.filter(base_url=base_url, set_spec=set_spec).first()
    source = found or HarvestSource(base_url=base_url, set_spec=set_spec)
    source.moved_at = at
    if dry_run:
        source.token = ""
    return source


class _Asking:
    """The list of one provider, page by page; `began` is its own date of the first answer."""

    def __init__(self, source: HarvestSource, known: Provider, prefix: str, since: str):
        self.source, self.known, self.prefix = source, known, prefix
        self.resuming = bool(source.token) and not since
        self.since = self._dated(since or source.harvested_until)
        self.began = source.began if self.resuming else ""

    def pages(self) -> Iterator[Page]:
        """Raises Refused."""
        told: set[str] = set()
        page = self._resumed() if self.resuming else self._first()
        while True:
            if page.error == "noRecordsMatch":
                return
            refuse_first(_wrong(page))
            yield page
            if not page.token:
                return
            if page.token in told:
                raise _in_a_circle(self.source.base_url)
            told.add(page.token)
            page = self._ask({"resumptionToken": page.token})

    def _resumed(self) -> Page:
        """From where the last run stopped; a provider that has forgotten that is asked anew."""
        page = self._ask({"resumptionToken": self.source.token})
        return self._first() if page.error == "badResumptionToken" else page

    def _first(self) -> Page:
        wanted = {"metadataPrefix": self.prefix, "from": self.since, "set": self.source.set_spec}
        page = self._ask({name: value for name, value in wanted.items() if value})
        self.began = self._dated(page.answered_at)
        return page

    def _ask(self, arguments: dict[str, str]) -> Page:
        content = fetch(self.source.base_url, {"verb": "ListRecords", **arguments})
        return provider.listed(content, self.source.base_url)

    def _dated(self, date: str) -> str:
        """As this provider writes dates."""
        if self.known.by_day or not date:
            return date[:10]
        return date if len(date) > 10 else f"{date}T00:00:00Z"


def _gather(
    asking: _Asking,
    path: Path,
    done: Harvested,
    take: Take,
    end: float,
    progress: Callable[[int], None] | None,
    source: HarvestSource | None,
) -> None:
    """Pages into a file, the file into the catalogue, portion by portion."""
    host = urlsplit(asking.source.base_url).hostname or ""
    file, waiting = _opened(path), 0
    for page in asking.pages():
        for record in page.records:
            file.write(record + b"\n")
        waiting += len(page.records)
        done.records += len(page.records)
        done.deleted += page.deleted
        late = time.monotonic() > end
        if waiting >= PORTION or late or not page.token:
            _take(file, path, waiting, done, take, host)
            file, waiting = _opened(path), 0
            if source is not None:
                _remember(source, asking.began, page.token)
        if progress:
            progress(done.records)
        if late and page.token:
            done.unfinished = True
            break
    file.close()


def _opened(path: Path) -> IO[bytes]:
    file = path.open("wb")
    file.write(b"<collection>\n")
    return file


def _take(
    file: IO[bytes], path: Path, waiting: int, done: Harvested, take: Take, host: str
) -> None:
    """Take a portion in. One without a single readable record is counted and stepped over: it would
    stand in the way for ever."""
    file.write(b"</collection>\n")
    file.close()
    if not waiting:
        return
    try:
        done.count(take(path, host))
    except Refused as refused:
        if refused.code != "not-marc":
            raise
        done.damaged += waiting


def _remember(source: HarvestSource, began: str, token: str) -> None:
    source.began, source.token = began, token
    source.save()


def _close(
    source: HarvestSource, asking: _Asking, done: Harvested, by: Actor, at: dt.datetime
) -> None:
    """Where the next run goes on, and the line in the audit trail."""
    with transaction.atomic():
        if not done.unfinished:
            source.harvested_until = asking.began or source.harvested_until
            source.began = source.token = ""
        source.save()
        audit.write(
            by=by,
            at=at,
            action="records.harvested",
            subject=f"source:{source.pk}",
            address=source.base_url,
            records=done.records,
            added=done.added,
            unfinished=done.unfinished,
        )


def _wrong(page: Page) -> Refused | None:
    if not page.error:
        return None
    return Refused(
        "source-says-no",
        _("对方没有给出书目：%(code)s %(said)s") % {"code": page.error, "said": page.said},
        _("请核对集合名和格式；对方的集合可以用 ListSets、格式可以用 ListMetadataFormats 查到。"),
        status=502,
    )


def _in_a_circle(base_url: str) -> Refused:
    return Refused(
        "source-in-a-circle",
        _("%(host)s 反复给出同一段，已经停下。") % {"host": urlsplit(base_url).hostname},
        _("已经收到的都保存好了。请把这件事告诉对方的管理员。"),
        status=502,
    )
