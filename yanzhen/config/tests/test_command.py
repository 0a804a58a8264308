import os

import pytest
from django.core import management

from yanzhen.config import command
from yanzhen.config.command import spelled

KNOWN = {"marc_import", "check_invariants", "demo", "search_reindex"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("marc import a.mrc --dry-run", "marc_import a.mrc --dry-run"),
        ("check-invariants", "check_invariants"),
        ("demo", "demo"),
        ("search reindex", "search_reindex"),
        ("unheard of", "unheard of"),
        ("", ""),
    ],
)
def test_words_make_a_command(said, meant):
    assert spelled(said.split(), KNOWN) == meant.split()


def test_what_a_command_writes_is_for_its_owner_alone(tmp_path, monkeypatch):
    made = tmp_path / "db"
    monkeypatch.setattr(management, "execute_from_command_line", lambda words: made.touch())
    before = os.umask(0o022)
    try:
        command.main()
    finally:
        os.umask(before)
    assert made.stat().st_mode & 0o077 == 0
