"""Runs: routes, times, claims over the whole run, sign-offs and the count."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from yanzhen.culture.resources.claiming import Want, claim_all
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.tours import queries
from yanzhen.culture.tours.access import REQUESTER
from yanzhen.culture.tours.assigning import assign, cancel_stop, change_road, move_stop
from yanzhen.culture.tours.models import MenuOrder, SignOff, Stop
from yanzhen.culture.tours.planning import (
    Plan,
    cancel_run,
    change_run,
    end_run,
    leave_behind,
    plan_run,
    take_along,
)
from yanzhen.culture.tours.signing_off import Came, rate, sign_off
from yanzhen.culture.tours.tests.makers import AFTER, FRIDAY, JPEG, MONDAY, ask, item, put, run
from yanzhen.culture.tours.tests.test_ordering import code_of
from yanzhen.groundwork.models import Fact

CAME = Came(30, 100, 20, "演示门卫", JPEG)


def route(tour) -> list[tuple[int, str, str]]:
    """(Place, unit, start) of each stop."""
    return [
        (stop.position, stop.order.requester.name, f"{timezone.localtime(stop.starts_at):%d %H:%M}")
        for stop in queries.route_of(tour)
    ]


def signed(world, order, came=CAME, *, by=REQUESTER, at=AFTER):
    return sign_off(order.pk, came, channel="web", by=by, at=at)


def claims(tour):
    return Claim.objects.held().filter(reference=tour.reference)


def test_a_run_claims_troupe_van_and_kit_from_leaving_home_to_being_back(world):
    tour = run(world)
    assert not claims(tour).exists()
    put(world, tour, ask(world))
    put(world, tour, ask(world, world.mill))
    assert route(tour) == [(1, "演示小学", "27 09:10"), (2, "演示面粉厂", "27 11:25")]
    assert set(claims(tour).values_list("resource_id", flat=True)) == {
        world.van.pk, world.troupe.pk, world.kit.pk,
    }  # fmt: skip
    spans = {(f"{timezone.localtime(c.starts_at):%H:%M}", f"{timezone.localtime(c.ends_at):%H:%M}")
             for c in claims(tour)}  # fmt: skip
    assert spans == {("08:00", "13:25")}


def test_what_somebody_else_has_claimed_is_told_and_nothing_changes(world):
    start = dt.datetime.combine(FRIDAY, dt.time(12), tzinfo=MONDAY.tzinfo)
    claim_all(
        reference="desk:1", purpose="年检", starts_at=start, ends_at=start + dt.timedelta(hours=2),
        wants=[Want(world.van.pk)], by=world.by, at=MONDAY,
    )  # fmt: skip
    tour, first, second = run(world), ask(world), ask(world, world.mill)
    put(world, tour, first)
    before = route(tour)
    assert code_of(put, world, tour, second) == "already-claimed"
    assert route(tour) == before
    second.refresh_from_db()
    assert second.state == "asked"
    assert claims(tour).count() == 3


def test_two_runs_do_not_share_a_van(world):
    put(world, run(world), ask(world))
    other = run(world, along=False, name="另一趟")
    put(world, other, ask(world, world.mill))
    assert code_of(take_along, other.pk, world.van.pk, 1, by=world.by, at=MONDAY) == (
        "already-claimed"
    )
    take_along(other.pk, world.kit.pk, 1, by=world.by, at=MONDAY)  # there are two
    assert claims(other).count() == 1
    leave_behind(other.pk, other.needs.get().pk, by=world.by, at=MONDAY)
    assert not claims(other).exists()


def test_stops_change_places_and_those_told_before_are_told_again(world):
    tour = run(world)
    first, second = put(world, tour, ask(world)), put(world, tour, ask(world, world.mill))
    move_stop(second.pk, up=True, by=world.by, at=MONDAY)
    assert [each[1] for each in route(tour)] == ["演示面粉厂", "演示小学"]
    assert Fact.objects.filter(kind="StopRetimed").count() == 2
    before = route(tour)
    move_stop(second.pk, up=True, by=world.by, at=MONDAY)
    move_stop(first.pk, up=False, by=world.by, at=MONDAY)
    assert route(tour) == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.filter(pk=first.pk).update(position=1)


def test_a_stop_goes_over_to_the_next_day_and_back(world):
    tour = run(world, days=2)
    first, second = put(world, tour, ask(world)), put(world, tour, ask(world, world.mill))
    move_stop(second.pk, up=False, by=world.by, at=MONDAY)
    assert [each[2] for each in route(tour)] == ["27 09:10", "28 08:55"]
    assert claims(tour).first().ends_at.astimezone(MONDAY.tzinfo).day == 28
    move_stop(first.pk, up=False, by=world.by, at=MONDAY)
    assert [each[0:2] for each in route(tour)] == [(1, "演示小学"), (2, "演示面粉厂")]
    move_stop(first.pk, up=True, by=world.by, at=MONDAY)
    assert [each[2][:2] for each in route(tour)] == ["27", "28"]


def test_a_wished_time_is_waited_for_and_a_late_start_is_seen(world):
    tour = run(world)
    put(world, tour, ask(world, time=dt.time(10)))
    late = put(world, tour, ask(world, world.mill, time=dt.time(10, 30)))
    assert [each[2] for each in route(tour)] == ["27 10:00", "27 12:15"]
    late.refresh_from_db()
    assert late.late == 105
    change_road(late.pk, 5, by=world.by, at=MONDAY)
    assert route(tour)[1][2] == "27 11:55"


def test_a_day_on_the_road_ends_before_midnight(world):
    tour = run(world, departs=dt.time(20))
    put(world, tour, ask(world))
    assert code_of(put, world, tour, ask(world, world.mill)) == "day-too-long"
    assert len(route(tour)) == 1


def test_a_cancelled_stop_frees_its_claims_and_its_order_waits_again(world):
    tour = run(world)
    first, second = put(world, tour, ask(world)), put(world, tour, ask(world, world.mill))
    assert code_of(cancel_stop, first.pk, reason="", by=world.by, at=MONDAY) == "reason-missing"
    order = cancel_stop(first.pk, reason="道路塌方", by=world.by, at=MONDAY)
    assert order.state == "asked"
    assert [step.reason for step in order.steps.all()] == ["", "", "道路塌方"]
    assert [each[0:2] for each in route(tour)] == [(1, "演示面粉厂")]
    assert Fact.objects.filter(kind="MenuOrderUnassigned").count() == 1
    cancel_stop(second.pk, reason="道路塌方", by=world.by, at=MONDAY)
    assert not claims(tour).exists()
    other = run(world, name="改天")
    assert put(world, other, order).position == 1


def test_a_run_called_off_lets_everything_go(world):
    tour = run(world)
    put(world, tour, ask(world))
    assert code_of(cancel_run, tour.pk, reason=" ", by=world.by, at=MONDAY) == "reason-missing"
    (order,) = cancel_run(tour.pk, reason="暴雨", by=world.by, at=MONDAY)
    assert order.state == "asked"
    assert not claims(tour).exists()
    assert code_of(put, world, tour, order) == "run-ended"


def test_a_run_is_on_its_days_and_in_the_right_hands(world):
    tour, order = run(world), ask(world)
    later = FRIDAY + dt.timedelta(1)
    assert code_of(put, world, tour, order, day=later) == "day-outside-run"
    told = {"day": FRIDAY, "at": MONDAY}
    assert code_of(assign, tour.pk, order.pk, by=world.officer, **told) == "not-your-branch"
    put(world, tour, order)
    plan = Plan("演示", later, later, dt.time(9), "领队")
    assert code_of(change_run, tour.pk, plan, by=world.by, at=MONDAY) == "day-outside-run"
    plan = Plan("演示", FRIDAY, later, dt.time(7), "领队")
    change_run(tour.pk, plan, by=world.by, at=MONDAY)
    assert route(tour)[0][2] == "27 08:10"
    long_ago = Plan("演示", FRIDAY - dt.timedelta(30), FRIDAY, dt.time(9), "领队")
    plans = {"node": world.place.hub, "by": world.by, "at": MONDAY}
    assert code_of(plan_run, long_ago, **plans) == "run-span-unlikely"
    past = Plan("演示", MONDAY.date() - dt.timedelta(2), FRIDAY, dt.time(9), "领队")
    assert code_of(plan_run, past, **plans) == "run-in-the-past"


def test_a_stop_without_head_count_and_photo_counts_zero(world):
    tour, order = run(world), ask(world)
    put(world, tour, order)
    assert code_of(signed, world, order, at=MONDAY) == "not-begun-yet"
    figures = queries.figures_of(2026, until=AFTER)
    assert (figures.total.stops, figures.total.heads, figures.total.uncounted) == (0, 0, 1)
    signed(world, order, Came(30, 100, 20, "演示门卫"))
    figures = queries.figures_of(2026, until=AFTER)
    assert (figures.total.stops, figures.total.heads, figures.total.uncounted) == (0, 0, 1)
    signed(world, order, Came(0, 0, 0, "演示门卫", JPEG))
    assert queries.figures_of(2026, until=AFTER).total.heads == 0
    assert list(queries.not_counting(world.place.hub, everything=True, at=AFTER))
    signed(world, order)
    figures = queries.figures_of(2026, until=AFTER)
    assert (figures.total.stops, figures.total.heads, figures.total.uncounted) == (1, 150, 0)
    assert figures.by_kind["show"].heads == figures.by_town["丹山镇"].heads == 150
    assert figures.by_unit["school"].stops == 1
    assert queries.figures_of(2026, until=AFTER, town_code="512002106").total.stops == 0
    assert queries.figures_of(2025, until=AFTER).total.stops == 0
    assert not queries.not_counting(world.place.hub, everything=True, at=AFTER).exists()


def test_a_sign_off_is_done_once_and_mended_not_doubled(world):
    order = ask(world)
    put(world, run(world), order)
    signed(world, order)
    signed(world, order, Came(1, 2, 3, "演示门卫"), by=world.by)
    assert [(each.heads, bool(each.photo)) for each in SignOff.objects.all()] == [(6, True)]
    assert MenuOrder.objects.get().state == "done"
    assert [step.state for step in order.steps.all()] == ["asked", "assigned", "done"]
    assert Stop.objects.counting().count() == 1


@pytest.mark.parametrize(
    ("came", "code"),
    [
        (Came(-1, 5, 5, "某"), "heads-unlikely"),
        (Came(1, 1, 10**7, "某"), "heads-unlikely"),
        (Came(1, 1, 1, "  "), "signer-missing"),
        (Came(1, 1, 1, "某", b"this is a text"), "photo-unreadable"),
        (Came(1, 1, 1, "某", b""), "photo-unreadable"),
        (Came(1, 1, 1, "某", JPEG + b"0" * 9_000_000), "photo-too-large"),
    ],
)
def test_a_bad_sign_off_is_refused_in_words(world, came, code):
    order = ask(world)
    put(world, run(world), order)
    assert code_of(signed, world, order, came) == code
    assert not SignOff.objects.exists()


def test_only_what_came_is_rated_and_once(world):
    order = ask(world)
    assert code_of(signed, world, order) == "order-unknown"
    put(world, run(world), order)
    told = {"by": REQUESTER, "at": AFTER}
    assert code_of(rate, order.pk, 5, "好", **told) == "not-signed-off"
    signed(world, order)
    assert code_of(rate, order.pk, 6, "好", **told) == "stars-missing"
    rate(order.pk, 5, " 大家都说好 ", **told)
    assert code_of(rate, order.pk, 1, "", **told) == "already-rated"
    assert queries.stars_of(world.show) == (5.0, 1)


def test_a_signed_stop_stays_where_it_is(world):
    tour = run(world)
    order, other = ask(world), ask(world, world.mill)
    stop, beside = put(world, tour, order), put(world, tour, other)
    signed(world, order)
    told = {"by": world.by, "at": AFTER}
    assert code_of(move_stop, stop.pk, up=False, **told) == "stop-signed-off"
    assert code_of(move_stop, beside.pk, up=True, **told) == "stop-signed-off"
    assert code_of(cancel_stop, stop.pk, reason="错", **told) == "stop-signed-off"
    assert code_of(cancel_run, tour.pk, reason="错", **told) == "stop-signed-off"
    end_run(tour.pk, **told)
    signed(world, other, by=world.by)
    assert queries.figures_of(2026, until=AFTER).total.stops == 2


def test_a_run_ends_when_its_last_stop_began(world):
    tour = run(world)
    assert code_of(end_run, tour.pk, by=world.by, at=AFTER) == "run-without-stops"
    put(world, tour, ask(world))
    assert code_of(end_run, tour.pk, by=world.by, at=MONDAY) == "not-begun-yet"
    assert end_run(tour.pk, by=world.by, at=AFTER).state == "done"


def test_an_order_is_on_one_route(world):
    order = ask(world)
    stop = put(world, run(world), order)
    assert code_of(put, world, run(world, along=False), order) == "order-is-elsewhere"
    stop.pk, stop.position = None, 9
    with pytest.raises(IntegrityError), transaction.atomic():
        stop.save()


def test_a_town_runs_its_own_van_only(world):
    order = ask(world, item=world.box)
    plan = Plan("丹山送书", FRIDAY, FRIDAY, dt.time(9), "专干")
    tour = plan_run(plan, node=world.place.danshan, by=world.officer, at=MONDAY)
    told = {"by": world.officer, "at": MONDAY}
    assign(tour.pk, order.pk, day=FRIDAY, **told)
    assert code_of(take_along, tour.pk, world.van.pk, 1, **told) == "not-your-resource"
    assert code_of(take_along, tour.pk, 10**9, 1, **told) == "resource-unknown"
    take_along(tour.pk, world.troupe.pk, 1, **told)
    assert claims(tour).count() == 1
    assert item(world.place.danshan, "别的").node == tour.node
