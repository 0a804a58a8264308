"""Resolution of the loan rules: total and deterministic, whatever the rows."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yanzhen.library.circulation.ruling import NEEDED, VALUES, RuleRow, choose

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
PATHS = ("", "hub.", "hub.zhonghe.")


@st.composite
def rows(draw):
    """Any rows at all, and the mandatory default."""
    made = [RuleRow(0, "", "", "", {"loan_days": 30, "max_loans": 10, "max_renewals": 1,
                                    "lendable": True}, dt.date(2000, 1, 1))]  # fmt: skip
    for number in range(draw(st.integers(0, 12))):
        names = draw(st.sets(st.sampled_from(VALUES), min_size=1))
        made.append(
            RuleRow(
                number + 1, draw(st.sampled_from(("", "adult", "child"))),
                draw(st.sampled_from(("", "book", "audio"))), draw(st.sampled_from(PATHS)),
                {name: draw(st.integers(0, 99)) for name in names}, draw(DAYS),
                draw(st.none() | DAYS),
            )
        )  # fmt: skip
    return made


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(rows(), st.randoms(), st.sampled_from(("adult", "child")), st.sampled_from(PATHS), DAYS)
def test_resolution_is_total_and_deterministic(made, random, category, path, day):
    wanted = {"category": category, "kind": "book", "path": path, "day": day}
    ruled = choose(made, **wanted)
    shuffled = list(made)
    random.shuffle(shuffled)
    assert choose(shuffled, **wanted) == ruled
    for name in VALUES:
        fitting = [row for row in made if row.fits(**wanted) and name in row.values]
        best = max(fitting, key=lambda row: row.rank, default=None)
        assert ruled.sources.get(name) == best
        assert getattr(ruled, name) == (best.values[name] if best else None)
    assert all(getattr(ruled, name) is not None for name in NEEDED)
