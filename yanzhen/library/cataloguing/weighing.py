"""A record from elsewhere held against the catalogue, before anything is written."""

from dataclasses import dataclass, field

from yanzhen.library.catalogue import matching
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.titles import Title, title_of

_MOST_ALIKE = 10
_THEIRS = ("852", "876", "877", "878")  # where their copies stand; 9xx are their own fields


@dataclass
class Weighed:
    """`record` without what is only about their copies (the tags in `left_out`).

    `same` is our living title that it matches, `alike` others of ours with one of its ISBNs.
    """

    record: Record
    title: Title
    derived: Derived
    left_out: list[str]
    same: BibRecord | None = None
    alike: list[BibRecord] = field(default_factory=list)


def weigh(marc: str) -> Weighed:
    """`marc` as it is stored. Two queries."""
    whole = Record.loads(marc)
    record = Record(whole.leader, tuple(line for line in whole.lines if not _is_theirs(line)))
    left_out = sorted({line[:3] for line in whole.lines if _is_theirs(line)})
    title, derived = title_of(record)
    weighed = Weighed(record, title, derived, left_out)
    found = matching.found([title.match_key]).get(title.match_key)
    if found is not None:
        weighed.same = BibRecord.objects.living().filter(pk=found).first()
    if derived.isbns:
        others = BibRecord.objects.living().filter(isbn13__in=derived.isbns).exclude(pk=found)
        weighed.alike = list(others.order_by("id")[:_MOST_ALIKE])
    return weighed


def _is_theirs(line: str) -> bool:
    return line.startswith("9") or line[:3] in _THEIRS
