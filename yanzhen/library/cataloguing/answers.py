"""What is asked of other catalogues and what comes back: values, without Django."""

from dataclasses import dataclass, field

from yanzhen.library.catalogue.marc.record import Record

MOST_RECORDS = 10  # of one target, for one question
LARGEST = 4_000_000  # bytes of one target's answers, for one question


@dataclass(frozen=True)
class Address:
    """All that is needed to ask a target; `indexes` are its names for isbn, title and author."""

    target_id: int
    name: str
    kind: str
    address: str
    port: int
    database: str
    syntax: str
    schema: str
    version: str
    charset: str
    indexes: dict[str, str]
    account: str
    password: str = field(repr=False)
    seconds: int


@dataclass(frozen=True)
class Question:
    """`by` is isbn, title or author; any of the `terms` will do (an ISBN with 13 or 10 digits)."""

    by: str
    terms: tuple[str, ...]


def plain(text: str) -> str:
    """`text` on one line, without anything that cannot be seen or stored."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class Trouble(Exception):
    """Why a target has not answered: a `code` for the words, and what the target itself said."""

    def __init__(self, code: str, said: str = ""):
        super().__init__(code, said)
        self.code, self.said = code, plain(said)[:200]


@dataclass
class Answer:
    """What one target answered. `hits` is how many it has, None when it never said.

    `trouble` may stand beside records: what came before the answer broke off is kept. `garbled`
    counts records in which bytes could not be read in the target's charset.
    """

    address: Address
    hits: int | None = None
    records: list[Record] = field(default_factory=list)
    garbled: int = 0
    damaged: int = 0
    trouble: Trouble | None = None
    seconds: float = 0.0
