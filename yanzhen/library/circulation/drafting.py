"""Drafts of rules 草案: change rows on paper, try them on last month, publish or drop them."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, versions
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.versions import DAY
from yanzhen.library.circulation import access, rule_rules
from yanzhen.library.circulation.models import DraftRow, LoanRule, RuleDraft
from yanzhen.library.circulation.ruling import values_of
from yanzhen.library.circulation.setting import Wanted, end_rule, set_rule
from yanzhen.people.roles import Actor


def begin_draft(name: str, *, by: Actor, at: dt.datetime) -> RuleDraft:
    """Start an empty draft. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        refuse_first(rule_rules.a_name_is_given(name))
        draft = RuleDraft.objects.create(name=name.strip(), made_at=at, made_by=by.name)
        _note("draft.begun", draft, by, at)
    return draft


def put_row(
    draft_id: int, wanted: Wanted, *, ends: bool = False, by: Actor, at: dt.datetime
) -> DraftRow:
    """Put a changed row into a draft, in place of an earlier one with the same keys.

    With `ends` the draft takes the standing row away instead. Raises Refused.
    """
    access.require_setting(by)
    with transaction.atomic():
        draft = _locked(draft_id)
        refuse_first(rule_rules.only_an_open_draft_changes(draft.is_open))
        if ends:
            refuse_first(rule_rules.the_default_rule_stays(wanted.is_default))
        else:
            refuse_first(
                rule_rules.a_rule_says_something(wanted.values),
                rule_rules.the_default_rule_sets_every_value(wanted.is_default, wanted.values),
                rule_rules.a_rule_stays_in_bounds(wanted.values),
            )
        columns = {name: None if ends else value for name, value in wanted.columns.items()}
        category, kind, node = wanted.keys
        _forget_trial(draft)
        draft.rows.filter(category=category, kind=kind, node=node).delete()
        row = DraftRow.objects.create(
            draft=draft, category=category, kind=kind, node=node, ends=ends, **columns
        )
        _note("draft.row_put", draft, by, at, row=row.pk, ends=ends, **dict(wanted.values))
    return row


def take_row_out(draft_id: int, row_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Leave a row as it is after all. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        draft = _locked(draft_id)
        refuse_first(rule_rules.only_an_open_draft_changes(draft.is_open))
        _forget_trial(draft)
        draft.rows.filter(pk=row_id).delete()
        _note("draft.row_taken_out", draft, by, at, row=row_id)


def publish_draft(
    draft_id: int, *, valid_from: dt.date, document: str, by: Actor, at: dt.datetime
) -> RuleDraft:
    """Let every row of the draft act from a day on; all of them, or none. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        draft = _locked(draft_id)
        rows = list(draft.rows.select_related("category", "kind", "node"))
        refuse_first(
            rule_rules.only_an_open_draft_changes(draft.is_open),
            rule_rules.a_draft_changes_something(len(rows)),
        )
        for row in rows:
            if row.ends:
                _end_standing(row, valid_from, by, at)
            else:
                wanted = Wanted(row.category, row.kind, row.node, values_of(row))
                set_rule(wanted, valid_from=valid_from, document=document, by=by, at=at)
        draft.published_at, draft.closed_by, draft.valid_from = at, by.name, valid_from
        draft.save(update_fields=["published_at", "closed_by", "valid_from"])
        _note("draft.published", draft, by, at, valid_from=valid_from.isoformat(), rows=len(rows))
    return draft


def drop_draft(draft_id: int, *, by: Actor, at: dt.datetime) -> RuleDraft:
    """Close a draft without any effect; it can still be read. Raises Refused."""
    access.require_setting(by)
    with transaction.atomic():
        draft = _locked(draft_id)
        refuse_first(rule_rules.only_an_open_draft_changes(draft.is_open))
        draft.dropped_at, draft.closed_by = at, by.name
        draft.save(update_fields=["dropped_at", "closed_by"])
        _note("draft.dropped", draft, by, at)
    return draft


def _end_standing(row: DraftRow, valid_from: dt.date, by: Actor, at: dt.datetime) -> None:
    """End the rows with these keys that would act from that day on; there may be none left."""
    same = LoanRule.objects.unended(valid_from).keyed(row.category, row.kind, row.node)
    begins = list(same.values_list("valid_from", flat=True))
    refuse_first(versions.two_rules_with_the_same_keys_do_not_overlap(begins, valid_from))
    for rule in same:
        end_rule(rule.pk, last_day=valid_from - DAY, by=by, at=at)


def _forget_trial(draft: RuleDraft) -> None:
    draft.tried = draft.tried_at = None
    draft.save(update_fields=["tried", "tried_at"])


def _locked(draft_id: int) -> RuleDraft:
    draft = RuleDraft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise access.draft_unknown()
    return draft


def _note(action: str, draft: RuleDraft, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(by=by, at=at, action=action, subject=f"rule_draft:{draft.pk}", **detail)
