"""New titles go straight into the search index while a file is taken in.

The catalogue knows no search index and the index no imports, so the two meet here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yanzhen.groundwork.garbage import seldom_collected
from yanzhen.library.discovery.documents import Entry
from yanzhen.library.discovery.indexing import adding_entries


@contextmanager
def feeding(root: Path) -> Iterator[Callable[[int, Entry], object]]:
    """Give a function that adds a title by its id and entry; see `indexing.adding_entries`."""
    with seldom_collected(), adding_entries(root) as add:
        yield add
