"""One title at a time: adding, changing and deleting it."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.catalogue import access, history, matching, rules
from yanzhen.library.catalogue.facts import RecordDeleted, RecordSaved
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord, RecordChange
from yanzhen.library.catalogue.titles import Title, title_of
from yanzhen.people.roles import Actor


def add_record(record: Record, *, source: str = "", by: Actor, at: dt.datetime) -> BibRecord:
    """Add a title. Raises Refused when it has no title or is in the catalogue already."""
    with transaction.atomic():
        matching.hold()
        access.require_cataloguing(by)
        title, derived = title_of(record)
        found = matching.found([title.match_key]).get(title.match_key)
        refuse_first(
            rules.a_record_has_a_title(derived),
            rules.a_title_is_catalogued_once(title.match_key, found),
        )
        bib = BibRecord.objects.create(
            **title._asdict(), source=source, created_at=at, changed_at=at
        )
        audit.write(
            by=by, at=at, action="record.added", subject=f"bib:{bib.pk}", title=bib.title[:200]
        )
        outbox.record(RecordSaved(bib.pk), at=at)
    return bib


def replace_marc(
    bib_id: int,
    record: Record,
    *,
    revision: int | None = None,
    how: str = RecordChange.How.EDITED,
    by: Actor,
    at: dt.datetime,
) -> BibRecord:
    """Put `record` in the place of a title's MARC; all else follows.

    `revision` is the one that was on the screen: if somebody has saved since, nothing is changed.
    Saving what stands there already changes nothing. Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        matching.hold()
        bib = BibRecord.objects.select_for_update().get(pk=bib_id)
        access.require_cataloguing(by)
        title, derived = title_of(record)
        found = matching.found([title.match_key]).get(title.match_key)
        refuse_first(
            rules.a_deleted_title_is_not_changed(bib.deleted_at is not None),
            rules.a_record_is_saved_over_what_was_seen(bib.revision, revision),
            rules.a_record_has_a_title(derived),
            rules.a_title_is_catalogued_once(title.match_key, found if found != bib_id else None),
        )
        before = bib.marc
        if title.marc == before:
            return bib
        history.ended([bib_id], how=how, by_name=by.name, at=at)
        bib.revision += 1
        for name, value in title._asdict().items():
            setattr(bib, name, value)
        bib.changed_at = at
        bib.save(update_fields=[*Title._fields, "changed_at", "revision"])
        audit.write(by=by, at=at, action="record.changed", subject=f"bib:{bib_id}", before=before)
        outbox.record(RecordSaved(bib_id), at=at)
    return bib


def delete_record(bib_id: int, *, copies: int, by: Actor, at: dt.datetime) -> None:
    """Mark a title deleted; the row stays, for harvesters and history. Deleting twice is once.

    `copies` are those still in stock, told by whoever knows the holdings. Raises Refused,
    DoesNotExist.
    """
    with transaction.atomic():
        bib = BibRecord.objects.select_for_update().get(pk=bib_id)
        access.require_cataloguing(by)
        refuse_first(rules.a_title_with_copies_stays(copies))
        if bib.deleted_at is not None:
            return
        BibRecord.objects.filter(pk=bib_id).update(deleted_at=at, changed_at=at)
        audit.write(
            by=by, at=at, action="record.deleted", subject=f"bib:{bib_id}", title=bib.title[:200]
        )
        outbox.record(RecordDeleted(bib_id), at=at)


def bring_back(bib_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Take the mark of a deleted title away; of a living one nothing changes.

    Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        bib = BibRecord.objects.select_for_update().get(pk=bib_id)
        access.require_cataloguing(by)
        if bib.deleted_at is None:
            return
        BibRecord.objects.filter(pk=bib_id).update(deleted_at=None, changed_at=at)
        audit.write(
            by=by, at=at, action="record.brought-back", subject=f"bib:{bib_id}",
            title=bib.title[:200],
        )  # fmt: skip
        outbox.record(RecordSaved(bib_id), at=at)


def restore(
    bib_id: int, change_id: int, *, revision: int | None = None, by: Actor, at: dt.datetime
) -> BibRecord:
    """Put back what a title was before one of its changes; a change like any other.

    Raises Refused, DoesNotExist.
    """
    change = RecordChange.objects.get(pk=change_id, bib_id=bib_id)
    return replace_marc(
        bib_id, Record.loads(change.before), revision=revision, how=RecordChange.How.RESTORED,
        by=by, at=at,
    )  # fmt: skip
