"""Who comes at what hour and who likes to read what: enough for figures that look alive."""

import datetime as dt
from random import Random

from yanzhen.demo.titles import CLASSICS, Title
from yanzhen.demo.visits import school_is_on

# Reader category -> what draws it: audiences, item kinds and main classes, with how much.
DRAWS: dict[str, dict[str, float]] = {
    "child": {"child": 2.5, "teen": 1.8, "children": 1.0, "adult": -1.5, "elder": -2.0},
    "elder": {"elder": 1.5, "large_print": 1.5, "R": 0.8, "K": 0.5, "audio": 0.8, "children": -0.6},
    "migrant": {"T": 0.9, "S": 0.9, "D": 0.6, "F": 0.5, "teen": 0.2},
    "disabled": {"braille": 2.5, "audio": 2.0, "large_print": 0.8},
    "adult": {"I": 0.4, "children": 0.1, "B": 0.3},
    "staff": {"G": 0.5, "I": 0.3},
}
NEVER = -9.0
SIGHTED = {"child", "adult", "migrant", "staff", "elder"}


def liking(category: str, title: Title) -> float:
    """How much a reader of this category likes a title; NEVER for what is of no use to them."""
    if title.kind == "braille" and category in SIGHTED:
        return NEVER
    draws = DRAWS[category]
    tags = (title.audience, title.kind, title.clc[:1])
    return sum(draws.get(tag, 0.0) for tag in tags)


def popularity(title: Title, rng: Random) -> float:
    """From 0 to about 2: a few titles everybody wants, and a long tail."""
    classic = title.row["title"] in CLASSICS and title.kind == "book"
    return 2 * rng.random() ** 3 + (0.8 if classic else 0.0)


def likely_now(category: str, moment: dt.datetime) -> float:
    """How likely somebody of this category comes at this moment."""
    if category == "child":
        return 0.05 if school_is_on(moment) else 2.4
    weekend = moment.weekday() >= 5
    if category == "elder":
        return 2.0 if moment.hour < 12 else 0.7
    if category in ("migrant", "adult", "staff") and not weekend:
        return 0.5 if moment.hour < 17 else 1.8
    return 1.0
