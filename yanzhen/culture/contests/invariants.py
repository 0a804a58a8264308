"""What must hold over all contests at every commit; each yields sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, Q, Sum

from yanzhen.culture.contests.counting import count
from yanzhen.culture.contests.models import Entry, Round, ScoreSheet
from yanzhen.culture.contests.ranking import thousandths


def a_result_is_recomputed_from_its_sheets() -> Iterator[str]:
    published = Round.objects.filter(state=Round.State.PUBLISHED).select_related("rubric")
    for round_ in published:
        result, counted = round_.results.first(), count(round_)
        if result is None or counted.ranking is None or counted.digest != result.digest:
            yield f"round {round_.pk}: its result does not follow from its sheets and votes"
            continue
        stored = list(result.lines.values_list("entry_id", "rank", "total"))
        again = [(p.entry_id, p.rank, thousandths(p.total)) for p in counted.ranking.places]
        if stored != again:
            yield f"round {round_.pk}: the lines of its result were changed"


def places_in_the_order_are_one_to_n() -> Iterator[str]:
    orders = Entry.objects.order_by().values("round").annotate(
        n=Count("pk"), first=Min("position"), last=Max("position")
    )  # fmt: skip
    for row in orders.filter(~Q(first=1) | ~Q(last=F("n"))):
        yield f"the order of round {row['round']} has gaps"


def votes_counted_are_ballots_given() -> Iterator[str]:
    given = dict(Round.objects.order_by().annotate(n=Count("ballots")).values_list("pk", "n"))
    rows = Entry.objects.order_by().values("round").annotate(n=Sum("votes"))
    counted = {row["round"]: row["n"] for row in rows}
    for round_id, ballots in given.items():
        if counted.get(round_id, 0) != ballots:
            yield f"round {round_id}: {ballots} ballots, {counted.get(round_id, 0)} votes counted"


def nobody_has_judged_their_own_town() -> Iterator[str]:
    own = ScoreSheet.objects.filter(judge__division=F("entry__team__division"))
    for sheet in own:
        yield f"score sheet {sheet.pk} is of a judge of the same town"


INVARIANTS = (
    a_result_is_recomputed_from_its_sheets,
    places_in_the_order_are_one_to_n,
    votes_counted_are_ballots_given,
    nobody_has_judged_their_own_town,
)
