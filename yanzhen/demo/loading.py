"""The whole demo county in one go: all of it, or nothing if anything goes wrong."""

import datetime as dt
from collections.abc import Callable
from random import Random

from django.db import transaction
from django.utils import timezone

from yanzhen.demo.accounts import make_accounts
from yanzhen.demo.activities import make_activities
from yanzhen.demo.almanac import make_plan_lines, make_school_periods
from yanzhen.demo.bookings import make_bookings
from yanzhen.demo.contests import make_contests
from yanzhen.demo.courses import give_teachers, make_courses
from yanzhen.demo.deliveries import make_deliveries
from yanzhen.demo.desks import settle_desks
from yanzhen.demo.holds import make_holds
from yanzhen.demo.loan_rules import make_plans, make_rules, rules_by_reader_and_kind
from yanzhen.demo.loans import Life
from yanzhen.demo.places import make_places
from yanzhen.demo.purchasing import Buying
from yanzhen.demo.readers import Reader, make_readers
from yanzhen.demo.resources import make_facilities, make_resources
from yanzhen.demo.shelves import make_stock
from yanzhen.demo.sizes import FULL, Sizes
from yanzhen.demo.story import Public, everyday, of_known_residents, of_this_morning
from yanzhen.demo.titles import Title, some_titles
from yanzhen.demo.tours import make_tours
from yanzhen.demo.upkeep import make_upkeep
from yanzhen.demo.visits import Houses
from yanzhen.groundwork import audit
from yanzhen.library.circulation.models import Loan, Renewal, ReturnException
from yanzhen.library.holdings import stock as stock_book
from yanzhen.library.holdings.models import Copy, ItemKind, StockEvent, Transit
from yanzhen.library.patrons.categories import ensure_categories
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Site
from yanzhen.people.models import Person

SEED = 20220411
AT_ONCE = 500  # rows in one INSERT
Tell = Callable[[str], None]


def is_empty() -> bool:
    """True while nobody has entered a site or a person: only then may the demo be loaded."""
    return not (Site.objects.exists() or Person.objects.exists())


@transaction.atomic
def load_county(*, at: dt.datetime, sizes: Sizes = FULL, tell: Tell = lambda step: None) -> None:
    """Load the demo county as it stands at the moment `at`; the same moment, the same county.

    Wants an empty database (`is_empty`). `tell` is called with a sentence before each step.
    """
    at, rng = timezone.localtime(at), Random(SEED)
    tell("镇街、分馆、开放时间")
    make_places(at=at, rng=rng)
    make_school_periods(at.date())
    tell("书目和馆藏")
    stock = make_stock(some_titles(sizes.titles), sizes.copies, at=at, rng=rng)
    tell("读者和账号")
    make_rules(ensure_categories(), ItemKind.objects.in_bulk(field_name="code"))
    readers = make_readers(sizes.residents, at=at, rng=rng)
    make_accounts(readers, at=at)
    tell("三个月的借还")
    life, exceptions = _live(stock, readers, sizes, at, rng)
    make_plans(at=at)
    tell("存入借阅记录")
    _store(life, exceptions, readers)
    _keep_the_stock_book([copy for copy, _title in stock], at)
    tell("交接单、图书箱、流动轮换")
    make_deliveries(at=at)
    tell("预约")
    make_holds(at)
    tell("清点、剔旧、待核对")
    make_upkeep(at)
    tell("采购")
    Buying(at).live()
    tell("活动")
    make_facilities(at)
    make_activities(at=at)
    tell("竞演")
    make_contests(at)
    tell("活动预约、课程")
    make_bookings(at, coming=sizes.coming, held=sizes.held)
    make_courses(at)
    make_plan_lines(at)
    tell("师资和排期")
    make_resources(at)
    give_teachers(at)
    tell("菜单、点单、巡回")
    make_tours(at)
    audit.write(
        by=audit.System(), at=at, action="demo.loaded", subject="demo", titles=len(stock),
        residents=len(readers), loans=len(life.loans),
    )  # fmt: skip


def _live(
    stock: list[tuple[Copy, Title]],
    readers: list[Reader],
    sizes: Sizes,
    at: dt.datetime,
    rng: Random,
) -> tuple[Life, list[ReturnException]]:
    houses, public = Houses.read(at), Public(readers, rng)
    life = Life(stock, houses, rules_by_reader_and_kind(), rng)
    life.live(
        [
            *of_known_residents(houses, public, days=sizes.days),
            *of_this_morning(houses, public),
            *everyday(houses, public, loans=sizes.loans, days=sizes.days),
        ]
    )
    return life, settle_desks(life)


def _store(life: Life, exceptions: list[ReturnException], readers: list[Reader]) -> None:
    Loan.objects.bulk_create(life.loans, batch_size=AT_ONCE)
    Renewal.objects.bulk_create(sorted(life.renewals, key=lambda renewal: renewal.at))
    Transit.objects.bulk_create(life.transits, batch_size=AT_ONCE)
    ReturnException.objects.bulk_create(exceptions)
    moved = [volume.copy for volume in life.volumes if volume.copy.revision]
    fields = ["state", "current_node", "revision", "accessioned_on"]
    Copy.objects.bulk_update(moved, fields, batch_size=AT_ONCE)
    ReaderCard.objects.bulk_update([r.card for r in readers], ["revision"], batch_size=AT_ONCE)


def _keep_the_stock_book(copies: list[Copy], at: dt.datetime) -> None:
    """An accession for every copy, and what took a few of them away again."""
    events = stock_book.opening_events(copies, at=at, by_name=audit.System().name)
    StockEvent.objects.bulk_create(events, batch_size=AT_ONCE)
