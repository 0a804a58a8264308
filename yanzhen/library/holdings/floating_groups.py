"""Laying down floating groups: which branches, how much room each has, which titles never stay."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.holdings import access, rules
from yanzhen.library.holdings.models import (
    FloatingExclusion,
    FloatingGroup,
    FloatingMember,
    ItemKind,
)
from yanzhen.library.holdings.queries import copy_scanned
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def open_group(
    *,
    name: str,
    kinds: Iterable[ItemKind] = (),
    most_of_a_title: int = 2,
    by: Actor,
    at: dt.datetime,
) -> FloatingGroup:
    """A group without branches; it is in force from today on. Raises Refused."""
    access.require_laying_down_floating(by)
    name, day = name.strip()[:60], local_day(at)
    with transaction.atomic():
        refuse_first(
            rules.a_group_has_a_name_of_its_own(
                name, FloatingGroup.objects.filter(name=name).exists()
            ),
            rules.a_group_lets_at_least_one_of_a_title_in(most_of_a_title),
        )
        group = FloatingGroup.objects.create(
            name=name, most_of_a_title=most_of_a_title, begins_on=day
        )
        group.kinds.set(kinds)
        _note("opened", group, by, at, name=name, most_of_a_title=most_of_a_title)
    return group


def let_branch_in(
    *, group_id: int, node: Node, capacity: int, by: Actor, at: dt.datetime
) -> FloatingMember:
    """The branch keeps what is handed in there, up to `capacity` copies; again to change it."""
    with transaction.atomic():
        group = _in_force(group_id, by)
        member, _new = FloatingMember.objects.update_or_create(
            group=group, node=node, defaults={"capacity": capacity}
        )
        _note("branch_in", group, by, at, node=node.code, capacity=capacity)
    return member


def take_branch_out(*, group_id: int, node: Node, by: Actor, at: dt.datetime) -> None:
    """From now on what is handed in there goes home. What has stayed stays. Raises Refused."""
    with transaction.atomic():
        group = _in_force(group_id, by)
        group.members.filter(node=node).delete()
        _note("branch_out", group, by, at, node=node.code)


def leave_title_out(
    *, group_id: int, barcode: str, at_node: Node, by: Actor, at: dt.datetime
) -> FloatingExclusion:
    """The title of this copy always goes home. Raises Refused for a barcode nobody knows."""
    with transaction.atomic():
        group = _in_force(group_id, by)
        copy = copy_scanned(barcode, at_node)
        if copy is None:
            raise Refused("copy-unknown", _("不认识这个条码。"), _("请扫一本这种书的条码。"))
        left, _new = FloatingExclusion.objects.get_or_create(group=group, bib_id=copy.bib_id)
        _note("title_out", group, by, at, bib=copy.bib_id)
    return left


def let_title_in(*, group_id: int, bib_id: int, by: Actor, at: dt.datetime) -> None:
    """The title floats again like any other. Raises Refused."""
    with transaction.atomic():
        group = _in_force(group_id, by)
        group.exclusions.filter(bib=bib_id).delete()
        _note("title_in", group, by, at, bib=bib_id)


def end_group(*, group_id: int, by: Actor, at: dt.datetime) -> FloatingGroup:
    """Today is the last day of the group; what has stayed stays. Raises Refused."""
    with transaction.atomic():
        group = _in_force(group_id, by)
        group.ended_on = local_day(at)
        group.save(update_fields=["ended_on"])
        _note("ended", group, by, at)
    return group


def _in_force(group_id: int, by: Actor) -> FloatingGroup:
    access.require_laying_down_floating(by)
    group = FloatingGroup.objects.select_for_update().filter(pk=group_id).first()
    if group is None:
        raise Refused(
            "group-unknown", _("没有找到这个浮动组。"), _("请刷新页面再看看。"), status=404
        )
    refuse_first(rules.an_ended_group_changes_no_more(group.ended_on))
    return group


def _note(what: str, group: FloatingGroup, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(by=by, at=at, action=f"floating.{what}", subject=f"floating:{group.pk}", **detail)
