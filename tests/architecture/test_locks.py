"""Advisory locks of PostgreSQL are told apart by nothing but their numbers."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "yanzhen"
_NUMBER = re.compile(r"^\s*(\w+) = (7_204_\d{3})\b", re.MULTILINE)


def test_no_two_locks_share_a_number():
    holders = defaultdict(list)
    for path in sorted(ROOT.rglob("*.py")):
        for name, number in _NUMBER.findall(path.read_text("utf-8")):
            holders[number].append(f"{path.relative_to(ROOT)}:{name}")
    assert len(holders) >= 4
    assert {number: names for number, names in holders.items() if len(names) > 1} == {}


def test_every_advisory_lock_takes_a_number_of_ours():
    """A lock whose file names no number would escape the test above."""
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text("utf-8")
        if "pg_advisory" in source:
            assert _NUMBER.search(source), f"{path}: give the lock a number 7_204_xxx"
