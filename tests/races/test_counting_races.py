"""Scanning against closing at the same moment: real processes, a database of their own."""

import pytest

pytestmark = pytest.mark.slow
COPIES = 60


def test_what_was_said_to_be_counted_is_counted(race):
    result = race("counting", str(COPIES))
    counted = {
        barcode
        for said in result["said"]
        for barcode, answer in said.items()
        if answer in ("found", "out_of_order")
    }
    told = {answer for said in result["said"] for answer in said.values()}
    assert told <= {"found", "out_of_order", "count-closed"}
    assert "count-closed" in told, "nobody came too late: the race did not take place"
    missing = {barcode for barcode, finding in result["lines"].items() if finding == "missing"}
    assert len(result["lines"]) == COPIES
    assert missing == set(result["missing"]) == set(result["lines"]) - counted
