"""How many copies of each class should go from where to where: a min-cost flow.

One unit of flow is one copy. It leaves a branch where its class is read little, reaches a branch
where the same class is read more per copy, and ends on that branch's free shelves:
source -> (class, giver) -> (class, taker) -> the taker's room. An arc pays by how many
more loans a year the copy may expect there, less what the journey costs. Every bound is a whole
number, so the simplex method of HiGHS ends on whole copies. Values in, values out; no query.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np

Key = tuple[str, int]  # class, node
JOURNEY = 0.15  # loans a year a journey must be worth: packing, the van, a scan, a shelf


@dataclass(frozen=True)
class Flow:
    """So many copies of a class from a node to a node, and the loans per copy at both ends."""

    clc: str
    from_node: int
    to_node: int
    copies: int
    read_here: float
    read_there: float


@dataclass(frozen=True)
class Stock:
    """What balancing looks at: copies, loans of a year and copies free to go, by class and node;
    free shelf places by node."""

    copies: Mapping[Key, int]
    loans: Mapping[Key, float]
    free: Mapping[Key, int]
    room: Mapping[int, int]


def balance(stock: Stock, *, at_most: int) -> list[Flow]:
    """The moves that gain most loans, at most so many copies in all; the largest gain first."""
    arcs = _arcs(stock)
    if not arcs or at_most <= 0:
        return []
    copies = _solve(arcs, stock, at_most)
    flows = [
        Flow(clc, giver, taker, number, here, there)
        for (clc, giver, taker, here, there), number in zip(arcs, copies, strict=True)
        if number
    ]
    return sorted(flows, key=lambda f: (-(f.read_there - f.read_here) * f.copies, f.clc))


def wanted(stock: Stock) -> dict[Key, int]:
    """How many copies more a node could keep as busy as the county's average of that class."""
    average = _averages(stock)
    more = {}
    for (clc, node), loans in stock.loans.items():
        if average[clc] > 0 and node in stock.room:
            fair = loans / average[clc]
            lacking = int((fair - stock.copies.get((clc, node), 0)) / 2)
            if lacking > 0:
                more[clc, node] = lacking
    return more


def _averages(stock: Stock) -> dict[str, float]:
    copies: dict[str, int] = defaultdict(int)
    loans: dict[str, float] = defaultdict(float)
    for (clc, _node), number in stock.copies.items():
        copies[clc] += number
    for (clc, _node), borrowed in stock.loans.items():
        loans[clc] += borrowed
    return {clc: loans[clc] / max(copies[clc], 1) for clc in {*copies, *loans}}


def _arcs(stock: Stock) -> list[tuple[str, int, int, float, float]]:
    givers: dict[str, list[int]] = defaultdict(list)
    for clc, node in sorted(stock.free):
        if stock.free[clc, node] > 0:
            givers[clc].append(node)
    arcs = []
    for clc, taker in sorted(wanted(stock)):
        there = _per_copy(stock, clc, taker)
        for giver in givers[clc]:
            here = _per_copy(stock, clc, giver)
            if giver != taker and there - here > JOURNEY:
                arcs.append((clc, giver, taker, here, there))
    return arcs


def _per_copy(stock: Stock, clc: str, node: int) -> float:
    return stock.loans.get((clc, node), 0.0) / max(stock.copies.get((clc, node), 0), 1)


def _solve(arcs: list, stock: Stock, at_most: int) -> list[int]:
    """Copies on each arc. Rows: what a giver may give, a taker wants, a room holds, all."""
    lacking, bounds, members = wanted(stock), [], defaultdict(list)
    for n, (clc, giver, taker, _here, _there) in enumerate(arcs):
        for row in (("gives", clc, giver), ("takes", clc, taker), ("room", "", taker), ("all",)):
            members[row].append(n)
    for row in members:
        bounds.append(
            {
                "gives": lambda r: stock.free[r[1], r[2]],
                "takes": lambda r: lacking[r[1], r[2]],
                "room": lambda r: max(stock.room[r[2]], 0),
                "all": lambda _r: at_most,
            }[row[0]](row)
        )
    return _simplex(
        [there - here - JOURNEY for _clc, _giver, _taker, here, there in arcs],
        list(members.values()),
        bounds,
    )


class _Quiet(highspy.Highs):
    """HiGHS greets on standard output while its callbacks are set up; hushed just before."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()


def _simplex(gains: list[float], rows: list[list[int]], bounds: list[int]) -> list[int]:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(gains), len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array(gains)
    model.col_lower_ = np.zeros(len(gains))
    model.col_upper_ = np.full(len(gains), highspy.kHighsInf)
    model.row_lower_ = np.zeros(len(rows))
    model.row_upper_ = np.array(bounds, dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)])
    model.a_matrix_.index_ = np.concatenate([np.array(row) for row in rows])
    model.a_matrix_.value_ = np.ones(sum(len(row) for row in rows))
    solver = _Quiet()
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the flow was not solved: {solver.getModelStatus()}")
    return [round(value) for value in solver.getSolution().col_value]
