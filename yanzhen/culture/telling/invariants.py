"""What must hold over all notices at every commit; each yields sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from yanzhen.culture.telling.models import Notice


def a_notice_is_about_its_own_session() -> Iterator[str]:
    elsewhere = (
        Q(booking__isnull=False) & ~Q(booking__session=F("session"))
        | Q(entry__isnull=False) & ~Q(entry__session=F("session"))
        | Q(enrolment__isnull=False) & ~Q(enrolment__course__activity=F("session__activity"))
        | Q(group__isnull=False) & ~Q(group__course__activity=F("session__activity"))
    )
    for row in Notice.objects.filter(elsewhere):
        yield f"notice {row.pk} speaks of session {row.session_id}, its cause of another"


def nobody_is_told_of_two_moves_at_once() -> Iterator[str]:
    """Of a session that went on and on only the last move is still to be heard."""
    moves = Notice.objects.unheard().filter(reason=Notice.Reason.MOVED).order_by()
    for row in moves.values("session", "who").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"{row['who']} has {row['n']} moves of session {row['session']} still to hear"


def a_notice_names_a_person_or_who_left_a_name() -> Iterator[str]:
    for row in Notice.objects.filter(person=None, enrolment__isnull=False):
        yield f"notice {row.pk} of an enrolment names no person"
    for row in Notice.objects.filter(person=None, booking__beneficiary__isnull=False):
        yield f"notice {row.pk} names nobody, although its booking does"


INVARIANTS = (
    a_notice_is_about_its_own_session,
    nobody_is_told_of_two_moves_at_once,
    a_notice_names_a_person_or_who_left_a_name,
)
