"""The loaded county: what holds over its network, shelves, people and accounts."""

import datetime as dt

import pytest

from yanzhen.config.invariants import broken
from yanzhen.demo.accounts import PASSWORD, POSTS, accounts_text
from yanzhen.demo.tests.conftest import AT, SMALL
from yanzhen.demo.titles import CLASSICS
from yanzhen.library.acquisitions import gathering, queries
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.circulation.models import LoanRule
from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.library.patrons import invariants as patrons
from yanzhen.library.patrons.models import Block, CardSerial, ReaderCard
from yanzhen.library.rotation.models import BoxStay, Manifest, RotationPlan
from yanzhen.network import invariants as network
from yanzhen.network.models import AccessFeature, Node, Site, Verification
from yanzhen.network.opening import calendar_of, calendars_of
from yanzhen.people.models import Account, Guardianship, Person
from yanzhen.people.roles import CATALOGUE, CIRCULATE, MANAGE_PEOPLE, actor_of
from yanzhen.people.signing_in import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("county")]
TODAY = AT.date()


def lending_houses():
    return Node.objects.libraries().filter(level__in=["hub", "branch"])


def actor(username):
    return actor_of(Account.objects.get(username=username), on=TODAY)


def test_every_invariant_holds():
    assert list(broken()) == []
    assert list(network.broken_rows()) == []
    assert [line for check in patrons.INVARIANTS for line in check()] == []


def test_the_network_is_whole_and_marked_as_a_demo():
    assert lending_houses().count() == 23
    assert Node.objects.filter(level="service_point").exists()
    assert set(Site.objects.values_list("verification", flat=True)) == {Verification.DEMO}
    assert not Site.objects.filter(kind=Site.Kind.CULTURE_STATION, keeper="").exists()


def test_every_house_rests_at_most_one_day_and_opens_at_weekends():
    calendars = calendars_of(lending_houses().values_list("pk", flat=True))
    week = [dt.date(2026, 10, 12) + dt.timedelta(days=n) for n in range(7)]
    for calendar in calendars.values():
        rests = [day for day in week if not calendar.usual_spans_on(day)]
        assert len(rests) <= 1
        assert all(day.weekday() in (0, 1) for day in rests)
    assert len(calendar_of(Node.objects.get(code="zhonghe").pk).spans_on(TODAY)) == 2


def test_one_closure_is_over_one_lasts_one_is_to_come():
    def closed(code, day):
        return calendar_of(Node.objects.get(code=code).pk).closure_on(day)

    assert "演示" in closed("xiaoyuan", TODAY).notice
    assert closed("laojun", TODAY + dt.timedelta(days=7))
    assert closed("nanjin", TODAY - dt.timedelta(days=36))
    assert not closed("nanjin", TODAY)


def test_accessibility_is_varied_and_something_is_broken():
    states = AccessFeature.objects.filter(site__code="fengyu").values_list("kind", "state")
    assert ("ramp", "broken") in states
    assert set(AccessFeature.objects.values_list("state", flat=True)) == {
        "present", "absent", "broken", "unknown",
    }  # fmt: skip


def test_titles_are_genuine_records():
    assert BibRecord.objects.count() == SMALL.titles
    for bib in BibRecord.objects.all():
        facts = derive(Record.loads(bib.marc))
        assert (facts.title, facts.format) == (bib.title, bib.format)
        assert facts.match_key == bib.match_key
        assert bib.created_at <= AT
    dream = BibRecord.objects.get(title="红楼梦", isbn13="9787020002207")
    assert dream.author == "曹雪芹；高鹗"
    assert Record.loads(dream.marc).first("200", "f") == "(清)曹雪芹, 高鹗著"


def test_the_classics_stand_in_every_house():
    for title in CLASSICS:
        homes = Copy.objects.filter(bib__title=title).values("home_node").distinct()
        assert homes.count() == 23


def test_copies_carry_barcode_call_number_and_price():
    assert abs(Copy.objects.count() - SMALL.copies) < 60
    for copy in Copy.objects.select_related("bib"):
        assert copy.barcode[:2] == "YJ"
        assert len(copy.barcode) == 10
        assert copy.call_number.startswith(f"{copy.bib.clc}/")
        assert copy.price > 0
        assert copy.accessioned_on <= TODAY
    assert not Copy.objects.filter(kind__code="local", for_loan=True).exists()


def test_rules_speak_of_every_need():
    assert set(ItemKind.objects.values_list("code", flat=True)) >= {"braille", "local", "av"}
    default = LoanRule.objects.get(category=None, kind=None, node=None)
    assert (default.loan_days, default.max_loans, default.max_renewals) == (30, 10, 1)
    assert not LoanRule.objects.get(kind__code="local").lendable
    long = LoanRule.objects.get(category__code="disabled", kind__code="braille")
    assert (long.loan_days, long.max_renewals) == (60, 2)
    assert all("演示" in rule.document for rule in LoanRule.objects.all())


def test_residents_have_cards_in_order_and_telephones_nobody_has():
    numbers = ReaderCard.objects.order_by("number").values_list("number", flat=True)
    assert numbers[0] == "51200200000001"
    assert CardSerial.objects.get().last == int(max(numbers)[6:])
    phones = Person.objects.exclude(phone="").values_list("phone", flat=True)
    assert phones
    assert all(phone.startswith("1990000") for phone in phones)
    for status in ("active", "lost", "replaced"):
        assert ReaderCard.objects.filter(status=status).exists()
    assert Block.objects.standing().exists()


def test_the_guardians_child_is_ten_and_bears_the_surname():
    bond = Guardianship.objects.get(
        guardian__account__username="guardian", child__cards__number="51200200000032"
    )
    assert (TODAY - bond.child.born_on).days // 365 == 10
    assert bond.child.name[0] == bond.guardian.name[0]


@pytest.mark.parametrize(
    "username", [*(post.username for post in POSTS), "reader", "guardian", "elder", "worker"]
)
def test_everybody_can_sign_in(username):
    assert sign_in(name=username, password=PASSWORD, at=AT).username == username
    assert f"  {username} " in accounts_text()


def test_a_reader_signs_in_with_the_card_number():
    assert sign_in(name="51200200000017", password=PASSWORD, at=AT).username == "reader"


def test_roles_reach_as_far_as_they_should():
    hub, zhonghe = Node.objects.get(code="main-library"), Node.objects.get(code="zhonghe")
    danshan_culture = Node.objects.get(code="danshan-culture")
    assert actor("hub").may(MANAGE_PEOPLE, danshan_culture.path)
    assert actor("librarian").may(CATALOGUE, hub.path)
    assert actor("zhonghe").may(CIRCULATE, zhonghe.path)
    assert not actor("danshan").may(CIRCULATE, zhonghe.path)
    assert actor("danshan").may(CIRCULATE, danshan_culture.path)
    assert not actor("reader").is_staff


def test_deliveries_are_at_every_step():
    steps = {
        "packing": Manifest.objects.filter(handed_over_at=None),
        "on the road": Manifest.objects.filter(handed_over_at__isnull=False, closed_at=None),
        "closed": Manifest.objects.filter(closed_at__isnull=False, disputed=0),
        "with a difference": Manifest.objects.filter(disputed__gt=0),
        "a box in a village": BoxStay.objects.filter(
            ended_at=None, manifest__closed_at__isnull=False, node__level="service_point"
        ),
    }
    assert [name for name, found in steps.items() if not found.exists()] == []
    half_way = RotationPlan.objects.get(name__endswith="农技书巡回")
    assert [hasattr(stage, "stay") for stage in half_way.stages.all()] == [True, True, False]


def test_an_order_is_partly_come_and_wishes_wait():
    order = queries.orders().filter(placed_at__isnull=False, outstanding__gt=0).first()
    assert order is not None
    assert 0 < order.outstanding < order.quantity
    assert gathering.waiting()
