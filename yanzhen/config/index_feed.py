"""New titles go straight into the search index while a file is taken in.

The catalogue knows no search index and the index no imports, so the two meet here.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.titles import Title
from yanzhen.library.discovery.documents import Row
from yanzhen.library.discovery.indexing import adding
from yanzhen.library.discovery.marking import mark_bib
from yanzhen.library.discovery.rows import row_of


def entry_of(title: Title, derived: Derived) -> tuple:
    """What the index will know of a title that has no id and no copies yet."""
    columns = Row(
        0, title.title, title.subtitle, title.author, title.publisher, title.year,
        title.language, title.format, title.clc,
    )  # fmt: skip
    return tuple(row_of(columns, derived, title.isbn13))


@contextmanager
def feeding(root: Path) -> Iterator[Callable[[int, tuple], None]]:
    """Give a function that adds a title by its id and entry; see `indexing.adding`.

    For a process that does nothing else: what is loaded is taken out of garbage collection,
    which would look through it again and again.
    """
    gc.freeze()
    with adding(root) as add:
        
        def add_entry(bib_id: int, entry: tuple) -> None:
            add(Row(bib_id, *entry[1:]))

        yield add_entry


def mark_added(body: dict[str, Any]) -> None:
    """RecordsAdded: what an import has put into the index itself needs no second time."""
    if not body["indexed"]:
        mark_bib(body)
