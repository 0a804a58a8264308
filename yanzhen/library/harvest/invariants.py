"""What must hold over all offers at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import F

from yanzhen.library.harvest.models import Membership


def an_offer_moves_with_its_sets() -> Iterator[str]:
    astray = Membership.objects.exclude(position=F("offer__position"))
    for offer_id, spec in astray.values_list("offer_id", "spec"):
        yield f"offer {offer_id} stands elsewhere in set {spec} than in the whole"


INVARIANTS = (an_offer_moves_with_its_sets,)
