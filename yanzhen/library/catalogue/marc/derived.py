"""What a record says, as far as readers search for it, sort by it or match on it."""

from dataclasses import dataclass, field
from hashlib import blake2b

from yanzhen.groundwork.text.folding import fold
from yanzhen.groundwork.text.isbn import normalise
from yanzhen.library.catalogue.marc.isbd import trimmed

_NAMED = 3  # when nobody is marked as the main author


@dataclass(slots=True)
class Derived:
    """Facts of one title. Strings are "" and lists empty where the record is silent.

    `isbns` are valid numbers of 13 digits; wrong ones are in `wrong_isbns` as printed.
    `main_authors` are those of `authors` who answer for the work first: no translators, no
    editors. `format` is one of FORMATS; `language` ISO 639-1, else 639-2.
    """

    title: str = ""
    subtitle: str = ""
    part: str = ""
    responsibility: str = ""
    other_titles: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    main_authors: list[str] = field(default_factory=list)
    edition: str = ""
    publisher: str = ""
    place: str = ""
    year: int | None = None
    isbns: list[str] = field(default_factory=list)
    wrong_isbns: list[str] = field(default_factory=list)
    issn: str = ""
    binding: str = ""
    price: str = ""
    language: str = ""
    format: str = "book"
    pages: str = ""
    series: list[str] = field(default_factory=list)
    clc: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    abstract: str = ""

    def add_isbn(self, raw: str) -> None:
        number = normalise(raw)
        if number is not None:
            numbers = self.isbns if number.valid else self.wrong_isbns
            if number.digits not in numbers:
                numbers.append(number.digits)

    def add_author(self, name: str, *, main: bool = False) -> None:
        name = trimmed(name)
        if name and name not in self.authors:
            self.authors.append(name)
            if main:
                self.main_authors.append(name)

    @property
    def byline(self) -> str:
        """Whose work it is, for a line in a list: 曹雪芹；高鹗."""
        return "；".join(self.main_authors or self.authors[:_NAMED]) or self.responsibility

    @property
    def match_key(self) -> str:
        """The same for records of the same title, "" when there is nothing to match on.

        ISBN, title, part and year, since one ISBN serves several titles (sets, numbers used
        twice); without an ISBN, author, publisher and format take its place: the braille and
        the large print of a title are two titles. At most 46 characters.
        """
        if not self.title:
            return ""
        isbn = self.isbns[0] if self.isbns else ""
        facts = [self.title, self.part]
        if not isbn:
            author = self.authors[0] if self.authors else self.responsibility
            facts += [author, self.publisher, self.format]
        told = "\n".join([fold(fact).replace(" ", "") for fact in facts])
        digest = blake2b(f"{told}\n{self.year or ''}".encode(), digest_size=16).hexdigest()
        return f"{isbn}-{digest}"

    def settle_format(self, carrier: str) -> None:
        """Braille and large print are told in words where the coded fields are silent."""
        if self.format == "book":
            words = carrier.lower()
            if "盲文" in words or "braille" in words:
                self.format = "braille"
            elif "大字" in words or "large print" in words:
                self.format = "large_print"


FORMATS = (
    "book", "periodical", "score", "sound", "video", "map", "picture", "electronic", "braille",
    "large_print", "microform", "manuscript", "kit", "object",
)  # fmt: skip


def clean_class(number: str) -> str:
    """A class number as it stands on the shelf: no brackets of an alternative class, no spaces."""
    return number.strip(" []").replace(" ", "")
