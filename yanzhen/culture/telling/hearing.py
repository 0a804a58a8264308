"""A notice is heard: seen by its person, said by staff; or somebody was rung up in vain."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.telling import access, rules
from yanzhen.culture.telling.models import Notice
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor, Unnamed


def acknowledge(*, notice_id: int, by: Actor, at: dt.datetime) -> Notice:
    """The person, or a guardian, has read it; a second time changes nothing. Raises Refused."""
    with transaction.atomic():
        notice = access.known(notice_id)
        if not access.is_theirs(by, notice, local_day(at)):
            raise access.notice_unknown()
        if notice.seen_at is None:
            notice.seen_at = at
            notice.save(update_fields=["seen_at"])
            own = by.person_id == notice.person_id
            _write("notice.seen", notice, Unnamed("本人" if own else "监护人"), at)
    return notice


def tell(*, notice_id: int, how: str, by: Actor, at: dt.datetime) -> Notice:
    """Staff have said it, by a way of `Notice.Way`. Raises Refused."""
    with transaction.atomic():
        notice = _of_branch(notice_id, by)
        refuse_first(
            rules.who_was_told_is_not_rung_up_again(notice.told_by), rules.a_telling_says_how(how)
        )
        notice.told_at, notice.told_by, notice.told_how = at, by.name, how
        notice.save(update_fields=["told_at", "told_by", "told_how"])
        _write("notice.told", notice, by, at, how=how)
    return notice


def untell(*, notice_id: int, by: Actor, at: dt.datetime) -> Notice:
    """A slip of the hand: it was not said after all. Raises Refused."""
    with transaction.atomic():
        notice = _of_branch(notice_id, by)
        if notice.told_at is not None:
            notice.told_at, notice.told_by, notice.told_how = None, "", ""
            notice.save(update_fields=["told_at", "told_by", "told_how"])
            _write("notice.untold", notice, by, at)
    return notice


def miss(*, notice_id: int, by: Actor, at: dt.datetime) -> Notice:
    """Rung up and not reached; it stays on the list with one more try. Raises Refused."""
    with transaction.atomic():
        notice = _of_branch(notice_id, by)
        refuse_first(rules.who_was_told_is_not_rung_up_again(notice.told_by))
        notice.tries, notice.tried_at = notice.tries + 1, at
        notice.save(update_fields=["tries", "tried_at"])
        _write("notice.missed", notice, by, at, tries=notice.tries)
    return notice


def _of_branch(notice_id: int, by: Actor) -> Notice:
    notice = access.known(notice_id)
    access.require_telling(by, notice)
    return notice


def _write(action: str, notice: Notice, by: Actor | Unnamed, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"notice:{notice.pk}",
        place=notice.session.site.code, session=notice.session_id, **detail,
    )  # fmt: skip
