"""Set the weekly opening hours of a node from a day on."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from yanzhen.groundwork import audit, clock, generations, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network import rules
from yanzhen.network.access import Actor, require_manager
from yanzhen.network.facts import HoursChanged
from yanzhen.network.models import Node, OpeningHours
from yanzhen.network.opening import CALENDARS, Span

Week = Iterable[tuple[int, dt.time, dt.time]]


@transaction.atomic
def set_hours(
    node: Node, week: Week, *, valid_from: dt.date, by: Actor, at: dt.datetime
) -> list[OpeningHours]:
    """Replace the hours of a node from `valid_from` on; the hours until then stay on record.

    `week` holds (weekday, opens, closes), weekday 0 for Monday; a weekday may come twice (a
    noon break) or not at all (closed). Hours planned for a later day are replaced as well.
    Raises Refused without permission at the node, for a week without an opening, for spans
    that overlap or end before they begin, and for a day that has passed.
    """
    spans = [Span(*span, valid_from) for span in week]
    require_manager(by, node)
    refuse_first(
        rules.new_hours_begin_today_or_later(valid_from, clock.local_day(at)),
        rules.a_week_has_an_opening(spans),
        rules.closing_is_after_opening(spans),
        rules.spans_of_a_day_do_not_overlap(spans),
    )
    Node.objects.select_for_update().get(pk=node.pk)  # two weeks at once would both be in force
    rows = _replace(node, spans, valid_from)
    generations.bump(CALENDARS)
    audit.write(
        by=by,
        at=at,
        action="hours.set",
        subject=f"node:{node.code}",
        place=node.code,
        valid_from=valid_from.isoformat(),
        week=[[span.weekday, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for span in spans],
    )
    outbox.record(HoursChanged(node.pk, node.code, valid_from.isoformat()), at=at)
    return rows


def _replace(node: Node, spans: list[Span], valid_from: dt.date) -> list[OpeningHours]:
    before = valid_from - dt.timedelta(days=1)
    node.opening_hours.filter(valid_from__gte=valid_from).delete()
    node.opening_hours.on(valid_from).update(valid_to=before)
    return OpeningHours.objects.bulk_create(
        OpeningHours(
            node=node,
            weekday=span.weekday,
            opens=span.opens,
            closes=span.closes,
            valid_from=valid_from,
        )
        for span in spans
    )
