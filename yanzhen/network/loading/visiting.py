"""Load what a visitor asks first, hours and accessibility; 演示 until somebody has looked."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import generations
from yanzhen.network.loading.tables import day_or_none, note_in_trail, rows_of
from yanzhen.network.models import AccessFeature, Node, OpeningHours, Site
from yanzhen.network.opening import CALENDARS

SINCE = dt.date(2020, 1, 1)  # for a node whose day of opening is not known


@transaction.atomic
def load_hours(*, at: dt.datetime) -> None:
    """Give hours to every node that has none: those of its site, else those usual for its kind."""
    usual: dict[str, list[dict[str, str]]] = {}
    for row in rows_of("hours.csv"):
        usual.setdefault(row["place"], []).append(row)
    spans = [
        OpeningHours(
            node=node,
            weekday=int(weekday),
            opens=dt.time.fromisoformat(row["opens"]),
            closes=dt.time.fromisoformat(row["closes"]),
            valid_from=node.opened_on or SINCE,
        )
        for node in Node.objects.filter(opening_hours=None).select_related("site")
        for row in usual.get(node.site.code) or usual.get(node.site.kind, [])
        for weekday in row["weekdays"]
    ]
    OpeningHours.objects.bulk_create(spans)
    generations.bump(CALENDARS)
    note_in_trail("hours", len(spans), at)


@transaction.atomic
def load_access_features(*, at: dt.datetime) -> None:
    """What was looked at in some sites; a feature without a row is not verified, and says so."""
    sites = Site.objects.in_bulk(field_name="code")
    rows = [
        AccessFeature(
            site=sites[row["place"]],
            kind=row["kind"],
            state=row["state"],
            checked_on=day_or_none(row["checked_on"]),
            note=row["note"],
        )
        for row in rows_of("access.csv")
        if row["place"] in sites
    ]
    AccessFeature.objects.bulk_create(rows, ignore_conflicts=True)
    note_in_trail("access-features", len(rows), at)
