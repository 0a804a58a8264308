import pytest

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.marc.record import Field, Record
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord, Proposal
from yanzhen.library.catalogue.proposing import adopt
from yanzhen.library.catalogue.record_editing import add_record
from yanzhen.library.cataloguing import queries
from yanzhen.library.cataloguing.models import CopySearch, FoundRecord, Intake
from yanzhen.library.cataloguing.taking import suggest, take, take_over
from yanzhen.library.cataloguing.tests.makers import target
from yanzhen.library.cataloguing.weighing import weigh
from yanzhen.people.roles import Actor, Grant


@pytest.fixture
def by(place):
    return county.staff(place.hub)


def found(place, record: Record | None = None, *, by_id: int | None = 1) -> FoundRecord:
    search = CopySearch.objects.create(
        field="isbn", term="9787020002207", by_id=by_id, node=place.hub, at=MONDAY
    )
    record = record or chinese()
    return FoundRecord.objects.create(
        search=search, target=target(f"馆{search.pk}"), target_name=f"馆{search.pk}",
        group=0, rank=0, marc=record.dumps(),
    )  # fmt: skip


def test_a_record_is_taken_in_with_its_origin_and_without_their_copies(place, by):
    one = found(place, chinese().replacing("852", Field.of("852", "  ", ("a", "x"))))
    bib = take(one.pk, by=by, at=MONDAY)
    kept = Record.loads(bib.marc)
    assert kept.all("905") == kept.all("852") == []
    assert kept.first("200", "a") == "红楼梦"
    assert bib.source == one.target_name
    intake = Intake.objects.get()
    assert (intake.how, intake.bib, intake.by_name, intake.at) == ("added", bib, by.name, MONDAY)
    assert (intake.target_name, intake.target_address) == (one.target_name, one.target.address)
    assert "905" in intake.marc, "what came is kept as it came"
    assert AuditEntry.objects.filter(action="record.copied.added", subject=f"bib:{bib.pk}").exists()
    assert queries.origin(bib.pk) == [intake]


def test_what_we_have_is_not_taken_twice(place, by):
    take(found(place).pk, by=by, at=MONDAY)
    with pytest.raises(Refused) as refused:
        take(found(place).pk, by=by, at=MONDAY)
    assert refused.value.code == "title-exists"
    assert Intake.objects.count() == 1


def test_the_origin_outlives_the_target_and_the_search(place, by):
    one = found(place)
    bib = take(one.pk, by=by, at=MONDAY)
    one.target.delete()
    one.search.delete()
    (intake,) = queries.origin(bib.pk)
    assert intake.target is None
    assert intake.target_name == bib.source


def test_a_record_goes_over_ours_and_ours_stays_in_the_history(place, by):
    bib = add_record(chinese().replacing("330"), by=by, at=MONDAY)
    before = bib.marc
    take_over(found(place).pk, bib.pk, revision=0, by=by, at=MONDAY)
    bib.refresh_from_db()
    assert Record.loads(bib.marc).get("330") is not None
    assert bib.changes.get().before == before
    assert Intake.objects.get().how == "replaced"


def test_what_somebody_saved_meanwhile_is_not_written_over(place, by):
    bib = add_record(chinese().replacing("330"), by=by, at=MONDAY)
    with pytest.raises(Refused) as refused:
        take_over(found(place).pk, bib.pk, revision=7, by=by, at=MONDAY)
    assert refused.value.code == "record-changed-meanwhile"
    assert not Intake.objects.exists()


def test_a_branch_proposes_and_the_main_house_decides(place, by):
    branch = county.staff(place.zhonghe, "culture_officer")
    one = found(place)
    with pytest.raises(Refused):
        take(one.pk, by=branch, at=MONDAY)
    proposal = suggest(one.pk, "读者捐的书", node=place.zhonghe, by=branch, at=MONDAY)
    assert (proposal.bib, proposal.state) == (None, Proposal.State.OPEN)
    assert not BibRecord.objects.exists()
    assert "905" not in proposal.marc
    assert Intake.objects.get().proposal == proposal
    adopt(proposal.pk, by=by, at=MONDAY)
    assert BibRecord.objects.get().title == "红楼梦"


def test_a_branch_proposes_a_change_where_we_have_the_title(place, by):
    bib = add_record(chinese().replacing("330"), by=by, at=MONDAY)
    branch = county.staff(place.zhonghe, "culture_officer")
    proposal = suggest(found(place).pk, "有提要", node=place.zhonghe, by=branch, at=MONDAY)
    assert (proposal.bib, proposal.revision) == (bib, bib.revision)


def test_nobody_takes_what_another_has_found(place):
    other = Actor(2, 2, "李馆员", (Grant("librarian", place.hub.path, place.hub.code),))
    with pytest.raises(FoundRecord.DoesNotExist):
        take(found(place).pk, by=other, at=MONDAY)


def test_weighing_finds_the_same_title_and_what_shares_its_isbn(place, by):
    same = add_record(chinese(), by=by, at=MONDAY)
    alike = add_record(chinese("红楼梦图咏"), by=by, at=MONDAY)
    weighed = weigh(chinese(number="9").dumps())
    assert (weighed.same, weighed.alike, weighed.left_out) == (same, [alike], ["905"])
