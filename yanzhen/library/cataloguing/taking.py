"""Taking a found record: into the catalogue, over one of ours, or to the main house as a proposal.

The catalogue's own use-cases do it, with their rights and rules; here is kept where it came from.
"""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.library.catalogue.models import BibRecord, Proposal, RecordChange
from yanzhen.library.catalogue.proposing import propose
from yanzhen.library.catalogue.record_editing import add_record, replace_marc
from yanzhen.library.cataloguing.configuring import whereabouts
from yanzhen.library.cataloguing.models import FoundRecord, Intake
from yanzhen.library.cataloguing.weighing import weigh
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def take(found_id: int, *, by: Actor, at: dt.datetime) -> BibRecord:
    """Add the title. Raises Refused (the catalogue has it already, no right), DoesNotExist."""
    with transaction.atomic():
        found = _own(found_id, by)
        record = weigh(found.marc).record
        bib = add_record(record, source=found.target_name, by=by, at=at)
        _keep(found, Intake.How.ADDED, bib=bib, by=by, at=at)
    return bib


def take_over(
    found_id: int, bib_id: int, *, revision: int, by: Actor, at: dt.datetime
) -> BibRecord:
    """Put the record in the place of ours, whose `revision` was seen; history keeps ours.

    Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        found = _own(found_id, by)
        bib = replace_marc(
            bib_id, weigh(found.marc).record, revision=revision, how=RecordChange.How.IMPORTED,
            by=by, at=at,
        )  # fmt: skip
        _keep(found, Intake.How.REPLACED, bib=bib, by=by, at=at)
    return bib


def suggest(found_id: int, reason: str, *, node: Node, by: Actor, at: dt.datetime) -> Proposal:
    """What a branch does: propose it as a new title, or as a change of the one it matches.

    Raises Refused, DoesNotExist.
    """
    with transaction.atomic():
        found = _own(found_id, by)
        weighed = weigh(found.marc)
        same = weighed.same
        proposal = propose(
            weighed.record, bib_id=same.pk if same else None, revision=same.revision if same else 0,
            reason=reason, node=node, by=by, at=at,
        )  # fmt: skip
        _keep(found, Intake.How.PROPOSED, bib=same, proposal=proposal, by=by, at=at)
    return proposal


def _own(found_id: int, by: Actor) -> FoundRecord:
    """Found by whoever takes it. Raises DoesNotExist."""
    own = FoundRecord.objects.filter(search__by_id=by.account_id).select_related("target")
    return own.get(pk=found_id)


def _keep(
    found: FoundRecord, how: Intake.How, *, bib: BibRecord | None = None,
    proposal: Proposal | None = None, by: Actor, at: dt.datetime,
) -> None:  # fmt: skip
    address = whereabouts(found.target) if found.target else ""
    Intake.objects.create(
        how=how, bib=bib, proposal=proposal, target=found.target, target_name=found.target_name,
        target_address=address, marc=found.marc, by_id=by.account_id, by_name=by.name[:80], at=at,
    )  # fmt: skip
    subject = f"proposal:{proposal.pk}" if proposal else f"bib:{bib.pk}" if bib else ""
    audit.write(
        by=by, at=at, action=f"record.copied.{how}", subject=subject, target=found.target_name,
        address=address,
    )  # fmt: skip
