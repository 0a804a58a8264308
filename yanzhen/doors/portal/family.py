"""For whom a reader looks and acts: for oneself, and for the children one is guardian of."""

from yanzhen.doors.gate import Request
from yanzhen.groundwork import clock
from yanzhen.people.models import Person
from yanzhen.people.queries import wards_of


def family_of(request: Request) -> list[Person]:
    """Whoever has signed in, then the children; nobody for a stranger. One query."""
    person_id = request.actor.person_id
    if person_id is None:
        return []
    return [request.user.person, *(bond.child for bond in wards_of(person_id, clock.today()))]
