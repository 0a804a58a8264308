"""Setting loan rules: headquarters decides, from a day on; nothing is overwritten (R04, R43)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from yanzhen.groundwork import audit, generations, versions
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.versions import DAY
from yanzhen.library.circulation import access, rule_rules
from yanzhen.library.circulation.models import LoanRule
from yanzhen.library.circulation.ruling import GENERATION, VALUES
from yanzhen.library.holdings.models import ItemKind
from yanzhen.library.patrons.models import ReaderCategory
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Wanted:
    """A row as somebody wants it: its keys (None fits everything) and the values it sets."""

    category: ReaderCategory | None = None
    kind: ItemKind | None = None
    node: Node | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def keys(self) -> tuple:
        return self.category, self.kind, self.node

    @property
    def is_default(self) -> bool:
        return self.keys == (None, None, None)

    @property
    def columns(self) -> dict[str, Any]:
        """Every value's column; None where the row sets nothing."""
        return {name: self.values.get(name) for name in VALUES}


def set_rule(
    wanted: Wanted, *, valid_from: dt.date, document: str, by: Actor, at: dt.datetime
) -> LoanRule:
    """A new version of the row with these keys from a day on; the old one ends the day before.

    Raises Refused. The generation is moved first: its row is what two directors queue for.
    """
    access.require_setting(by)
    with transaction.atomic():
        generations.bump(GENERATION)
        same = list(LoanRule.objects.standing().keyed(*wanted.keys).order_by("valid_from"))
        refuse_first(
            versions.a_change_has_its_document(document),
            versions.a_rule_is_set_from_today_on(valid_from, local_day(at)),
            rule_rules.a_rule_says_something(wanted.values),
            rule_rules.the_default_rule_sets_every_value(wanted.is_default, wanted.values),
            rule_rules.a_rule_stays_in_bounds(wanted.values),
            versions.two_rules_with_the_same_keys_do_not_overlap(
                (row.valid_from for row in same), valid_from
            ),
        )
        _end(same, valid_from - DAY)
        rule = LoanRule.objects.create(
            category=wanted.category,
            kind=wanted.kind,
            node=wanted.node,
            **wanted.columns,
            valid_from=valid_from,
            document=document.strip(),
            set_at=at,
            set_by=by.name,
        )
        _note("rule.set", rule, by, at, valid_from=valid_from.isoformat(), **wanted.values)
    return rule


def end_rule(rule_id: int, *, last_day: dt.date, by: Actor, at: dt.datetime) -> LoanRule:
    """Let a row act until a day and no longer; what it set is inherited again. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        generations.bump(GENERATION)
        rule = access.known_rule(rule_id)
        refuse_first(
            rule_rules.the_default_rule_stays(is_default(rule)),
            versions.a_rule_is_set_from_today_on(last_day + DAY, local_day(at)),
            versions.only_a_rule_in_force_is_ended(
                rule.valid_to, rule.withdrawn_at is not None or rule.valid_from > last_day, last_day
            ),
        )
        rule.valid_to = last_day
        rule.save(update_fields=["valid_to"])
        _note("rule.ended", rule, by, at, last_day=last_day.isoformat())
    return rule


def withdraw_rule(rule_id: int, *, by: Actor, at: dt.datetime) -> LoanRule:
    """Take back a version that has not begun; the one before goes on as if nothing had been.

    Raises Refused. The row stays in the history, with who withdrew it and when.
    """
    access.require_setting(by)
    with transaction.atomic():
        generations.bump(GENERATION)
        rule = access.known_rule(rule_id)
        same = LoanRule.objects.standing().keyed(rule.category, rule.kind, rule.node)
        before = same.filter(valid_to=rule.valid_from - DAY).first()
        refuse_first(
            versions.only_a_rule_not_yet_in_force_is_withdrawn(
                rule.valid_from, rule.withdrawn_at is not None, local_day(at)
            ),
            rule_rules.the_default_rule_stays(is_default(rule) and before is None),
        )
        rule.withdrawn_at, rule.withdrawn_by = at, by.name
        rule.save(update_fields=["withdrawn_at", "withdrawn_by"])
        if before:
            before.valid_to = rule.valid_to
            before.save(update_fields=["valid_to"])
        _note("rule.withdrawn", rule, by, at)
    return rule


def is_default(rule: LoanRule) -> bool:
    """True for the row that fits everything."""
    return rule.category_id is None and rule.kind_id is None and rule.node_id is None


def _end(rows: list[LoanRule], last_day: dt.date) -> None:
    """End what still acts after a day; a row ended earlier keeps its end."""
    for row in rows:
        if row.valid_to is None or row.valid_to > last_day:
            row.valid_to = last_day
            row.save(update_fields=["valid_to"])


def _note(action: str, rule: LoanRule, by: Actor, at: dt.datetime, **detail: Any) -> None:
    audit.write(
        by=by,
        at=at,
        action=action,
        subject=f"loan_rule:{rule.pk}",
        place=rule.node.code if rule.node else "",
        document=rule.document,
        **detail,
    )
