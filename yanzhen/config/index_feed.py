"""New titles go straight into the search index while a file is taken in.

The catalogue knows no search index and the index no imports, so the two meet here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yanzhen.groundwork.garbage import seldom_collected
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.titles import Title
from yanzhen.library.discovery import documents
from yanzhen.library.discovery.documents import Entry, Row
from yanzhen.library.discovery.indexing import adding_entries
from yanzhen.library.discovery.rows import row_of


def entry_of(title: Title, derived: Derived) -> Entry:
    """What the index will know of a title that has no id and no copies yet."""
    columns = Row(
        0, title.title, title.subtitle, title.author, title.publisher, title.year,
        title.language, title.format, title.clc,
    )  # fmt: skip
    return documents.entry_of(row_of(columns, derived, title.isbn13))


@contextmanager
def feeding(root: Path) -> Iterator[Callable[[int, Entry], object]]:
    """Give a function that adds a title by its id and entry; see `indexing.adding_entries`."""
    with seldom_collected(), adding_entries(root) as add:
        yield add
