"""Lending a copy to a reader, at any node of the library tree."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import abreast, audit, chain, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.circulation import due_dates, explaining, ruling, situation
from yanzhen.library.circulation.asking import about_copy, about_reader
from yanzhen.library.circulation.cases import Held, held_for_reader
from yanzhen.library.circulation.facts import LoanMade
from yanzhen.library.circulation.ruling import Ruling
from yanzhen.library.circulation.situation import Situation
from yanzhen.library.holdings import access
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds import capturing
from yanzhen.library.holds.facts import HoldFulfilled
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

TRIES = 4


@dataclass(frozen=True)
class Lent:
    """What the desk says after lending."""

    loan_id: int
    title: str
    barcode: str
    person_name: str
    card_number: str
    due_on: dt.date
    open_loans: int
    most_loans: int
    ruling: Ruling
    lent_on: dt.date
    node: Node


def lending(
    *,
    barcode: str,
    card_number: str,
    node: Node,
    by: Actor,
    at: dt.datetime,
    although_held: str = "",
) -> abreast.Errand[Lent]:
    """Lend the copy with this barcode to the holder of this card. Raises Refused.

    A copy set aside for another reader is lent only with a reason, `although_held`; that reader
    then waits again, before all others.

    Two desks lending the same copy, or lending to the same reader, at one moment: the writes are
    guarded by the revisions that were read, the slower one reads again and is answered by the
    rules. A copy on the road is received by this scan in the same breath.
    """
    access.require_handling(by, node)
    for _attempt in range(TRIES):
        seen = yield from situation.load(
            barcode=barcode, card_number=card_number, node_id=node.pk, day=local_day(at)
        )
        ruled = _ruled(seen, barcode, card_number, node, at, although_held)
        due_on = due_dates.from_today(ruled.loan_days, node.pk, at, seen.calendars_generation)
        steps = _steps(seen, ruled, due_on, node, by, at)
        if _moves_a_queue(seen):
            yield abreast.ALONE
            done = _with_the_queue(seen, steps, by, at, although_held)
        else:
            done = yield abreast.Write(steps)
        if done:
            return _lent(done["loan"], seen, ruled, due_on, node, at)
    raise Refused("busy", _("这本书或这张证正在别处办理。"), _("请稍等一下再扫一次。"), status=503)


lend = abreast.as_function(lending)


def _lent(
    loan_id: int, seen: Situation, ruled: Ruling, due_on: dt.date, node: Node, at: dt.datetime
) -> Lent:
    return Lent(
        loan_id,
        seen.title,
        seen.barcode,
        seen.person_name,
        seen.card_number,
        due_on,
        seen.open_loans + 1,
        ruled.max_loans,
        ruled,
        local_day(at),
        node,
    )


def _moves_a_queue(seen: Situation) -> bool:
    """Up by the reader, or back by whoever the copy was set aside for."""
    return seen.own_wait_id is not None or _held(seen) == Held.OTHER


def _with_the_queue(
    seen: Situation, steps: list[chain.Step], by: Actor, at: dt.datetime, reason: str
) -> chain.Done:
    """The same writes in one transaction with those of the queue."""
    with transaction.atomic():
        done = chain.run(steps)
        if done and _held(seen) == Held.OTHER:
            copy = Copy(pk=seen.known_copy_id)
            capturing.put_back(copy, by=by, at=at, note=reason.strip()[:200])
        if done and seen.own_wait_id:
            capturing.fulfil_waiting(
                seen.own_wait_id, seen.known_copy_id, seen.bib_id, by=by, at=at
            )
    return done


def _held(seen: Situation) -> Held:
    return held_for_reader(seen.held_for_id, seen.person_id)


def _ruled(
    seen: Situation, barcode: str, card_number: str, node: Node, at: dt.datetime, although_held: str
) -> Ruling:
    """Ask every rule of lending; return the loan rule that governs, or raise Refused."""
    refuse_first(*(each.answer for each in about_reader(seen, barcode, card_number, at)))
    ruled = ruling.choose(
        ruling.in_force(seen.rules_generation),
        category=seen.category,
        kind=seen.kind,
        path=node.path,
        day=local_day(at),
    )
    asked = about_copy(seen, ruled, at, although_held)
    if any(each.answer for each in asked):
        grounds = explaining.given(ruled)
        refuse_first(*(explaining.grounded(each.answer, grounds) for each in asked))
    return ruled


def _steps(
    seen: Situation, ruled: Ruling, due_on: dt.date, node: Node, by: Actor, at: dt.datetime
) -> list[chain.Step]:
    steps = [
        chain.Step(
            "card",
            "UPDATE patrons_readercard SET revision = revision + 1 "
            "WHERE id = %s AND revision = %s AND {given}",
            (seen.card_id, seen.card_revision),
            guard=True,
        ),
        chain.Step(
            "copy",
            "UPDATE holdings_copy SET state = 'on_loan', current_node_id = %s, "
            "missing = FALSE, in_dispute = FALSE, revision = revision + 1 "
            "WHERE id = %s AND revision = %s AND {given}",
            (node.pk, seen.copy_id, seen.copy_revision),
            guard=True,
        ),
        _loan_step(seen, ruled, due_on, node, by, at),
        audit.step(
            by=by,
            at=at,
            action="copy.lent",
            subject=f"copy:{seen.copy_id}",
            place=node.code,
            due=due_on.isoformat(),
            rule=ruled.id,
        ),
        outbox.step(LoanMade(seen.known_copy_id, seen.bib_id, node.code, seen.category), at=at),
    ]
    if seen.transit_id:
        steps += [_received(seen.transit_id, node, by, at), _found(seen.copy_id, node, by, at)]
    return [*steps, *_hold_steps(seen, by, at)]


def _hold_steps(seen: Situation, by: Actor, at: dt.datetime) -> list[chain.Step]:
    """The hold is fulfilled with the loan; whoever the pull list meant this copy for is given
    another."""
    steps = []
    if seen.hold_id and _held(seen) == Held.READER:
        steps += [
            chain.Step(
                "fulfilled",
                "UPDATE holds_hold SET state = 'fulfilled', ended_at = %s "
                "WHERE id = %s AND {given}",
                (at, seen.hold_id),
            ),
            chain.Step(
                "hold_step",
                "INSERT INTO holds_holdstep (hold_id, state, at, by_name, note) "
                "SELECT %s, 'fulfilled', %s, %s, '' WHERE {given}",
                (seen.hold_id, at, by.name),
            ),
            _told(HoldFulfilled(seen.hold_id, seen.bib_id, seen.known_copy_id), at),
        ]
    if seen.aimed_by_id:
        steps.append(
            chain.Step(
                "aimed",
                "UPDATE holds_hold SET target_id = NULL, targeted_at = NULL "
                "WHERE target_id = %s AND {given}",
                (seen.copy_id,),
            )
        )
    return steps


def _told(fact: HoldFulfilled, at: dt.datetime) -> chain.Step:
    """A second fact of one chain needs a name of its own."""
    return replace(outbox.step(fact, at=at), name="hold_recorded")


def _loan_step(
    seen: Situation, ruled: Ruling, due_on: dt.date, node: Node, by: Actor, at: dt.datetime
) -> chain.Step:
    values = {
        "copy_id": seen.copy_id,
        "person_id": seen.person_id,
        "card_id": seen.card_id,
        "category_code": seen.category,
        "age_band": situation.age_band(seen.age(at)),
        "lent_node_id": node.pk,
        "lent_at": at,
        "lent_by": by.name,
        "due_on": due_on,
        "governing_node_id": node.pk,
        "rule_id": ruled.id,
        "loan_days": ruled.loan_days,
        "max_renewals": ruled.max_renewals,
        "renewals": 0,
        "returned_by": "",
        "undone_by": "",
    }
    return chain.Step(
        "loan",
        f"INSERT INTO circulation_loan ({', '.join(values)}) "
        f"SELECT {', '.join(['%s'] * len(values))} WHERE {{given}}",
        tuple(values.values()),
    )


def _received(transit_id: int, node: Node, by: Actor, at: dt.datetime) -> chain.Step:
    return chain.Step(
        "received",
        "UPDATE holdings_transit SET ended_at = %s, ended_by = %s, ended_node_id = %s, "
        "ending = 'scan' WHERE id = %s AND ended_at IS NULL AND {given}",
        (at, by.name, node.pk, transit_id),
    )


def _found(copy_id: int | None, node: Node, by: Actor, at: dt.datetime) -> chain.Step:
    """A scan ends a dispute wherever it happens."""
    return chain.Step(
        "found",
        "UPDATE holdings_dispute SET ended_at = %s, ended_by = %s, ended_node_id = %s, "
        "ending = 'scan' WHERE copy_id = %s AND ended_at IS NULL AND {given}",
        (at, by.name, node.pk, copy_id),
    )
