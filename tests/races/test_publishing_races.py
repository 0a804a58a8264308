"""Two drafts for the same day at the same moment: one is published, the other is told so."""

import pytest

pytestmark = pytest.mark.slow
ROUNDS = 15


def test_one_of_two_drafts_for_the_same_day_is_published(race):
    result = race("publishing", str(ROUNDS))
    assert result["answers"] == [["published", "rules-overlap"]] * ROUNDS
    assert result["rows"] == 1 + ROUNDS
    assert result["broken"] == []
