"""What moves in the demo county: volumes, the visits of readers, and what is still to happen."""

import datetime as dt
from dataclasses import dataclass, field

from yanzhen.demo.readers import Reader
from yanzhen.demo.titles import Title
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node


@dataclass
class Volume:
    """A copy with what makes it wanted."""

    copy: Copy
    title: Title
    wanted: float
    lent: int = 0


@dataclass(order=True)
class Event:
    """Something that happens at a moment; `serial` keeps those of one moment in order."""

    at: dt.datetime
    serial: int
    volume: Volume = field(compare=False)
    node: Node = field(compare=False)
    loan: Loan | None = field(compare=False, default=None)
    transit: Transit | None = field(compare=False, default=None)


@dataclass(frozen=True)
class Visit:
    """A reader at a desk, taking some books (of some kinds; none named is all).

    They come back when they come back, or at the moment `back_at`, or are `kept` until now.
    """

    at: dt.datetime
    node: Node
    reader: Reader
    books: int = 1
    kinds: frozenset[str] = frozenset()
    kept: bool = False
    back_at: dt.datetime | None = None
