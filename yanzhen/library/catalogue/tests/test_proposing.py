import pytest
from django.db import IntegrityError, transaction

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import queries
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord, Proposal
from yanzhen.library.catalogue.proposing import adopt, decline, propose
from yanzhen.library.catalogue.record_editing import add_record, replace_marc
from yanzhen.library.catalogue.tests.makers import UNTITLED, annotated


@pytest.fixture
def clerk(place):
    return county.staff(place.zhonghe, "culture_officer", name="李文化")


@pytest.fixture
def proposal(place, clerk):
    return propose(chinese(), reason="新到一种", node=place.zhonghe, by=clerk, at=MONDAY)


def test_a_branch_proposes_and_the_main_house_adopts(place, proposal, librarian):
    assert not BibRecord.objects.exists()
    assert queries.open_proposals() == [proposal]
    adopted = adopt(proposal.pk, by=librarian, at=MONDAY)
    assert adopted.outcome == BibRecord.objects.get()
    assert queries.open_proposals() == []
    assert queries.proposals_of(place.zhonghe)[0].state == Proposal.State.ADOPTED


def test_only_the_main_house_decides(proposal, clerk):
    for act in (
        lambda: adopt(proposal.pk, by=clerk, at=MONDAY),
        lambda: decline(proposal.pk, "不要", by=clerk, at=MONDAY),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.status == 403


def test_a_branch_proposes_only_for_itself(place, clerk):
    with pytest.raises(Refused, match="not-your-branch"):
        propose(chinese(), reason="替别人", node=place.linjiang, by=clerk, at=MONDAY)


def test_a_proposed_change_never_undoes_what_was_changed_since(place, clerk, librarian):
    bib = add_record(chinese(), by=librarian, at=MONDAY)
    proposal = propose(
        annotated(chinese(), "分馆"), bib_id=bib.pk, revision=0, reason="漏了附注",
        node=place.zhonghe, by=clerk, at=MONDAY,
    )  # fmt: skip
    replace_marc(bib.pk, annotated(chinese(), "总馆"), by=librarian, at=MONDAY)
    with pytest.raises(Refused, match="record-changed-meanwhile"):
        adopt(proposal.pk, by=librarian, at=MONDAY)
    assert queries.open_proposals() == [proposal]
    adopt(proposal.pk, annotated(chinese(), "两样都有"), revision=1, by=librarian, at=MONDAY)
    assert "两样都有" in BibRecord.objects.get().marc


def test_a_proposal_is_decided_once(proposal, librarian):
    decline(proposal.pk, "已有这一版", by=librarian, at=MONDAY)
    with pytest.raises(Refused, match="proposal-decided"):
        adopt(proposal.pk, by=librarian, at=MONDAY)


def test_a_proposal_says_why(place, clerk):
    with pytest.raises(Refused, match="proposal-reason-missing"):
        propose(chinese(), reason="  ", node=place.zhonghe, by=clerk, at=MONDAY)
    with pytest.raises(Refused, match="no-title"):
        propose(UNTITLED, reason="好书", node=place.zhonghe, by=clerk, at=MONDAY)


def test_a_declined_proposal_has_an_answer(proposal, librarian):
    with pytest.raises(Refused, match="proposal-answer-missing"):
        decline(proposal.pk, " ", by=librarian, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state="declined", decided_at=MONDAY)
