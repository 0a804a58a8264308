"""The sets a title stands in, by branch and by kind of material."""

from collections.abc import Iterable

BRANCH = "branch"  # every title with a copy in stock anywhere
MATERIAL = "material"  # every title: all have a kind of material


def specs_of(format: str, branches: Iterable[str]) -> list[str]:
    """The sets of a title that is at home in `branches` (node codes); the same every time."""
    homes = sorted(set(branches))
    return [*(f"{BRANCH}:{code}" for code in homes), f"{MATERIAL}:{format}"]


def with_ancestors(specs: Iterable[str]) -> list[str]:
    """As stored: what is in a part of `branch` is in `branch` too. `material` is everything."""
    specs = list(specs)
    above = [BRANCH] if any(spec.startswith(f"{BRANCH}:") for spec in specs) else []
    return [*above, *specs]
