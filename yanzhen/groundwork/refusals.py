"""The one way the domain says no."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Ground:
    """One value an answer rests on, and where it comes from.

    `row_id` is None for what no row says (a law, or no limit at all); `keys` are what the row was
    made for, in the form of the package that has the rows.
    """

    name: str
    value: Any
    row_id: int | None = None
    document: str = ""
    keys: tuple[str, ...] = ()


class Refused(Exception):
    """A rule said no.

    `code` is stable and for programs; `message` is a plain sentence for the person in front
    of the screen; `remedy` says what to do now. `status` is the HTTP status a web door answers
    with; `explain` is what it rests on. Each door translates it into its own form; nothing else in
    the domain raises to a person.
    """

    def __init__(self, code: str, message: str, remedy: str = "", *, status: int = 409):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = str(message)
        self.remedy = str(remedy)
        self.status = status
        self.explain: tuple[Ground, ...] = ()

    @property
    def in_full(self) -> str:
        """Message and remedy as one text, with a space between in languages that want one."""
        said = {"message": self.message, "remedy": self.remedy}
        return _("%(message)s%(remedy)s") % said if self.remedy else self.message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refused) and (self.code, self.message, self.remedy) == (
            other.code,
            other.message,
            other.remedy,
        )

    def __hash__(self) -> int:
        return hash((self.code, self.message, self.remedy))


def refuse_first(*answers: Refused | None) -> None:
    """Raise the first refusal among the answers of rules, in the order they were asked."""
    for answer in answers:
        if answer is not None:
            raise answer
