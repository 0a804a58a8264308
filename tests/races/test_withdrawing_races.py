"""Lending against approving a withdrawal: real processes, a database of their own."""

import pytest

pytestmark = pytest.mark.slow
COPIES = 60


def test_a_copy_is_lent_or_withdrawn_and_never_both(race):
    result = race("withdrawing", str(COPIES))
    assert result["broken"] == []
    assert set(result["said"].values()) == {"lent", "copy-withdrawn"}, "the race did not take place"
    for barcode, answer in result["said"].items():
        ended = {"lent": "on_loan", "copy-withdrawn": "withdrawn"}[answer]
        assert result["states"][barcode] == ended
