"""The network as lines of a page or a table: towns by cluster, each with what a visitor asks."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from yanzhen.doors.portal.branches_words import (
    MARK_OF_STATUS,
    Now,
    now_of,
    status_word,
    usual_words,
)
from yanzhen.network.models import Cluster, Node
from yanzhen.network.opening import calendars_of
from yanzhen.network.queries import TREES, TownCover, coverage, hubs

OPEN = Node.Status.OPEN


@dataclass(frozen=True)
class TreeStatus:
    """How far one of the two branches of a town is."""

    tree: str
    is_open: bool
    mark: str
    word: str


@dataclass(frozen=True)
class TownLine:
    """A town with the node whose telephone and hours stand for it."""

    cover: TownCover
    face: Node | None
    now: Now | None
    usual: str
    trees: list[TreeStatus]


@dataclass(frozen=True)
class Group:
    """The towns of one cluster; None for towns in none."""

    cluster: Cluster | None
    lines: list[TownLine]

    @property
    def name(self) -> str:
        return self.cluster.label if self.cluster else _("未划入片区的镇街")


def hub_lines(moment: dt.datetime) -> list[tuple[Node, Now, str]]:
    """The main library and the culture centre with their state and their usual week."""
    nodes = list(hubs())
    calendars = calendars_of(node.pk for node in nodes)
    today = timezone.localtime(moment).date()
    return [
        (node, now_of(node, calendars[node.pk], moment), usual_words(calendars[node.pk], today))
        for node in nodes
    ]


def town_lines(moment: dt.datetime, only: set[int] | None = None) -> list[TownLine]:
    """A line for every living town, or for those whose ids are in `only`."""
    covers = [
        cover
        for cover in coverage(timezone.localtime(moment).date())
        if only is None or cover.division.pk in only
    ]
    faces = {cover.division.pk: _face(cover) for cover in covers}
    calendars = calendars_of(node.pk for node in faces.values() if node)
    return [_line(cover, faces[cover.division.pk], calendars, moment) for cover in covers]


def grouped(lines: list[TownLine]) -> list[Group]:
    """By cluster, in the order of the clusters; towns in none come last."""

    def key(line: TownLine) -> int | float:
        return line.cover.cluster.pk if line.cover.cluster else float("inf")

    groups = (list(group) for _key, group in groupby(sorted(lines, key=key), key))
    return [Group(group[0].cover.cluster, group) for group in groups]


def _face(cover: TownCover) -> Node | None:
    return next((cover.branches[tree] for tree in TREES if tree in cover.branches), None)


def _line(cover: TownCover, face: Node | None, calendars: dict, moment: dt.datetime) -> TownLine:
    now, usual = None, ""
    if face:
        now = now_of(face, calendars[face.pk], moment)
        usual = usual_words(calendars[face.pk], cover.on)
    statuses = [(tree, cover.status(tree)) for tree in TREES]
    trees = [
        TreeStatus(tree, status == OPEN, MARK_OF_STATUS[status], status_word(status))
        for tree, status in statuses
    ]
    return TownLine(cover, face, now, usual, trees)
