"""The contest of the demo county."""

from yanzhen.culture.contests.invariants import INVARIANTS
from yanzhen.culture.contests.models import Contest, Entry, Round, Team
from yanzhen.network.models import Division


def test_every_town_has_a_team_and_the_heats_stand_at_three_points(county):
    assert Contest.objects.get().year == 2026
    towns = set(Division.objects.towns().values_list("pk", flat=True))
    assert set(Team.objects.values_list("division", flat=True)) == towns
    assert len(towns) == 22
    states = list(Round.objects.order_by("state").values_list("state", flat=True))
    assert states == ["draft"] * 4 + ["judging", "published"]
    assert Entry.objects.filter(round__cluster=None).count() == 2
    assert all("演示" in name for name in Team.objects.values_list("name", flat=True))


def test_the_contest_is_sound_and_its_result_was_corrected_once(county):
    assert [sentence for invariant in INVARIANTS for sentence in invariant()] == []
    heat = Round.objects.get(state=Round.State.PUBLISHED)
    assert heat.results.count() == 2
    assert heat.ballots.count() > 20
