"""Branches propose titles and changes; the main house decides (R40)."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.catalogue import access, rules
from yanzhen.library.catalogue.facts import ProposalDecided, ProposalMade
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord, Proposal, RecordChange
from yanzhen.library.catalogue.record_editing import add_record, replace_marc
from yanzhen.library.catalogue.titles import title_of
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

_LONGEST = 200


def propose(
    record: Record,
    *,
    bib_id: int | None = None,
    revision: int = 0,
    reason: str,
    node: Node,
    by: Actor,
    at: dt.datetime,
) -> Proposal:
    """Propose a new title, or a change of one whose `revision` was seen; nothing else changes.

    Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        access.require_proposing(by, node)
        bib = BibRecord.objects.get(pk=bib_id) if bib_id is not None else None
        title, derived = title_of(record)
        refuse_first(
            rules.a_record_has_a_title(derived),
            rules.a_proposal_says_why(reason),
            rules.a_deleted_title_is_not_changed(bib is not None and bib.deleted_at is not None),
        )
        proposal = Proposal.objects.create(
            bib=bib, marc=title.marc, title=title.title, revision=revision,
            reason=reason.strip()[:_LONGEST], node=node,
            by_id=by.account_id, by_name=by.name, at=at,
        )  # fmt: skip
        audit.write(
            by=by, at=at, action="record.proposed", subject=f"proposal:{proposal.pk}",
            place=node.code, bib=bib_id, title=title.title[:_LONGEST],
        )  # fmt: skip
        outbox.record(ProposalMade(proposal.pk, node.code), at=at)
    return proposal


def adopt(
    proposal_id: int,
    record: Record | None = None,
    *,
    revision: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> Proposal:
    """Take a proposal into the catalogue, as it is or as `record` puts it right.

    `revision` is the one of the title the decision was made on; by default the one the branch saw,
    so that a proposal never undoes what was changed since. Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        proposal = _open(proposal_id, by)
        chosen = record or Record.loads(proposal.marc)
        if proposal.bib_id is None:
            source = f"{proposal.node.code}"
            proposal.outcome = add_record(chosen, source=source, by=by, at=at)
        else:
            proposal.outcome = replace_marc(
                proposal.bib_id,
                chosen,
                revision=proposal.revision if revision is None else revision,
                how=RecordChange.How.PROPOSED,
                by=by,
                at=at,
            )
        _decide(proposal, Proposal.State.ADOPTED, "", by=by, at=at)
    return proposal


def decline(proposal_id: int, answer: str, *, by: Actor, at: dt.datetime) -> Proposal:
    """Say no, and why. Raises Refused, DoesNotExist."""
    with transaction.atomic():
        proposal = _open(proposal_id, by)
        refuse_first(rules.a_declined_proposal_has_an_answer(answer))
        _decide(proposal, Proposal.State.DECLINED, answer.strip()[:_LONGEST], by=by, at=at)
    return proposal


def _open(proposal_id: int, by: Actor) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    access.require_cataloguing(by)
    refuse_first(rules.a_proposal_is_decided_once(proposal.state))
    return proposal


def _decide(
    proposal: Proposal, state: Proposal.State, answer: str, *, by: Actor, at: dt.datetime
) -> None:
    proposal.state, proposal.answer = state, answer
    proposal.decided_at, proposal.decided_by = at, by.name
    proposal.save(update_fields=["state", "answer", "decided_at", "decided_by", "outcome"])
    audit.write(
        by=by, at=at, action=f"proposal.{state}", subject=f"proposal:{proposal.pk}", answer=answer
    )
    outbox.record(ProposalDecided(proposal.pk, proposal.node.code, str(state)), at=at)
