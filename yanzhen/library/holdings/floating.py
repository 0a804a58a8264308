"""Floating 浮动馆藏: may a copy stay where it was handed in?

A copy stays only inside its group, only where the branch has room for it and not yet enough of
the title, and never against a named exclusion. Somebody who waits for it goes before all that.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanzhen.library.holdings.models import (
    Copy,
    FloatingExclusion,
    FloatingGroup,
    FloatingMember,
    HomeMove,
)
from yanzhen.library.holdings.moving import move_home
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Room:
    """What a group says to one copy at one of its branches; values only but for the group."""

    group: FloatingGroup
    capacity: int
    housed: int
    of_this_title: int
    most_of_a_title: int
    excluded: bool
    waited_for: bool = False

    @property
    def verdict(self) -> str:
        return a_copy_floats_only_where_there_is_room(
            capacity=self.capacity,
            housed=self.housed,
            of_this_title=self.of_this_title,
            most_of_a_title=self.most_of_a_title,
            excluded=self.excluded,
            waited_for=self.waited_for,
        )

    @property
    def has_room(self) -> bool:
        return self.verdict == STAYS


STAYS, EXCLUDED, FULL, ENOUGH, WAITED_FOR = "stays", "excluded", "full", "enough", "waited_for"


def a_copy_floats_only_where_there_is_room(
    *,
    capacity: int,
    housed: int,
    of_this_title: int,
    most_of_a_title: int,
    excluded: bool,
    waited_for: bool,
) -> str:
    """STAYS, or why not: WAITED_FOR by a reader, EXCLUDED, ENOUGH of this title here, or the branch
    is FULL."""
    if waited_for:
        return WAITED_FOR
    if excluded:
        return EXCLUDED
    if of_this_title >= most_of_a_title:
        return ENOUGH
    return STAYS if housed < capacity else FULL


def room_for(copy: Copy, node: Node, *, on: dt.date, waited_for: bool = False) -> Room | None:
    """What the floating group of the copy's home and of `node` says; None where there is none.
    `waited_for`: a reader's hold is to be served with this copy.

    One query where no group is concerned. Of two groups the older one speaks.
    """
    if copy.home_node_id == node.pk or copy.state != Copy.State.ON_LOAN:
        return None
    member = _members(copy, node, on).first()
    if member is None:
        return None
    kinds = list(member.group.kinds.values_list("pk", flat=True))
    housed = Copy.objects.filter(home_node=node).exclude(
        state__in=[Copy.State.WITHDRAWN, Copy.State.LOST]
    )
    return Room(
        group=member.group,
        capacity=member.capacity,
        housed=(housed.filter(kind__in=kinds) if kinds else housed).count(),
        of_this_title=housed.filter(bib=copy.bib_id).count(),
        most_of_a_title=member.group.most_of_a_title,
        excluded=FloatingExclusion.objects.filter(group=member.group, bib=copy.bib_id).exists(),
        waited_for=waited_for,
    )


def _members(copy: Copy, node: Node, on: dt.date) -> QuerySet[FloatingMember]:
    """The places of `node` in groups that hold the copy's home too and take its kind."""
    kinds = FloatingGroup.kinds.through.objects.filter(floatinggroup=OuterRef("group"))
    home = FloatingMember.objects.filter(group=OuterRef("group"), node=copy.home_node_id)
    in_force = Q(group__begins_on__lte=on) & (Q(group__ended_on=None) | Q(group__ended_on__gte=on))
    takes_it = ~Exists(kinds) | Exists(kinds.filter(itemkind=copy.kind_id))
    found = FloatingMember.objects.filter(in_force, takes_it, Exists(home), node=node)
    return found.select_related("group").order_by("group_id")


def settle(copy: Copy, group: FloatingGroup, *, node: Node, by: Actor, at: dt.datetime) -> None:
    """Keep the copy here: it shelves at `node` from now on, under the group's rule."""
    move_home(copy, node, group=group, by=by, at=at)


def unsettle(copy: Copy, *, settled_at: dt.datetime, by: Actor, at: dt.datetime) -> None:
    """Undo what `settle` did at that moment, when the return it came from is undone."""
    move = HomeMove.objects.filter(copy=copy, at=settled_at, group__isnull=False).last()
    if move:
        move_home(copy, move.from_node, group=move.group, by=by, at=at)


def moves_under(group: FloatingGroup) -> QuerySet[HomeMove]:
    """What has stayed where under a group, newest first."""
    return group.moves.select_related("copy__bib", "from_node", "to_node").order_by("-pk")
