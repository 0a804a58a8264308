"""Setting hold rules: headquarters decides, from a day on; nothing is overwritten (R04, R43)."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from yanzhen.groundwork import audit, generations, versions
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.versions import DAY
from yanzhen.library.holds import access, rules
from yanzhen.library.holds.models import HoldRule
from yanzhen.library.holds.ruling import GENERATION
from yanzhen.library.patrons.models import ReaderCategory
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Values:
    """How many holds at once, how many days on the hold shelf, and whether what stands on the
    shelf of the pickup branch may be held."""

    max_holds: int
    pickup_days: int
    on_shelf_at_pickup: bool


def set_hold_rule(
    category: ReaderCategory | None, values: Values, *, valid_from: dt.date, document: str,
    by: Actor, at: dt.datetime,
) -> HoldRule:  # fmt: skip
    """A new version of the row of a category (None: the default) from a day on; the old one ends
    the day before. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        generations.bump(GENERATION)
        same = HoldRule.objects.standing().filter(category=category)
        begins = list(same.values_list("valid_from", flat=True))
        refuse_first(
            versions.a_change_has_its_document(document),
            versions.a_rule_is_set_from_today_on(valid_from, local_day(at)),
            rules.a_hold_rule_stays_in_bounds(values.max_holds, values.pickup_days),
            versions.two_rules_with_the_same_keys_do_not_overlap(begins, valid_from),
        )
        last = valid_from - DAY
        same.unended(valid_from).update(valid_to=last)
        rule = HoldRule.objects.create(
            category=category, **asdict(values), valid_from=valid_from, document=document.strip(),
            set_at=at, set_by=by.name,
        )  # fmt: skip
        _note("hold_rule.set", rule, by, at, valid_from=valid_from.isoformat(), **asdict(values))
    return rule


def end_hold_rule(rule_id: int, *, last_day: dt.date, by: Actor, at: dt.datetime) -> HoldRule:
    """From the day after, the category is under the default again. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        generations.bump(GENERATION)
        rule = access.known_rule(rule_id)
        refuse_first(
            rules.the_default_hold_rule_stays(rule.category_id is None),
            versions.a_rule_is_set_from_today_on(last_day + DAY, local_day(at)),
            versions.only_a_rule_in_force_is_ended(
                rule.valid_to, rule.withdrawn_at is not None or rule.valid_from > last_day, last_day
            ),
        )
        rule.valid_to = last_day
        rule.save(update_fields=["valid_to"])
        _note("hold_rule.ended", rule, by, at, last_day=last_day.isoformat())
    return rule


def withdraw_hold_rule(rule_id: int, *, by: Actor, at: dt.datetime) -> HoldRule:
    """Take back a version that has not begun; the one before goes on. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        generations.bump(GENERATION)
        rule = access.known_rule(rule_id)
        same = HoldRule.objects.standing().filter(category=rule.category)
        before = same.filter(valid_to=rule.valid_from - DAY).first()
        refuse_first(
            versions.only_a_rule_not_yet_in_force_is_withdrawn(
                rule.valid_from, rule.withdrawn_at is not None, local_day(at)
            ),
            rules.the_default_hold_rule_stays(rule.category_id is None and before is None),
        )
        rule.withdrawn_at, rule.withdrawn_by = at, by.name
        rule.save(update_fields=["withdrawn_at", "withdrawn_by"])
        if before:
            before.valid_to = rule.valid_to
            before.save(update_fields=["valid_to"])
        _note("hold_rule.withdrawn", rule, by, at)
    return rule


def _note(action: str, rule: HoldRule, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"hold_rule:{rule.pk}", document=rule.document,
        **detail,
    )  # fmt: skip
