"""How long a book stays at somebody's home, and where it is brought back."""

from collections.abc import Sequence
from random import Random

from yanzhen.network.models import Node

FOREVER = 9999  # days
FORGOTTEN = 0.008  # share of loans nobody remembers to bring back
SLOW = 0.12  # share of loans that take weeks
AWAY = 0.25  # share of returns at another house


def days_at_home(rng: Random) -> int:
    """Most books are back within the week, some take weeks, a few are forgotten."""
    chance = rng.random()
    if chance < FORGOTTEN:
        return FOREVER
    shape, scale = (4.0, 4.8) if chance < SLOW else (2.0, 1.9)
    return max(round(rng.gammavariate(shape, scale)), 1)


def house_of_return(lent: Node, nodes: Sequence[Node], rng: Random) -> Node:
    """Three quarters go back where they came from, many others to the main library."""
    if rng.random() > AWAY:
        return lent
    others = [node for node in nodes if node.pk != lent.pk]
    nearer = [8 if node.level == Node.Level.HUB else 1 for node in others]
    return rng.choices(others, nearer)[0]
