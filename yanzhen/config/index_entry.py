"""What the search index gets of a title that is being imported.

Apart from index_feed.py, because the processes that read a file start without Django.
"""

from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.titles import Title
from yanzhen.library.discovery import documents
from yanzhen.library.discovery.documents import Entry, row_of


def entry_of(title: Title, derived: Derived) -> Entry:
    """What the index will know of a title that has no id and no copies yet."""
    columns = (
        0, title.title, title.subtitle, title.author, title.publisher, title.year,
        title.language, title.format, title.clc,
    )  # fmt: skip
    return documents.entry_of(row_of(columns, derived, title.isbn13))
