import pytest
from django.urls import reverse

from tests import county
from tests.county import MONDAY
from yanzhen.library.catalogue.marc import lines
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord, Proposal
from yanzhen.library.catalogue.record_editing import add_record


@pytest.fixture
def bib(place):
    return add_record(chinese(), by=county.staff(place.hub), at=MONDAY)


@pytest.fixture
def cataloguer(client, place):
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    return client


@pytest.fixture
def branch(client, place):
    client.force_login(county.account("zhonghe", place.zhonghe))
    return client


def _edit(bib, node="main-library"):
    return reverse("desk:edit-record", args=[node, bib.pk])


def test_a_record_is_found_edited_and_put_back(cataloguer, bib):
    listing = reverse("desk:cataloguing", args=["main-library"])
    assert "红楼梦" in cataloguer.get(listing, {"q": "9787020002207"}).content.decode()
    text = lines.written(chinese()).replace("1606页", "1607页")
    answer = cataloguer.post(_edit(bib), {"text": text, "revision": "0"}, follow=True)
    page = answer.content.decode()
    assert "1606页" in page
    assert "1607页" in page
    change = bib.changes.get()
    address = reverse("desk:restore-record", args=["main-library", bib.pk, change.pk])
    cataloguer.post(address, {"revision": "1"})
    bib.refresh_from_db()
    assert bib.marc == chinese().dumps()


def test_nothing_typed_is_lost_when_somebody_saved_meanwhile(cataloguer, bib):
    mine = lines.written(chinese()).replace("1606页", "1607页")
    theirs = lines.written(chinese()).replace("1606页", "1608页")
    cataloguer.post(_edit(bib), {"text": theirs, "revision": "0"})
    page = cataloguer.post(_edit(bib), {"text": mine, "revision": "0"}).content.decode()
    assert "1607页" in page
    assert "1608页" in page
    assert 'name="revision" value="1"' in page


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_revision_that_is_none_saves_nothing(cataloguer, bib, revision):
    text = lines.written(chinese()).replace("1606页", "1607页")
    cataloguer.post(_edit(bib), {"text": text, "revision": revision})
    assert not bib.changes.exists()


def test_a_mistake_is_told_with_its_line(cataloguer, bib):
    text = lines.written(chinese()).replace("200 1#", "200 1")
    page = cataloguer.post(_edit(bib), {"text": text, "revision": "0"}).content.decode()
    assert "第 6 行" in page
    assert "两位指示符" in page


def test_a_branch_only_proposes(branch, bib, client, place):
    text = lines.written(chinese()).replace("1606页", "1607页")
    posted = {"text": text, "revision": "0", "reason": "页数不对"}
    branch.post(_edit(bib, "zhonghe"), posted)
    bib.refresh_from_db()
    assert bib.revision == 0
    proposal = Proposal.objects.get()
    decision = reverse("desk:decide-proposal", args=["main-library", proposal.pk])
    assert branch.post(decision, {"decision": "adopt"}).status_code == 403
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    client.post(decision, {"decision": "adopt"})
    assert "1607页" in BibRecord.objects.get().marc
