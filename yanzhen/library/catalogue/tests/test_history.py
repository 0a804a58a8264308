import pytest

from tests.county import MONDAY
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import history
from yanzhen.library.catalogue.history import GONE, NEW
from yanzhen.library.catalogue.invariants import a_revision_is_the_number_of_changes
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord, RecordChange
from yanzhen.library.catalogue.record_editing import add_record, replace_marc, restore
from yanzhen.library.catalogue.taking_in import take_in
from yanzhen.library.catalogue.tests.makers import annotated, file, iso


@pytest.fixture
def bib(librarian):
    return add_record(chinese(), by=librarian, at=MONDAY)


def test_a_record_is_saved_over_what_was_seen(bib, librarian):
    replace_marc(bib.pk, annotated(chinese(), "甲"), revision=0, by=librarian, at=MONDAY)
    with pytest.raises(Refused, match="record-changed-meanwhile"):
        replace_marc(bib.pk, annotated(chinese(), "乙"), revision=0, by=librarian, at=MONDAY)
    bib.refresh_from_db()
    assert (bib.revision, "甲" in bib.marc) == (1, True)


def test_saving_nothing_new_is_no_change(bib, librarian):
    replace_marc(bib.pk, chinese(), revision=0, by=librarian, at=MONDAY)
    assert not RecordChange.objects.exists()


def test_every_change_can_be_seen_and_taken_back(bib, librarian):
    replace_marc(bib.pk, annotated(chinese(), "甲"), by=librarian, at=MONDAY)
    replace_marc(bib.pk, annotated(chinese(), "乙"), by=librarian, at=MONDAY)
    bib.refresh_from_db()
    newest, oldest = history.versions(bib)
    told = [(line.what, line.text) for line in newest.diff if line.what != history.KEPT]
    assert told == [(GONE, "300 ##$a甲"), (NEW, "300 ##$a乙")]
    assert newest.change.by_name == "王馆员"
    restore(bib.pk, oldest.change.pk, revision=2, by=librarian, at=MONDAY)
    bib.refresh_from_db()
    assert bib.marc == chinese().dumps()
    assert [change.how for change in bib.changes.order_by("revision")][-1] == "restored"
    assert list(a_revision_is_the_number_of_changes()) == []


def test_an_import_that_replaces_leaves_what_was_there(bib, librarian):
    data = file(iso(annotated(chinese(), "来自文件")))
    take_in(data, file_name="x.iso", on_match="replace", by=librarian, at=MONDAY)
    change = RecordChange.objects.get()
    assert (change.how, change.before) == ("imported", chinese().dumps())
    assert list(a_revision_is_the_number_of_changes()) == []
    BibRecord.objects.update(revision=7)
    assert list(a_revision_is_the_number_of_changes())
