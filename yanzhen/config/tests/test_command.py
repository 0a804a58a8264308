import pytest

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
