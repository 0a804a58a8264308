"""Everything lending has to know about the copy, the reader and the branch, in one round trip."""

import datetime as dt
from typing import Any, NamedTuple

from yanzhen.groundwork.abreast import Ask, Errand
from yanzhen.groundwork.clock import local_day
from yanzhen.library.circulation.ruling import GENERATION as RULES
from yanzhen.library.holdings.models import BarcodeAlias
from yanzhen.network.opening import CALENDARS
from yanzhen.people.rules import age_on

# Only where some rule limits a kind or an owner are a reader's loans looked at one by one.
_COUNTED = (
    "EXISTS (SELECT 1 FROM circulation_loanrule "
    "WHERE max_loans_kind IS NOT NULL OR max_loans_owned IS NOT NULL)"
)
_SQL = f"""
SELECT c.id, c.barcode, c.state, c.revision, c.for_loan, c.adult_only, c.bib_id, k.code, b.title,
       r.id, r.number, r.status, r.expires_on, r.revision, s.number, g.code,
       p.id, p.name, p.born_on,
       (SELECT count(*) FROM circulation_loan o WHERE o.person_id = p.id
           AND o.returned_at IS NULL AND o.undone_at IS NULL),
       x.reason, x.note, x.until, l.person_id, l.due_on, t.id, h.id, h.person_id, w.id, a.id,
       COALESCE((SELECT number FROM groundwork_generation WHERE name = '{RULES}'), 0),
       COALESCE((SELECT number FROM groundwork_generation WHERE name = '{CALENDARS}'), 0),
       CASE WHEN {_COUNTED} THEN (SELECT count(*) FROM circulation_loan o
           JOIN holdings_copy oc ON oc.id = o.copy_id WHERE o.person_id = p.id
           AND o.returned_at IS NULL AND o.undone_at IS NULL AND oc.kind_id = c.kind_id)
           ELSE 0 END,
       CASE WHEN {_COUNTED} THEN (SELECT count(*) FROM circulation_loan o
           JOIN holdings_copy oc ON oc.id = o.copy_id WHERE o.person_id = p.id
           AND o.returned_at IS NULL AND o.undone_at IS NULL
           AND oc.owning_node_id = c.owning_node_id) ELSE 0 END
FROM (SELECT 1 AS one) AS one
LEFT JOIN holdings_copy c ON c.barcode = %s
LEFT JOIN holdings_itemkind k ON k.id = c.kind_id
LEFT JOIN catalogue_bibrecord b ON b.id = c.bib_id
LEFT JOIN circulation_loan l
       ON l.copy_id = c.id AND l.returned_at IS NULL AND l.undone_at IS NULL
LEFT JOIN holdings_transit t ON t.copy_id = c.id AND t.ended_at IS NULL
LEFT JOIN holds_hold h ON h.copy_id = c.id AND h.state IN ('on_its_way', 'ready')
LEFT JOIN holds_hold a ON a.target_id = c.id
LEFT JOIN patrons_readercard r ON r.number = %s
LEFT JOIN patrons_readercard s ON s.replaces_id = r.id
LEFT JOIN patrons_readercategory g ON g.id = r.category_id
LEFT JOIN people_person p ON p.id = r.person_id
LEFT JOIN holds_hold w ON w.person_id = p.id AND w.bib_id = c.bib_id AND w.state = 'waiting'
LEFT JOIN patrons_block x ON x.person_id = p.id AND x.lifted_at IS NULL
       AND (x.until IS NULL OR x.until >= %s)
LIMIT 1
"""  # noqa: S608 - names of our own


class Situation(NamedTuple):
    """A copy and a reader as they stand; ids are None where nothing was found."""

    copy_id: int | None
    barcode: str
    state: str
    copy_revision: int
    for_loan: bool
    adult_only: bool
    bib_id: int
    kind: str
    title: str
    card_id: int | None
    card_number: str
    card_status: str
    expires_on: dt.date | None
    card_revision: int
    successor_number: str | None
    category: str
    person_id: int | None
    person_name: str
    born_on: dt.date | None
    open_loans: int
    block_reason: str | None
    block_note: str | None
    block_until: dt.date | None
    holder_id: int | None
    due_on: dt.date | None
    transit_id: int | None
    hold_id: int | None  # the copy is set aside, for:
    held_for_id: int | None
    own_wait_id: int | None  # the reader waits for the title
    aimed_by_id: int | None  # the pull list names the copy
    rules_generation: int
    calendars_generation: int
    open_of_kind: int
    open_of_owner: int

    @property
    def known_copy_id(self) -> int:
        """The copy's id, once the rules have seen that there is a copy."""
        assert self.copy_id is not None
        return self.copy_id

    def age(self, at: dt.datetime) -> int | None:
        """The reader's age in whole years, if the birth date is known."""
        return age_on(self.born_on, local_day(at)) if self.born_on else None


def load(*, barcode: str, card_number: str, node_id: int, day: dt.date) -> Errand[Situation]:
    """Read the situation of a barcode scanned at a node and of a card; one query, however many
    loans (a second one for an old barcode that means a copy only at this node)."""
    found = yield from _read(barcode, card_number, day)
    if found.copy_id is None and (alias := _old_barcode(barcode, node_id)):
        return (yield from _read(alias, card_number, day))
    return found


def _old_barcode(barcode: str, node_id: int) -> str | None:
    aliases = BarcodeAlias.objects.filter(node=node_id, barcode=barcode)
    return aliases.values_list("copy__barcode", flat=True).first()


def _read(barcode: str, card_number: str, day: dt.date) -> Errand[Situation]:
    rows = yield Ask(_SQL, [barcode, card_number, day.isoformat()])
    row = list(rows[0])
    for place in (12, 18, 22, 24):
        row[place] = _date(row[place])
    return Situation._make(row)


def _date(value: Any) -> dt.date | None:
    """SQLite hands dates over as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


AGE_BANDS = ((7, "0-6"), (14, "7-13"), (18, "14-17"), (35, "18-34"), (60, "35-59"))


def age_band(age: int | None) -> str:
    """The band statistics keep instead of an age (invariant 16 of the library wing)."""
    if age is None:
        return "unknown"
    return next((band for limit, band in AGE_BANDS if age < limit), "60+")
