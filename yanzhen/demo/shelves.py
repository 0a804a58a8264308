"""What stands on the shelves: kinds of items and the copies of every house.

A demo barcode is `YJ` and eight digits: two for the house (01 the main library, 02 and on the
branches in the order of places.csv), six running in the house. House 90 is nobody's: it numbers
the copies proposed in the sample file titles-gbk.iso.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from yanzhen.demo.hours import WEEKS
from yanzhen.demo.places import HUB
from yanzhen.demo.titles import Title, bib_of, classics_among
from yanzhen.groundwork.text.clc import class_letter, class_name, sort_key
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.network.models import Node

KINDS = (
    ("book", "图书", "Book"), ("children", "少儿图书", "Children's book"),
    ("braille", "盲文", "Braille"), ("large_print", "大字本", "Large print"),
    ("audio", "有声读物", "Audiobook"), ("periodical", "期刊", "Periodical"),
    ("local", "地方文献", "Local document"), ("av", "视听资料", "Audio-visual"),
)  # fmt: skip
SHELVES = {
    "children": "少儿区", "braille": "盲文阅览区", "large_print": "大字本专架",
    "audio": "听书专架", "periodical": "期刊架", "local": "地方文献室", "av": "视听室",
}  # fmt: skip
HUB_SHARE = 0.35
ACCESSIBLE = {"zhonghe", "danshan", "linjiang", "lianhua", "wuhuang"}  # branches with 盲文, 有声
STREETS = {code for code, (pattern, _rest) in WEEKS.items() if pattern == "street"}
ADULT_ONLY = {"废都", "丰乳肥臀", "挪威的森林"}
EIGHT_YEARS = 8 * 365


def make_kinds() -> dict[str, ItemKind]:
    """The kinds of items, by code."""
    rows = [
        ItemKind(code=code, name=name, name_en=name_en, position=position)
        for position, (code, name, name_en) in enumerate(KINDS)
    ]
    return {kind.code: kind for kind in ItemKind.objects.bulk_create(rows)}


def make_stock(
    titles: Sequence[Title], count: int, *, at: dt.datetime, rng: Random
) -> list[tuple[Copy, Title]]:
    """Catalogue the titles and put about `count` copies on the shelves of hub and branches."""
    kinds, bibs = make_kinds(), [bib_of(title, at) for title in titles]
    numbered = dict(zip((title.number for title in titles), bibs, strict=True))
    stock = [
        (_copy(title, node, f"YJ{house:02d}{serial:06d}", kinds, at, rng), title)
        for house, (node, chosen) in enumerate(_choices(titles, count, rng), 1)
        for serial, title in enumerate(chosen, 1)
    ]
    for copy, title in stock:  # a title is catalogued when its first copy arrives
        bib = numbered[title.number]
        arrived = at - (at.date() - copy.accessioned_on)
        bib.created_at = bib.changed_at = min(bib.created_at, arrived)
    BibRecord.objects.bulk_create(bibs, batch_size=500)
    for copy, title in stock:
        copy.bib = numbered[title.number]
    Copy.objects.bulk_create([copy for copy, _title in stock], batch_size=500)
    return stock


def _choices(titles: Sequence[Title], count: int, rng: Random) -> list[tuple[Node, list[Title]]]:
    """House by house, the titles it has; a title twice is two copies."""
    houses = list(
        Node.objects.libraries()
        .filter(level__in=["hub", "branch"])
        .select_related("site")
        .order_by("site_id")
    )
    hub, branches = houses[0], houses[1:]
    extra = max(round(count * HUB_SHARE) - len(titles), 0)
    liked = [2.0 if title.kind in ("book", "children") else 0.3 for title in titles]
    chosen = [(hub, [*titles, *rng.choices(titles, liked, k=extra)])]
    seats = sum(branch.site.seats + 30 for branch in branches)
    for branch in branches:
        share = count * (1 - HUB_SHARE) * (branch.site.seats + 30) / seats
        chosen.append((branch, _branch_choice(titles, branch.code, round(share), rng)))
    return chosen


def _branch_choice(titles: Sequence[Title], code: str, count: int, rng: Random) -> list[Title]:
    """The classics everywhere; then by weighted lot, each title once."""
    classics = classics_among(titles)
    others = [title for title in titles if title not in classics and _fits(title, code)]
    others.sort(key=lambda title: rng.random() ** (1 / _fits(title, code)), reverse=True)
    return classics + others[: max(count - len(classics), 0)]


def _fits(title: Title, code: str) -> float:
    """How much a branch wants a title: farming in the towns, foreign languages in the streets."""
    street, accessible = code in STREETS, code in ACCESSIBLE
    if title.kind in ("braille", "audio", "av"):
        return 1.2 * accessible
    if title.kind == "local":
        return 0.15
    if title.row["language"] != "zh":
        return 0.3 * street
    if title.clc.startswith("S"):
        return 0.2 if street else 3.0
    return {"children": 2.2, "periodical": 1.2, "large_print": 1.6}.get(title.kind, 1.0)


def _copy(
    title: Title, node: Node, barcode: str, kinds: dict[str, ItemKind], at: dt.datetime, rng: Random
) -> Copy:
    chance, is_hub = rng.random(), node.code == HUB
    days = int(EIGHT_YEARS * rng.random() ** 1.4) + 1
    reference = is_hub and title.clc[:1] in "Z" and title.kind == "book"
    return Copy(
        barcode=barcode, kind=kinds[title.kind], owning_node=node, home_node=node,
        current_node=node, damaged=chance < 0.012, missing=0.012 < chance < 0.018,
        for_loan=title.kind != "local" and not reference,
        adult_only=title.row["title"] in ADULT_ONLY and title.kind == "book",
        call_number=title.call_number, call_number_key=sort_key(title.call_number),
        shelf=_shelf(title, is_hub), price=_price(title, rng),
        accessioned_on=at.date() - dt.timedelta(days=days),
    )  # fmt: skip


def _shelf(title: Title, is_hub: bool) -> str:
    if title.kind in SHELVES:
        return SHELVES[title.kind]
    letter = class_letter(title.clc)
    return f"{letter} {class_name(letter)[0]}" if is_hub else f"综合书架 {letter}"


def _price(title: Title, rng: Random) -> Decimal:
    """As printed, else invented: what a lost copy would cost."""
    if title.row["price"]:
        return Decimal(title.row["price"])
    low, high = {"periodical": (6, 15), "braille": (60, 160), "av": (30, 120)}.get(
        title.kind, (18, 68)
    )
    return Decimal(rng.randint(low, high)) + Decimal(rng.choice(("0.00", "0.50", "0.80")))
