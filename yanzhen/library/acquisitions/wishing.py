"""Asking for a title: a branch wishes 采购意向, a reader suggests 荐购."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.acquisitions import access, rules
from yanzhen.library.acquisitions.described import Title
from yanzhen.library.acquisitions.facts import WishDecided
from yanzhen.library.acquisitions.models import Wish
from yanzhen.network.models import Node
from yanzhen.network.queries.nodes import hubs
from yanzhen.people.models import Person
from yanzhen.people.roles import Actor


def wish(
    title: Title, *, node: Node, quantity: int = 1, note: str = "", by: Actor, at: dt.datetime
) -> Wish:
    """Put a title on a branch's list. Raises Refused."""
    with transaction.atomic():
        access.require_wishing(by, node)
        waiting = Wish.objects.undecided().filter(node=node, person=None, same_key=title.same_key)
        refuse_first(
            rules.a_quantity_is_countable(quantity),
            rules.a_title_is_wished_for_once(waiting.exists()),
        )
        return _made(title, node=node, quantity=quantity, note=note, person=None, by=by, at=at)


def suggest(
    title: Title, *, person: Person, node: Node | None, note: str = "", by: Actor, at: dt.datetime
) -> Wish:
    """A reader's suggestion, for the branch of their card or else the main library.

    Raises Refused; nobody suggests in another's name.
    """
    with transaction.atomic():
        if by.person_id != person.pk:
            raise Refused("not-yours", _("请用自己的帐号荐购。"), _("请先登录。"), status=403)
        Person.objects.select_for_update().get(pk=person.pk)
        waiting = Wish.objects.undecided().filter(person=person)
        refuse_first(
            rules.a_title_is_wished_for_once(waiting.filter(same_key=title.same_key).exists()),
            rules.a_reader_suggests_a_few_at_a_time(waiting.count()),
        )
        where = node or hubs().filter(tree=Node.Tree.LIBRARY).get()
        return _made(title, node=where, quantity=1, note=note, person=person, by=by, at=at)


def _made(
    title: Title,
    *,
    node: Node,
    quantity: int,
    note: str,
    person: Person | None,
    by: Actor,
    at: dt.datetime,
) -> Wish:
    """The row; whoever pressed twice at one moment is told that it stands there already."""
    try:
        with transaction.atomic():
            made = Wish.objects.create(
                **title.columns(),
                node=node,
                person=person,
                quantity=quantity,
                note=note.strip()[:200],
                made_at=at,
                made_by="" if person else by.name,
            )
    except IntegrityError:
        refuse_first(rules.a_title_is_wished_for_once(True))
        raise
    audit.write(
        by=by, at=at, action="wish.made", subject=f"wish:{made.pk}", place=node.code,
        title=title.title,
    )  # fmt: skip
    return made


def take_back(wish_id: int, *, by: Actor, at: dt.datetime) -> None:
    """The branch or the reader thinks better of it, while nobody has decided. Raises Refused."""
    with transaction.atomic():
        found = _locked(wish_id)
        if found.person_id is None or found.person_id != by.person_id:
            access.require_wishing(by, found.node)
        refuse_first(rules.a_wish_is_decided_once(found.decided_at is not None))
        audit.write(
            by=by, at=at, action="wish.taken-back", subject=f"wish:{wish_id}",
            place=found.node.code, title=found.title,
        )  # fmt: skip
        found.delete()


def decline(wish_id: int, *, answer: str, by: Actor, at: dt.datetime) -> Wish:
    """Not bought, and why: the branch and the reader read the answer. Raises Refused."""
    answer = answer.strip()[:200]
    with transaction.atomic():
        found = _locked(wish_id)
        access.require_purchasing(by)
        refuse_first(
            rules.a_wish_is_decided_once(found.decided_at is not None),
            rules.a_refusal_is_explained(answer),
        )
        found.decided_at, found.decided_by, found.answer = at, by.name, answer
        found.save(update_fields=["decided_at", "decided_by", "answer"])
        audit.write(by=by, at=at, action="wish.declined", subject=f"wish:{wish_id}", answer=answer)
        outbox.record(WishDecided(wish_id, ordered=False), at=at)
    return found


def _locked(wish_id: int) -> Wish:
    found = Wish.objects.select_for_update(of=("self",)).select_related("node").filter(pk=wish_id)
    wish = found.first()
    if wish is None:
        raise Refused("wish-unknown", _("没有找到这条意向。"), _("请刷新页面再看。"), status=404)
    return wish
