"""The running order: drawn with a published seed, or moved by hand with a reason. Always 1..n."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.contests import rules
from yanzhen.culture.contests.models import Entry, Round
from yanzhen.culture.contests.opened import held, missing
from yanzhen.culture.contests.ranking import drawn_order
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor

_AWAY = 10_000  # places that nobody has, while the rows change over


def key_of(entry: Entry) -> str:
    """What is drawn: the town's code and the team, so that anybody can repeat the draw."""
    return f"{entry.team.division.code} {entry.team.name}"


@transaction.atomic
def draw_order(round_id: int, seed: str, *, by: Actor, at: dt.datetime) -> Round:
    """Draw the running order anew from a seed said in public. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    refuse_first(
        rules.the_order_stands_once_scoring_begins(round_.state),
        rules.a_draw_has_a_published_seed(seed),
    )
    entries = {key_of(each): each for each in round_.entries.select_related("team__division")}
    _place([entries[key] for key in drawn_order(entries, seed.strip())])
    _note(round_, seed=seed.strip(), note="")
    audit.write(
        by=by, at=at, action="contest.order-drawn", subject=f"round:{round_.pk}",
        place=round_.node.code, seed=round_.order_seed,
    )  # fmt: skip
    return round_


@transaction.atomic
def move(
    round_id: int, entry_id: int, *, up: bool, reason: str, by: Actor, at: dt.datetime
) -> Entry:
    """Let an entry change places with its neighbour; at the end nothing happens. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    refuse_first(
        rules.the_order_stands_once_scoring_begins(round_.state), rules.a_change_says_why(reason)
    )
    entries = list(round_.entries.all())
    here = next((n for n, each in enumerate(entries) if each.pk == entry_id), None)
    if here is None:
        raise missing("entry-not-found", _("没有找到这个节目。"))
    entry, there = entries[here], here + (-1 if up else 1)
    if 0 <= there < len(entries):
        entries[here], entries[there] = entries[there], entries[here]
        _place(entries)
        _note(round_, seed=round_.order_seed, note=reason.strip())
    audit.write(
        by=by, at=at, action="contest.order-moved", subject=f"round:{round_.pk}",
        place=round_.node.code, entry=entry.pk, up=up, reason=reason.strip(),
    )  # fmt: skip
    return entry


@transaction.atomic
def withdraw(round_id: int, entry_id: int, *, reason: str, by: Actor, at: dt.datetime) -> Entry:
    """Take an entry off before the programme is public; those behind it move up. Raises Refused.

    Nothing hangs on it yet: the row goes, who, what and why stay in the audit. The team may enter
    again. Return the entry that was.
    """
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    refuse_first(
        rules.a_round_is_prepared_before_its_programme_is_public(round_.state),
        rules.a_change_says_why(reason),
    )
    entry = round_.entries.select_related("team__division").filter(pk=entry_id).first()
    if entry is None:
        raise missing("entry-not-found", _("没有找到这个节目。"))
    round_.entries.filter(pk=entry_id).delete()
    close_up(round_)
    audit.write(
        by=by, at=at, action="contest.entry-withdrawn", subject=f"round:{round_.pk}",
        place=round_.node.code, team=entry.team.name, town=entry.team.division.code,
        name=entry.name, position=entry.position, reason=reason.strip(),
    )  # fmt: skip
    return entry


def close_up(round_: Round) -> None:
    """Places 1..n again; ascending, so that no two ever share one."""
    for position, entry in enumerate(round_.entries.all(), 1):
        if entry.position != position:
            entry.position = position
            entry.save(update_fields=["position"])


def _place(entries: Sequence[Entry]) -> None:
    for shift in (_AWAY, 0):
        for position, entry in enumerate(entries, 1):
            entry.position = position + shift
        Entry.objects.bulk_update(entries, ["position"])


def _note(round_: Round, *, seed: str, note: str) -> None:
    round_.order_seed, round_.order_note = seed, note
    round_.save(update_fields=["order_seed", "order_note"])
