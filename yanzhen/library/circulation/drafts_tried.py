"""A draft's trial, made once and kept with the draft until its rows change."""

import datetime as dt
from typing import Any

from django.db import transaction

from yanzhen.groundwork import generations
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.circulation import access, rule_rules
from yanzhen.library.circulation.models import RuleDraft
from yanzhen.library.circulation.replaying import Change
from yanzhen.library.circulation.ruling import GENERATION
from yanzhen.library.circulation.simulating import Simulation, simulate
from yanzhen.people.roles import Actor


def try_draft(draft_id: int, *, by: Actor, at: dt.datetime) -> RuleDraft:
    """Replay last month under the draft and keep what came of it. Raises Refused.

    The month is read outside the transaction: nobody waits for it. A draft that was changed
    meanwhile keeps nothing.
    """
    access.require_setting(by)
    draft = RuleDraft.objects.filter(pk=draft_id).first()
    if draft is None:
        raise access.draft_unknown()
    refuse_first(
        rule_rules.only_an_open_draft_changes(draft.is_open),
        rule_rules.a_draft_changes_something(draft.rows.count()),
    )
    rows, number = _rows(draft), generations.current(GENERATION)
    found = as_kept(simulate(draft, at=at), number)
    with transaction.atomic():
        now = RuleDraft.objects.select_for_update().get(pk=draft_id)
        if now.is_open and _rows(now) == rows:
            now.tried, now.tried_at = found, at
            now.save(update_fields=["tried", "tried_at"])
    return now


def is_stale(draft: RuleDraft) -> bool:
    """True when the standing rules have changed since the draft was tried."""
    return draft.tried is not None and draft.tried["rules"] != generations.current(GENERATION)


def as_kept(found: Simulation, rules: int) -> dict[str, Any]:
    """The figures as JSON values; days are ISO dates. No loan, copy or reader is named."""
    return {
        "rules": rules,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "loans": found.loans,
        "detached": found.detached,
        "changed": found.changed,
        "effects": found.effects,
        "by_category": found.by_category,
        "by_kind": found.by_kind,
        "by_node": found.by_node,
        "examples": [_example(each) for each in found.shown],
    }


def _example(change: Change) -> dict[str, Any]:
    return {
        "day": change.loan.lent_on.isoformat(),
        "node": change.loan.node,
        "category": change.loan.category,
        "kind": change.loan.kind,
        "now": change.now.due_on.isoformat(),
        "then": "" if change.then.refused else change.then.due_on.isoformat(),
        "effects": list(change.kinds),
    }


def _rows(draft: RuleDraft) -> list[tuple]:
    return list(draft.rows.order_by("pk").values_list())
