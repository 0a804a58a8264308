"""The contest of the demo county: one heat with its result, one being judged, three to come.

Everything is invented and says 演示. Points and votes follow from numbers, not from a clock.
"""

import datetime as dt
from collections.abc import Sequence

from yanzhen.culture.activities.drafting import Details
from yanzhen.culture.activities.models import Activity
from yanzhen.culture.activities.scheduling import Slot
from yanzhen.culture.contests import judging, ordering, preparing, publishing, voting
from yanzhen.culture.contests.models import Contest, Judge, Round
from yanzhen.demo.activities import one_evening
from yanzhen.demo.names import name_for
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Cluster, Division, Node
from yanzhen.people.models import Account, Role
from yanzhen.people.roles import Actor, Grant

CULTURE = "culture-centre"
RUBRIC = [("艺术表现", 10, 40), ("乡土特色", 10, 30), ("创意编排", 10, 20), ("台风服装", 10, 10)]
SHOWS = (
    ("龙灯进村来", "锣鼓", "布龙一条"), ("沱江渔歌", "伴奏带", "船桨八支"),
    ("橘子红了", "伴奏带", "竹筐十只"), ("打夯号子", "清唱", "木夯两架"),
    ("我家门前那条路", "伴奏带", ""), ("老茶馆", "三弦、竹板", "茶桌四张"),
    ("秋收场上", "唢呐", "连枷六把"), ("阿婆的广场舞", "伴奏带", "红扇二十把"),
)  # fmt: skip
VOTERS = 36
FIRST_JUDGE, FIRST_LEADER = 6000, 6100
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def make_contests(at: dt.datetime) -> None:
    """The contest of the year of `at`. Wants places, readers with cards, and accounts."""
    by = Actor(None, None, "演示馆员", (Grant(Role.Kind.DIRECTOR, "", ""),))
    clusters = list(Cluster.objects.all())
    hub = Node.objects.select_related("site").get(code=CULTURE)
    opened = at - 60 * DAY
    contest = preparing.open_contest(
        name=f"{at.year} 年雁江区魅力乡镇竞演（演示）", year=at.year, node=hub, clusters=clusters,
        name_en=f"Towns on Stage {at.year} (demo)", by=by, at=opened,
    )  # fmt: skip
    preparing.write_rubric(contest, RUBRIC, by=by, at=opened)
    heats = [_heat(contest, cluster, n, by, opened) for n, cluster in enumerate(clusters)]
    evening = at.replace(hour=19, minute=0, second=0, microsecond=0)
    _published(heats[0], evening - 21 * DAY, by)
    _being_judged(heats[2], evening - DAY, at, by)


def _heat(contest: Contest, cluster: Cluster, number: int, by: Actor, at: dt.datetime) -> Round:
    """Every town of the cluster with one team."""
    heat = contest.rounds.get(cluster=cluster)
    towns = list(Division.objects.filter(cluster_spells__cluster=cluster).distinct())
    for n, town in enumerate(towns):
        show, music, props = SHOWS[(n + 3 * number) % len(SHOWS)]
        preparing.enter(
            heat.pk, town=town, team_name="群众艺术团（演示）", music=music,
            leader=name_for(FIRST_LEADER + 10 * number + n, birth_year=1970, gender="female"),
            members=12 + (7 * n + 5 * number) % 20, name=show, minutes=5 + (n + number) % 4,
            change_over=2 + n % 2, props=props, by=by, at=at,
        )  # fmt: skip
    return heat


def _held(heat: Round, starts_at: dt.datetime, by: Actor, at: dt.datetime) -> None:
    """On the stage of the first culture branch of the cluster."""
    entries = heat.entries.values("team__division")
    host = (
        Node.objects.culture().select_related("site")
        .filter(level=Node.Level.BRANCH, site__division__in=entries).order_by("path").first()
    ) or heat.node  # fmt: skip
    session = one_evening(
        Details(
            name=f"魅力乡镇竞演{heat.cluster}初赛（演示）",
            name_en=f"Contest of the Towns, heat of {heat.cluster.name_en} (demo)",
            kind=Activity.Kind.TOWN_CONTEST, audience=Activity.Audience.EVERYBODY,
            introduction="演示：各镇街各出一个节目，前几名进全区决赛，到场的人都可以投票。",
        ),
        Slot(starts_at, starts_at + 3 * HOUR, host.site, capacity=180), cluster=heat.cluster, at=at,
    )  # fmt: skip
    preparing.hold(heat.pk, node=host, session=session, by=by, at=at)


def _judges(heat: Round, count: int, by: Actor, at: dt.datetime) -> list[Judge]:
    return [
        preparing.name_judge(
            heat.pk, division=None, by=by, at=at,
            name=name_for(FIRST_JUDGE + n, birth_year=1968, gender=("female", "male")[n % 2]),
        )
        for n in range(count)
    ]  # fmt: skip


def _published(heat: Round, starts_at: dt.datetime, by: Actor) -> None:
    before, after = starts_at - 7 * DAY, starts_at + 3 * HOUR
    _held(heat, starts_at, by, before)
    judges = _judges(heat, 7, by, before)
    preparing.set_vote(
        heat.pk, opens=starts_at, closes=after, weight=10, by=by, at=before
    )  # fmt: skip
    ordering.draw_order(heat.pk, "演示-305", by=by, at=before)
    preparing.announce(heat.pk, by=by, at=before)
    _score(heat, judges, by, starts_at + HOUR)
    _vote(heat, starts_at + 2 * HOUR)
    entries = list(heat.entries.all())
    voting.enter_paper_votes(
        heat.pk, {entry.pk: 20 + (11 * n) % 37 for n, entry in enumerate(entries)},
        counted_by="演示点票员甲", second_by="演示点票员乙", by=by, at=after,
    )  # fmt: skip
    publishing.draw_lots(heat.pk, "演示-签", by=by, at=after)
    publishing.publish(heat.pk, by=by, at=after + HOUR)
    judging.hand_in(
        judges[0].pk, entries[0].pk, _points(heat, 5, 2), by=by, at=after + DAY,
        reason="演示：纸质表第三项录错一格",
    )  # fmt: skip
    publishing.advance(heat.pk, by=by, at=after + DAY)


def _being_judged(heat: Round, starts_at: dt.datetime, at: dt.datetime, by: Actor) -> None:
    """It was last evening; the culture cadre of the demo accounts is one of its judges."""
    before = starts_at - 7 * DAY
    _held(heat, starts_at, by, before)
    judges = _judges(heat, 5, by, before)
    cadre = Account.objects.select_related("person").filter(username="culture").first()
    if cadre:
        preparing.name_judge(
            heat.pk, name=cadre.person.name, division=None, person=cadre.person, by=by, at=before
        )
    preparing.set_vote(
        heat.pk, opens=starts_at, closes=at + 3 * DAY, weight=10, by=by, at=before
    )  # fmt: skip
    ordering.draw_order(heat.pk, "演示-612", by=by, at=before)
    preparing.announce(heat.pk, by=by, at=before)
    _score(heat, judges[:4], by, at)


def _score(heat: Round, judges: Sequence[Judge], by: Actor, at: dt.datetime) -> None:
    for m, judge in enumerate(judges):
        for n, entry in enumerate(heat.entries.all()):
            judging.hand_in(judge.pk, entry.pk, _points(heat, n, m), by=by, at=at)


def _points(heat: Round, entry: int, judge: int) -> dict[int, int]:
    rubric = heat.contest.rubrics.get()
    return {
        line.pk: 78 + (entry * 5 + judge * 3 + line.position * 7) % 20
        for line in rubric.lines.all()
    }


def _vote(heat: Round, at: dt.datetime) -> None:
    cards = ReaderCard.objects.filter(status="active").select_related("person").order_by("pk")
    entries = list(heat.entries.all())
    for n, card in enumerate(cards[:VOTERS]):
        voter = Actor(None, card.person_id, card.person.name)
        voting.vote(entries[n * n % len(entries)].pk, has_card=True, by=voter, at=at)
