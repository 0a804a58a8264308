"""The index on disk as readers see it: which folder is in force, opened once, reloaded on commit.

The root folder holds one folder a build, and `current.json`, which names the build in force. It is
replaced in one step after every commit, so a reader sees the old index or the new, never half.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import cast

import tantivy

from yanzhen.library.discovery.schema import VERSION, register_tokenizers, schema

_TRIES = 3


class NoIndex(Exception):
    """There is no index that can be read: missing, damaged, or of another version."""


@dataclass(frozen=True)
class Current:
    """What is in force: the build's folder, its schema version, the last change it holds."""

    folder: str
    version: int
    cursor: int
    generation: int


def read_current(root: Path) -> Current:
    """Raises NoIndex."""
    try:
        current = Current(**json.loads((root / "current.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError) as trouble:
        raise NoIndex(str(trouble)) from trouble
    if current.version != VERSION:
        raise NoIndex(f"schema version {current.version}, not {VERSION}")
    return current


def write_current(root: Path, current: Current) -> None:
    draft = root / "current.json.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(current), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / "current.json")


def open_build(root: Path, current: Current, *, writing: bool = False) -> tantivy.Index:
    """The index of a build, for reading or for `writing`. Raises NoIndex."""
    try:
        build = tantivy.Index(schema(), str(root / current.folder), reuse=True)
        register_tokenizers(build, writing=writing)
        build.config_reader(reload_policy="manual")
        build.reload()
    except (ValueError, OSError) as trouble:
        raise NoIndex(str(trouble)) from trouble
    return build


class Index:
    """The index for reading; one for each process is enough, and threads may share it."""

    def __init__(self, root: Path):
        self.root = root
        self._opened: tuple[tuple[int, int], Current, tantivy.Index] | None = None

    def view(self) -> tuple[tantivy.Searcher, str]:
        """A searcher with its `generation`; it is never older than that says. Raises NoIndex."""
        _stamp, current, build = self._in_force()
        return build.searcher(), _mark_of(current)

    def build(self) -> tantivy.Index:
        """The index itself, to put a question into its own words. Raises NoIndex."""
        return self._in_force()[2]

    def searcher(self) -> tantivy.Searcher:
        """A view of the last commit. Raises NoIndex."""
        return self._in_force()[2].searcher()

    def generation(self) -> str:
        """A mark that changes with every commit. Raises NoIndex."""
        return _mark_of(self._in_force()[1])

    def _in_force(self) -> tuple[tuple[int, int], Current, tantivy.Index]:
        opened, stamp = self._opened, self._stamp()
        if opened is None or opened[0] != stamp:
            opened = self._opened = self._reopened(opened)
        return opened

    def _stamp(self) -> tuple[int, int]:
        try:
            status = os.stat(self.root / "current.json")
        except OSError as trouble:
            raise NoIndex(str(trouble)) from trouble
        return status.st_mtime_ns, status.st_ino

    def _reopened(self, before):
        for _ in range(_TRIES - 1):  # a rebuild may sweep the folder away while we open it
            with suppress(NoIndex):
                return self._open(before)
        return self._open(before)

    def _open(self, before):
        stamp, current = self._stamp(), read_current(self.root)
        if before is not None and before[1].folder == current.folder:
            with suppress(ValueError, OSError):
                before[2].reload()
                return stamp, current, before[2]
        return stamp, current, open_build(self.root, current)


def _mark_of(current: Current) -> str:
    return f"{current.folder}.{current.generation}"


def ids_of(searcher: tantivy.Searcher, found: tantivy.SearchResult) -> list[int]:
    """The titles of the hits, in their order."""
    addresses = [address for _, address in found.hits]
    return cast(list[int], searcher.fast_field_values("id", addresses))


def count_of(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many titles match; unscored, which is faster."""
    return total_of(searcher.search(tantivy.Query.const_score_query(query, 0.0), 1, True))


def total_of(found: tantivy.SearchResult) -> int:
    return found.count  # type: ignore[attr-defined]  # its stub has forgotten it


@cache
def index_at(root: Path) -> Index:
    """The process's own reader of the index at `root`."""
    return Index(root)


def index_generation(root: Path) -> str:
    """For ETags: changes with every commit; "" while there is no index."""
    try:
        return index_at(root).generation()
    except NoIndex:
        return ""
