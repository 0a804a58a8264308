"""Every invariant of every package, for `yanzhen check-invariants` and for the tests."""

from collections.abc import Iterator

from yanzhen.culture.activities import invariants as activities
from yanzhen.culture.booking import invariants as booking
from yanzhen.culture.contests import invariants as contests
from yanzhen.culture.courses import invariants as courses
from yanzhen.culture.resources import invariants as resources
from yanzhen.culture.telling import invariants as telling
from yanzhen.culture.tours import invariants as tours
from yanzhen.groundwork import audit
from yanzhen.library.acquisitions import invariants as acquisitions
from yanzhen.library.catalogue import invariants as catalogue
from yanzhen.library.circulation import invariants as circulation
from yanzhen.library.harvest import invariants as harvest
from yanzhen.library.holdings import invariants as holdings
from yanzhen.library.holds import invariants as holds
from yanzhen.library.merging import invariants as merging
from yanzhen.library.patrons import invariants as patrons
from yanzhen.library.rotation import invariants as rotation
from yanzhen.library.withdrawal import invariants as withdrawal
from yanzhen.network import invariants as network
from yanzhen.people import invariants as people


def the_audit_chain_is_whole() -> Iterator[str]:
    for entry_id in audit.broken_links():
        yield f"audit entry {entry_id} does not fit its link: history was changed"


INVARIANTS = (
    *network.INVARIANTS,
    *people.INVARIANTS,
    *catalogue.INVARIANTS,
    *patrons.INVARIANTS,
    *holdings.INVARIANTS,
    *holds.INVARIANTS,
    *circulation.INVARIANTS,
    *harvest.INVARIANTS,
    *rotation.INVARIANTS,
    *withdrawal.INVARIANTS,
    *acquisitions.INVARIANTS,
    *merging.INVARIANTS,
    *activities.INVARIANTS,
    *booking.INVARIANTS,
    *courses.INVARIANTS,
    *telling.INVARIANTS,
    *resources.INVARIANTS,
    *tours.INVARIANTS,
    *contests.INVARIANTS,
    the_audit_chain_is_whole,
)


def broken() -> Iterator[tuple[str, str]]:
    """Yield (name of the invariant, sentence) for whatever does not hold."""
    for invariant in INVARIANTS:
        for sentence in invariant():
            yield invariant.__name__, sentence
