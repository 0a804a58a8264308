"""Headquarters gathers wishes: all that ask for one title become one line with a split (R39)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from yanzhen.groundwork import outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.acquisitions import allocating, duplicates, ordering, rules
from yanzhen.library.acquisitions.described import Title
from yanzhen.library.acquisitions.duplicates import Found
from yanzhen.library.acquisitions.facts import WishDecided
from yanzhen.library.acquisitions.models import Fund, Order, OrderLine, Wish
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Gathered:
    """Wishes for one title, what the county has of it, and what stands against each wish."""

    title: Title
    wishes: Sequence[Wish]
    found: Found
    against: dict[int, Refused]

    @property
    def quantity(self) -> int:
        return sum(wish.quantity for wish in self.wishes)


def waiting() -> list[Gathered]:
    """The undecided wishes, title by title, the oldest first."""
    rows = Wish.objects.undecided().select_related("node", "person")
    return _gathered(list(rows))


def gather(
    wish_ids: Collection[int],
    *,
    order_id: int,
    fund: Fund,
    extra: Collection[int] = (),
    by: Actor,
    at: dt.datetime,
) -> list[OrderLine]:
    """Put these wishes on a draft, one line a title. `extra` are wishes of branches that have
    the title and get more copies all the same. Raises Refused; then nothing is changed."""
    with transaction.atomic():
        order = ordering.draft(order_id, by)
        held = Wish.objects.select_for_update(of=("self",)).filter(pk__in=wish_ids)
        wishes = list(held.select_related("node"))
        undecided = len(wishes) == len(set(wish_ids)) and not any(w.decided_at for w in wishes)
        refuse_first(rules.a_wish_is_decided_once(not undecided))
        return [_line(each, order, fund, set(extra), by, at) for each in _gathered(wishes, order)]


def _gathered(wishes: list[Wish], order: Order | None = None) -> list[Gathered]:
    """`order` is the draft they go to: its own lines do not speak against them."""
    titles: dict[str, list[Wish]] = {}
    for wish in wishes:
        titles.setdefault(wish.same_key, []).append(wish)
    found = duplicates.check(_title(group[0]) for group in titles.values())
    return [
        Gathered(_title(group[0]), group, found[key], {} if order else _against(group, found[key]))
        for key, group in titles.items()
    ]


def _against(wishes: list[Wish], found: Found) -> dict[int, Refused]:
    asked = ((wish.pk, allocating.may_go_to(wish.node, found, extra=False)) for wish in wishes)
    return {pk: refused for pk, refused in asked if refused}


def _line(
    each: Gathered, order: Order, fund: Fund, extra: set[int], by: Actor, at: dt.datetime
) -> OrderLine:
    """A new line, or the line of this title that the draft has already, with more shares."""
    shares: Counter = Counter()
    for wish in each.wishes:
        shares[wish.node_id] += wish.quantity
    more = {wish.node_id for wish in each.wishes if wish.pk in extra}
    line = order.lines.filter(same_key=each.title.same_key).first()
    if line is None:
        line = ordering.add_line(
            order.pk, each.title, fund=fund, shares=shares, extra=more, by=by, at=at
        )
    else:
        before = {a.node_id: a for a in line.allocations.all()}
        line = ordering.revise_line(
            line.pk,
            fund=line.fund,
            list_fen=line.list_fen,
            discount=line.discount,
            shares=shares + Counter({pk: a.quantity for pk, a in before.items()}),
            extra=more | {pk for pk, a in before.items() if a.extra},
            by=by,
            at=at,
        )
    for wish in each.wishes:
        wish.line, wish.decided_at, wish.decided_by = line, at, by.name
        wish.save(update_fields=["line", "decided_at", "decided_by"])
        outbox.record(WishDecided(wish.pk, ordered=True), at=at)
    return line


def _title(wish: Wish) -> Title:
    return Title(wish.title, wish.author, wish.publisher, wish.year, wish.isbn13)
