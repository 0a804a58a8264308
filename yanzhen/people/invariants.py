"""What must hold over all people at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from yanzhen.groundwork.clock import local_day
from yanzhen.people.models import Guardianship, Person
from yanzhen.people.rules import is_child


def a_child_was_registered_with_a_guardians_consent() -> Iterator[str]:
    consent = Guardianship.objects.filter(child=OuterRef("pk"))
    alone = Person.objects.filter(~Exists(consent), born_on__isnull=False)
    for person in alone.only("id", "born_on", "registered_at").iterator(2000):
        if is_child(person.born_on, local_day(person.registered_at)):
            yield f"person {person.pk} was registered under 14 without a guardian's consent"


INVARIANTS = (a_child_was_registered_with_a_guardians_consent,)
