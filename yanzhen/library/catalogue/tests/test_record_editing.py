import pytest

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import queries
from yanzhen.library.catalogue.invariants import INVARIANTS
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.record_editing import add_record, delete_record, replace_marc
from yanzhen.library.catalogue.tests.makers import UNTITLED, annotated


@pytest.fixture
def bib(librarian):
    return add_record(chinese(), by=librarian, at=MONDAY)


def _broken() -> list[str]:
    return [sentence for check in INVARIANTS for sentence in check()]


def test_a_record_is_added(bib):
    assert (bib.title, bib.isbn13) == ("红楼梦", "9787020002207")
    assert queries.record(bib.pk) == chinese()
    assert Fact.objects.get().body == {"bib_id": bib.pk}
    assert AuditEntry.objects.get().subject == f"bib:{bib.pk}"
    assert _broken() == []


def test_a_title_is_catalogued_once(bib, librarian):
    with pytest.raises(Refused, match="title-exists") as refused:
        add_record(annotated(chinese(), "又一条"), by=librarian, at=MONDAY)
    assert str(bib.pk) in refused.value.message


def test_a_record_has_a_title(bib, librarian):
    with pytest.raises(Refused, match="no-title"):
        add_record(UNTITLED, by=librarian, at=MONDAY)
    with pytest.raises(Refused, match="no-title"):
        replace_marc(bib.pk, UNTITLED, by=librarian, at=MONDAY)


def test_marc_is_replaced_and_everything_follows(bib, librarian):
    replace_marc(bib.pk, chinese("石头记"), by=librarian, at=MONDAY)
    bib.refresh_from_db()
    assert bib.title == "石头记"
    assert AuditEntry.objects.get(action="record.changed").detail["before"] == chinese().dumps()
    assert Fact.objects.count() == 2
    assert _broken() == []


def test_marc_is_not_replaced_by_another_titles(bib, librarian):
    other = add_record(chinese("石头记"), by=librarian, at=MONDAY)
    with pytest.raises(Refused, match="title-exists"):
        replace_marc(other.pk, chinese(), by=librarian, at=MONDAY)
    replace_marc(other.pk, annotated(chinese("石头记"), "附注"), by=librarian, at=MONDAY)


def test_a_title_with_copies_stays(bib, librarian):
    with pytest.raises(Refused, match="title-has-copies"):
        delete_record(bib.pk, copies=2, by=librarian, at=MONDAY)
    assert BibRecord.objects.living().count() == 1


def test_a_deleted_title_is_a_marked_row(bib, librarian):
    for _ in range(2):
        delete_record(bib.pk, copies=0, by=librarian, at=MONDAY)
    assert BibRecord.objects.get().deleted_at == MONDAY
    assert Fact.objects.filter(kind="RecordDeleted").count() == 1
    assert list(queries.export()) == []
    with pytest.raises(BibRecord.DoesNotExist):
        queries.record(bib.pk)
    with pytest.raises(Refused, match="title-deleted"):
        replace_marc(bib.pk, chinese("石头记"), by=librarian, at=MONDAY)
    assert add_record(chinese(), by=librarian, at=MONDAY).pk != bib.pk


def test_a_branch_writes_no_titles(bib, place):
    clerk = county.staff(place.zhonghe, "librarian")
    for act in (
        lambda: add_record(chinese("石头记"), by=clerk, at=MONDAY),
        lambda: replace_marc(bib.pk, chinese("石头记"), by=clerk, at=MONDAY),
        lambda: delete_record(bib.pk, copies=0, by=clerk, at=MONDAY),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.status == 403


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "别的"}, "title is not what its MARC says"),
        ({"match_key": "x"}, "match_key is not what its MARC says"),
        ({"match_key": ""}, "no match key"),
        ({"deleted_at": MONDAY.replace(year=2020)}, "before it was made"),
    ],
)
def test_the_invariants_see_what_was_changed_behind_their_back(bib, change, sentence):
    BibRecord.objects.update(**change)
    assert any(sentence in each for each in _broken())
