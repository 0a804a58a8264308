"""Telling clusters of windows in which nothing is held, thirty days before they open (R08)."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.planning.facts import FestivalWindowEmpty
from yanzhen.culture.planning.models import WindowReminder
from yanzhen.culture.planning.queries import Cell, grid
from yanzhen.groundwork import outbox
from yanzhen.groundwork.clock import local_day


def remind(at: dt.datetime) -> int:
    """Record a fact for every empty window that opens within thirty days; return how many.

    Each is told once; a window that has closed is told no more.
    """
    today = local_day(at)
    years = {today.year, (today + dt.timedelta(45)).year}
    return sum(
        _told(year, cell, at)
        for year in sorted(years)
        for cell in grid(year).cells
        if cell.is_pressing(today) and today <= cell.window.last
    )


def _told(year: int, cell: Cell, at: dt.datetime) -> int:
    with transaction.atomic():
        _row, made = WindowReminder.objects.get_or_create(
            year=year, festival=cell.window.festival, cluster=cell.cluster, defaults={"told_at": at}
        )
        if made:
            outbox.record(
                FestivalWindowEmpty(
                    year, cell.window.festival.value, cell.cluster.pk,
                    cell.window.first.isoformat(),
                ),
                at=at,
            )  # fmt: skip
    return int(made)
