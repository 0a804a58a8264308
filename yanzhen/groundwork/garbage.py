"""Python's garbage collection: where it only takes time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 500_000  # new containers between two looks, instead of 700


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom while plain tuples and strings pass through by the million.

    They hold no cycles, and looking through them again and again takes a fifth of the time. What
    is loaded already is not looked at at all.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def never_collect() -> None:
    """For a process that ends with its work, all of it plain tuples and strings."""
    gc.disable()


def never_collect_what_is_loaded() -> None:
    """For a server: modules, views and settings stay as long as it runs.

    To look through them all takes a tenth of a second, and some visitor's page waits for it.
    """
    gc.collect()
    gc.freeze()
