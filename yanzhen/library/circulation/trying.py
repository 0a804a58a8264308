"""Trying a lending out 试一试: every rule asked in order, and nothing is written."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from yanzhen.groundwork import abreast
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Ground
from yanzhen.library.circulation import asking, explaining, ruling, situation
from yanzhen.library.circulation.asking import Asked
from yanzhen.library.circulation.situation import Situation
from yanzhen.library.holdings import access
from yanzhen.library.holdings.models import ItemKind
from yanzhen.library.patrons.models import ReaderCategory
from yanzhen.network.models import Node
from yanzhen.network.opening import calendar_of
from yanzhen.people.roles import Actor

IMAGINED = 0


@dataclass(frozen=True)
class Trial:
    """What would be answered. `due` and `given` are there whenever a loan rule was asked for."""

    asked: tuple[Asked, ...]
    given: tuple[Ground, ...] = ()
    due: explaining.Due | None = None
    preference: explaining.Preference | None = None

    @property
    def refusal(self) -> Asked | None:
        """The rule that says no first, as at the desk; None when the copy would be lent."""
        return next((each for each in self.asked if each.answer), None)


@dataclass(frozen=True)
class Case:
    """Who wants what: a card or, imagined, a category; a barcode or, imagined, a kind."""

    card_number: str = ""
    category: ReaderCategory | None = None
    barcode: str = ""
    kind: ItemKind | None = None


def try_out(case: Case, *, node: Node, day: dt.date, by: Actor, at: dt.datetime) -> Trial:
    """The answer of the desk at `node` on `day`, as things stand now. Raises Refused for a
    foreign desk."""
    access.require_handling(by, node)
    moment = at + (day - local_day(at))
    seen = abreast.alone(
        situation.load(barcode=case.barcode, card_number=case.card_number, node_id=node.pk, day=day)
    )
    seen = _imagined(seen, case)
    first = asking.about_reader(seen, case.barcode, case.card_number, moment)
    if seen.card_id is None or seen.copy_id is None:
        return Trial(first)
    rows = ruling.in_force(seen.rules_generation)
    wanted: dict[str, Any] = {"kind": seen.kind, "path": node.path, "day": day}
    ruled = ruling.choose(rows, category=seen.category, **wanted)
    return Trial(
        (*first, *asking.about_copy(seen, ruled, moment)),
        explaining.given(ruled),
        explaining.due(day, ruled.loan_days, calendar_of(node.pk)),
        explaining.preference(ruled, ruling.choose(rows, category="", **wanted)),
    )


def _imagined(seen: Situation, case: Case) -> Situation:
    """Put an ordinary reader and an ordinary copy where only a category or a kind is named."""
    if case.category and not case.card_number:
        seen = seen._replace(
            card_id=IMAGINED, card_status="active", category=case.category.code, person_id=-1
        )
    if case.kind and not case.barcode:
        seen = seen._replace(
            copy_id=IMAGINED, state="available", for_loan=True, kind=case.kind.code
        )
    return seen._replace(
        open_loans=seen.open_loans or 0,
        open_of_kind=seen.open_of_kind or 0,
        open_of_owner=seen.open_of_owner or 0,
    )
