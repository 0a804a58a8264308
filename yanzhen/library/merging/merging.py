"""Merging two titles into one, and undoing it."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.acquisitions import retitling as acquired
from yanzhen.library.catalogue import matching, record_editing
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings import retitling as held
from yanzhen.library.holds import retitling as queued
from yanzhen.library.holds.models import CAPTURED
from yanzhen.library.holds.retitling import Double
from yanzhen.library.merging import rules
from yanzhen.library.merging.facts import MergeUndone, TitlesMerged
from yanzhen.library.merging.models import TitleMerge, TwoTitles
from yanzhen.people.roles import Actor

_SIMPLE = {
    "copies": held.move_copies,
    "exclusions": held.move_exclusions,
    "lines": acquired.move_lines,
    "wishes": acquired.move_wishes,
}


def merge(kept_id: int, gone_id: int, *, by: Actor, at: dt.datetime) -> TitleMerge:
    """All that hangs on one title goes to another, and the one is marked deleted.

    Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        require_cataloguing(by)
        refuse_first(rules.a_title_is_merged_into_another(kept_id, gone_id))
        kept, gone = _locked(kept_id, gone_id)
        refuse_first(
            rules.only_living_titles_are_merged(bool(kept.deleted_at or gone.deleted_at)),
            rules.nobody_has_a_copy_of_both_set_aside(_waited_for_twice(kept_id, gone_id)),
        )
        moved: dict[str, list] = {name: move(gone_id, kept_id) for name, move in _SIMPLE.items()}
        moved["holds"], ended = queued.join(
            gone_id, kept_id, reason=_("合并重复的书目"), by_name=by.name, at=at
        )
        moved["ended"] = [list(asdict(each).values()) for each in ended]
        record_editing.delete_record(gone_id, copies=0, by=by, at=at)
        done = TitleMerge.objects.create(
            kept=kept, gone=gone, moved=moved, at=at, by_name=by.name[:80]
        )
        _write("titles.merged", done, by, at)
        outbox.record(TitlesMerged([kept_id, gone_id]), at=at)
    return done


def undo(merge_id: int, *, by: Actor, at: dt.datetime) -> TitleMerge:
    """Give back what a merge moved, as far as it is still with the title that stayed.

    Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        require_cataloguing(by)
        seen = TitleMerge.objects.get(pk=merge_id)
        kept, gone = _locked(seen.kept_id, seen.gone_id)
        done = TitleMerge.objects.select_for_update().get(pk=merge_id)
        refuse_first(
            rules.a_merge_is_undone_once(done.undone_at is not None),
            rules.a_merge_is_undone_while_its_title_lives(kept.deleted_at is not None),
        )
        record_editing.bring_back(gone.pk, by=by, at=at)
        for name, move in _SIMPLE.items():
            move(kept.pk, gone.pk, done.moved[name])
        ended = [Double(*each) for each in done.moved["ended"]]
        queued.part(
            gone.pk, kept.pk, done.moved["holds"], ended,
            reason=_("撤销合并"), by_name=by.name, at=at,
        )  # fmt: skip
        done.undone_at, done.undone_by = at, by.name[:80]
        done.save(update_fields=["undone_at", "undone_by"])
        _write("titles.parted", done, by, at)
        outbox.record(MergeUndone([kept.pk, gone.pk]), at=at)
    return done


def tell_apart(one: int, other: int, *, by: Actor, at: dt.datetime) -> None:
    """Say that a pair is two titles; it is not shown again. Saying it twice is once."""
    with transaction.atomic():
        require_cataloguing(by)
        refuse_first(rules.a_title_is_merged_into_another(one, other))
        first, second = sorted((one, other))
        _pair, made = TwoTitles.objects.get_or_create(
            first_id=first, second_id=second, defaults={"at": at, "by_name": by.name[:80]}
        )
        if made:
            audit.write(
                by=by, at=at, action="titles.told-apart", subject=f"bib:{first}", other=second
            )


def _locked(kept_id: int, gone_id: int) -> tuple[BibRecord, BibRecord]:
    """Both titles and their copies, kept to this transaction: copies first, as everywhere."""
    matching.hold()
    held.lock_copies(kept_id, gone_id)
    pair = BibRecord.objects.select_for_update().filter(pk__in=(kept_id, gone_id)).order_by("pk")
    rows = {bib.pk: bib for bib in pair}
    if kept_id not in rows or gone_id not in rows:
        raise BibRecord.DoesNotExist
    return rows[kept_id], rows[gone_id]


def _waited_for_twice(kept_id: int, gone_id: int) -> list[str]:
    return [
        stays.person.name
        for stays, ends in queued.doubles(gone_id, kept_id)
        if ends.state in CAPTURED
    ]


def _write(action: str, done: TitleMerge, by: Actor, at: dt.datetime) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"bib:{done.kept_id}", other=done.gone_id,
        merge=done.pk, moved={name: len(ids) for name, ids in done.moved.items()},
    )  # fmt: skip
