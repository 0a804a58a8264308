import datetime as dt

from tests import county as makers
from tests.county import MONDAY
from yanzhen.people.invariants import a_child_was_registered_with_a_guardians_consent
from yanzhen.people.models import Guardianship


def test_a_child_was_registered_with_a_guardians_consent(db):
    guardian, child = makers.person("李秀英"), makers.person(born_on=dt.date(2017, 1, 1))
    assert list(a_child_was_registered_with_a_guardians_consent()) == [
        f"person {child.pk} was registered under 14 without a guardian's consent"
    ]
    Guardianship.objects.create(
        child=child,
        guardian=guardian,
        relation="parent",
        channel="paper",
        consent_text="1",
        consented_at=MONDAY,
    )
    assert list(a_child_was_registered_with_a_guardians_consent()) == []
