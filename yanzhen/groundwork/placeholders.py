"""Statements written with `%s`, as the drivers' own placeholders want them."""

import re
from collections.abc import Callable

_PLACE = re.compile("%%|%s")


def placed(sql: str, mark: Callable[[], str]) -> str:
    """`sql` with `mark()` at each `%s`, in turn, and `%` for each `%%`."""
    return _PLACE.sub(lambda found: "%" if found[0] == "%%" else mark(), sql)
