"""Not coming: written down mildly, appealed, excused; after some times booking online pauses."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanzhen.culture.booking import access, rules
from yanzhen.culture.booking.facts import NoShowNoted
from yanzhen.culture.booking.models import Booking, BookingStep, NoShow, NoShowRule
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.access import require_at_hub
from yanzhen.people.roles import CHECK_IN, SET_RULES, Actor
from yanzhen.people.rules import is_minor


def rule_in_force() -> NoShowRule:
    """The newest rule; the usual numbers, not stored, until somebody sets one."""
    return NoShowRule.objects.first() or NoShowRule()


def counted(person_ids: list[int], at: dt.datetime) -> QuerySet[NoShow]:
    """The times these persons did not come that still count, the newest first."""
    since = at - dt.timedelta(days=rule_in_force().window_days)
    rows = NoShow.objects.filter(person__in=person_ids, at__gt=since)
    return rows.exclude(state=NoShow.State.EXCUSED).order_by("-at")


def paused_until(person_id: int | None, at: dt.datetime) -> dt.date | None:
    """The last day of a pause, None where there is none."""
    if person_id is None or not NoShow.objects.filter(person=person_id).exists():
        return None
    rule = rule_in_force()
    recent = list(counted([person_id], at).values_list("at", flat=True)[: rule.strikes])
    if len(recent) < rule.strikes:
        return None
    last = recent[0] + dt.timedelta(days=rule.pause_days)
    return last.date() if last > at else None


def note(booking: Booking, *, offline: bool, sheet_out: bool, at: dt.datetime) -> bool:
    """Write down that a booking's beneficiary did not come; False where it is nobody's fault."""
    person = booking.beneficiary
    blameless = rules.no_penalty_without_a_fault(
        channel=booking.channel,
        organisation=booking.organisation,
        is_minor=person is not None and is_minor(person.born_on, at.date()),
        offline=offline,
        sheet_out=sheet_out,
        moved=booking.session.moves.filter(at__gt=booking.placed_at).exists(),
    )
    if person is None or blameless:
        return False
    NoShow.objects.create(booking=booking, person=person, at=at)
    outbox.record(NoShowNoted(booking.pk, booking.session_id), at=at)
    return True


def appeal(*, no_show_id: int, text: str, by: Actor, at: dt.datetime) -> NoShow:
    """Say why one could not come: the person or the guardian. Raises Refused."""
    with transaction.atomic():
        mark = _known(no_show_id)
        if not access.is_theirs(by, mark.booking):
            raise _unknown()
        refuse_first(rules.a_change_has_a_reason(text))
        if mark.state == NoShow.State.STANDING:
            mark.state, mark.appeal = NoShow.State.APPEALED, text.strip()[:200]
            mark.save(update_fields=["state", "appeal"])
            signed = access.signed(by, mark.booking)
            audit.write(by=signed, at=at, action="no_show.appealed", subject=f"no_show:{mark.pk}")
    return mark


def excuse(*, no_show_id: int, reason: str, by: Actor, at: dt.datetime) -> NoShow:
    """Take a mark back, on an appeal or as an amnesty. Raises Refused."""
    with transaction.atomic():
        mark = _known(no_show_id)
        access.require_at(by, CHECK_IN, mark.booking.session)
        refuse_first(rules.a_change_has_a_reason(reason))
        excused(mark, reason=reason, by_name=by.name, at=at)
        audit.write(by=by, at=at, action="no_show.excused", subject=f"no_show:{mark.pk}")
    return mark


def uphold(*, no_show_id: int, reason: str, by: Actor, at: dt.datetime) -> NoShow:
    """An appeal does not change anything; its author reads why. Raises Refused."""
    with transaction.atomic():
        mark = _known(no_show_id)
        access.require_at(by, CHECK_IN, mark.booking.session)
        refuse_first(
            rules.a_change_has_a_reason(reason),
            rules.an_appeal_is_answered(mark.state == NoShow.State.APPEALED),
        )
        mark.state, mark.reason = NoShow.State.STANDING, reason.strip()[:200]
        mark.decided_at, mark.decided_by = at, by.name
        mark.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        audit.write(by=by, at=at, action="no_show.upheld", subject=f"no_show:{mark.pk}")
    return mark


def excused(mark: NoShow, *, reason: str, by_name: str, at: dt.datetime) -> None:
    mark.state, mark.reason = NoShow.State.EXCUSED, reason.strip()[:200]
    mark.decided_at, mark.decided_by = at, by_name
    mark.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    if mark.booking.state == Booking.State.NO_SHOW:
        mark.booking.state = Booking.State.EXCUSED
        mark.booking.save(update_fields=["state"])
        BookingStep.objects.create(
            booking=mark.booking, state=Booking.State.EXCUSED, at=at, by_name=by_name,
            reason=mark.reason,
        )  # fmt: skip


def amnesty(*, session_id: int, reason: str, by: Actor, at: dt.datetime) -> int:
    """Nobody is blamed for this session: a storm, a bus that did not come. Raises Refused."""
    with transaction.atomic():
        session = access.known_session(session_id)
        access.require_at(by, CHECK_IN, session)
        refuse_first(rules.a_change_has_a_reason(reason))
        marks = NoShow.objects.select_related("booking").filter(booking__session=session)
        rows = list(marks.exclude(state=NoShow.State.EXCUSED))
        for mark in rows:
            excused(mark, reason=reason, by_name=by.name, at=at)
        audit.write(
            by=by, at=at, action="no_show.amnesty", subject=f"session:{session.pk}",
            place=session.site.code, marks=len(rows), reason=reason,
        )  # fmt: skip
    return len(rows)


def set_rule(
    *, strikes: int, window_days: int, pause_days: int, by: Actor, at: dt.datetime
) -> NoShowRule:
    """For the whole county; the row before stays as history. Raises Refused."""
    with transaction.atomic():
        require_at_hub(by, SET_RULES)
        refuse_first(_mild(strikes, window_days, pause_days))
        rule = NoShowRule.objects.create(
            strikes=strikes, window_days=window_days, pause_days=pause_days, set_at=at,
            set_by=by.name,
        )  # fmt: skip
        audit.write(
            by=by, at=at, action="no_show.rule_set", subject=f"no_show_rule:{rule.pk}",
            strikes=strikes, window_days=window_days, pause_days=pause_days,
        )  # fmt: skip
    return rule


def _mild(strikes: int, window_days: int, pause_days: int) -> Refused | None:
    """A slip of the finger is asked about, not obeyed."""
    if 1 <= strikes <= 20 and 1 <= window_days <= 366 and 0 <= pause_days <= 30:
        return None
    return Refused(
        "rule-out-of-bounds",
        _("有一个数太大或太小了。"),
        _("次数请填 1 到 20，期间 1 到 366 天，暂停 0 到 30 天。"),
        status=422,
    )


def _known(no_show_id: int) -> NoShow:
    rows = NoShow.objects.select_related("booking__session__activity", "booking__session__site")
    mark = rows.filter(pk=no_show_id).first()
    if mark is None:
        raise _unknown()
    return mark


def _unknown() -> Refused:
    return Refused("no-show-unknown", _("没有找到这条记录。"), _("请刷新页面。"), status=404)
