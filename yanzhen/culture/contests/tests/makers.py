"""A small contest: an east heat with 中和 and 临江, a west heat with 丹山, and the final."""

import datetime as dt
from types import SimpleNamespace

from tests.county import LONG_AGO, MONDAY, staff
from yanzhen.culture.contests import judging, preparing
from yanzhen.culture.contests.models import Round
from yanzhen.network.models import Cluster, ClusterMembership

HOUR = dt.timedelta(hours=1)
RUBRIC = [("艺术表现", 10, 50), ("乡土特色", 10, 30), ("台风", 10, 20)]


def contest(place) -> SimpleNamespace:
    """`.contest`, `.heat` (east, two entries, five judges, draft), `.west`, `.final`, `.by`."""
    east, west = (Cluster.objects.create(name=name, verification="demo") for name in "东西")
    for node, cluster in ((place.zhonghe, east), (place.linjiang, east), (place.danshan, west)):
        ClusterMembership.objects.create(
            cluster=cluster, division=node.site.division, valid_from=LONG_AGO
        )
    by = staff(place.hub, "director", name="李馆长")
    made = preparing.open_contest(
        name="竞演", year=2026, node=place.hub, clusters=[east, west], by=by, at=MONDAY
    )
    preparing.write_rubric(made, RUBRIC, by=by, at=MONDAY)
    heat = Round.objects.get(contest=made, cluster=east)
    for node, name in ((place.zhonghe, "龙灯"), (place.linjiang, "渔歌")):
        enter(heat, node, name, by)
    for number in range(1, 6):
        preparing.name_judge(heat.pk, name=f"评委{number}", division=None, by=by, at=MONDAY)
    return SimpleNamespace(
        contest=made, heat=heat, by=by,
        west=Round.objects.get(contest=made, cluster=west),
        final=Round.objects.get(contest=made, cluster=None),
    )  # fmt: skip


def enter(heat: Round, node, name: str, by):
    return preparing.enter(
        heat.pk, town=node.site.division, team_name=f"{name}队", leader="演示队长", members=12,
        name=name, minutes=6, by=by, at=MONDAY,
    )  # fmt: skip


def give(judge, entry, tenths, by, reason=""):
    """A sheet with these tenths for the three criteria."""
    lines = entry.round.contest.rubrics.get(pk=judge.round.rubric_id).lines.all()
    given = dict(zip([line.pk for line in lines], tenths, strict=True))
    return judging.hand_in(judge.pk, entry.pk, given, by=by, at=MONDAY, reason=reason)


def judge_all(setting, marks=((80, 80, 80), (90, 90, 90))):
    """Every judge gives every entry; the nth judge n tenths of a point more in all three."""
    heat = setting.heat
    if heat.state == Round.State.DRAFT:
        preparing.announce(heat.pk, by=setting.by, at=MONDAY)
    heat.refresh_from_db()
    for n, judge in enumerate(heat.judges.all()):
        for entry, given in zip(heat.entries.all(), marks, strict=True):
            give(judge, entry, [each + n for each in given], setting.by)
    heat.refresh_from_db()
