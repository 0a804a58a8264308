"""Five people at their booking: a daughter, a teacher, a town clerk, an operator, a factory."""

import datetime as dt
import re

from playwright.sync_api import Page, expect

from tests.journeys.running import Site

TO_BOOK = """
    SELECT t.session_id FROM booking_bookingterms t
    JOIN activities_session s ON s.id = t.session_id
    JOIN activities_activity a ON a.id = s.activity_id
    JOIN booking_allotment o ON o.session_id = s.id AND o.channel = 'online'
    JOIN booking_allotment g ON g.session_id = s.id AND g.channel = 'telephone'
    WHERE t.closes_at > datetime('now', '+2 hours') AND s.state = 'scheduled'
    AND t."order" = 'first_come' AND o.taken + 3 < o.places AND g.taken + 2 < g.places
    AND a.age_from IS NULL AND a.age_to IS NULL ORDER BY s.capacity DESC LIMIT 1"""
LARGEST = """
    SELECT t.session_id, a.name, n.code FROM booking_bookingterms t
    JOIN activities_session s ON s.id = t.session_id
    JOIN activities_activity a ON a.id = s.activity_id
    JOIN network_node n ON n.id = a.node_id
    JOIN booking_allotment o ON o.session_id = s.id AND o.channel = 'online'
    JOIN booking_allotment g ON g.session_id = s.id AND g.channel = 'group'
    WHERE t.closes_at > datetime('now', '+2 hours') AND s.state = 'scheduled'
    AND n.code IN ('main-library', 'culture-centre') AND s.capacity >= 40
    AND o.places - o.taken + g.places - g.taken >= 35 ORDER BY s.capacity DESC LIMIT 1"""
STANDING = """
    SELECT t.session_id FROM booking_bookingterms t
    JOIN activities_session s ON s.id = t.session_id
    JOIN activities_activity a ON a.id = s.activity_id
    JOIN network_node n ON n.id = a.node_id
    WHERE n.code = 'danshan' AND s.state = 'scheduled' AND s.starts_at > datetime('now')
    ORDER BY s.starts_at LIMIT 1"""

ABOUT_NOW = """
import datetime as dt
from django.utils import timezone
from yanzhen.culture.activities.models import Session
hour, now = dt.timedelta(hours=1), timezone.now()
Session.objects.filter(pk=%d).update(starts_at=now + hour / 3, ends_at=now + 2 * hour)
"""


def one(site: Site, query: str) -> int:
    return site.rows(query)[0][0]


def free(site: Site, session_id: int, channel: str) -> int:
    query = "SELECT places - taken FROM booking_allotment WHERE session_id = ? AND channel = ?"
    return site.rows(query, session_id, channel)[0][0]


def press(page: Page, name: str | re.Pattern) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()


def test_a_daughter_books_for_her_mother_in_three_steps(page_as, site):
    session_id = one(site, TO_BOOK)
    before = free(site, session_id, "online")
    page = page_as("reader", width=360, js=False)
    page.goto(f"/sessions/{session_id}/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name="预约", exact=True).click()
    page.get_by_label("替别人约").check()
    page.get_by_label("参加人姓名").fill("演示妈妈")
    page.get_by_label("是您的").select_option(label="父母")
    page.get_by_label("陪护人").select_option("1")
    press(page, "约好")
    expect(page.get_by_role("main")).to_contain_text("演示妈妈")
    expect(page.locator("main svg").first).to_be_visible()
    assert free(site, session_id, "online") == before - 1  # a companion takes no place
    page.goto("/me/")
    expect(page.get_by_role("main")).to_contain_text("演示妈妈")
    mine = page.get_by_role("listitem").filter(has_text="演示妈妈")
    with page.expect_navigation():
        mine.get_by_role("button", name=re.compile("取消")).click()
    assert free(site, session_id, "online") == before


def test_a_teacher_with_35_pupils_gets_all_places_or_none(page_as, site):
    session_id, name, house = site.rows(LARGEST)[0]
    hub = page_as("hub")
    hub.goto(f"/desk/{house}/sessions/{session_id}/places/")
    moving = hub.get_by_role("region", name="挪名额")
    hub.get_by_label("从", exact=True).select_option(label="网上")
    hub.get_by_label("到", exact=True).select_option(label="团体")
    hub.get_by_label("几个", exact=True).fill(str(35 - free(site, session_id, "group")))
    moving.get_by_label("原因").fill("实验小学来 35 人")
    press(hub, "挪")
    assert free(site, session_id, "group") == 35
    operator = page_as("operator")
    operator.goto(f"/desk/main-library/bookings/sessions/{session_id}/")
    operator.get_by_label(re.compile("^团体")).check()
    operator.get_by_label("姓名或单位").fill("演示实验小学")
    operator.get_by_label("电话", exact=True).fill("19900000035")
    operator.get_by_label("几个人").fill("36")
    press(operator, "约好")
    expect(operator.get_by_role("main")).to_contain_text("35")
    expect(operator.get_by_label("姓名或单位")).to_have_value("演示实验小学")
    assert free(site, session_id, "group") == 35
    operator.get_by_label("几个人").fill("35")
    press(operator, "约好")
    expect(operator.locator(".read-back")).to_contain_text(name)
    assert free(site, session_id, "group") == 0


def test_the_clerk_of_danshan_lets_people_in_at_the_door(page_as, site):
    session_id = one(site, STANDING)
    site.run("shell", "--verbosity", "0", "-c", ABOUT_NOW % session_id)
    page = page_as("danshan", width=360)
    page.goto(f"/desk/danshan/sessions/{session_id}/door/")
    expected = page.get_by_role("region", name="约好还没到").get_by_role("button", name="到了")
    waiting = expected.count()
    with page.expect_navigation():
        expected.first.click()
    expect(expected).to_have_count(waiting - 1)
    page.get_by_label("几个人").fill("4")
    page.get_by_label("其中 60 岁以上").fill("3")
    press(page, "请进")
    expect(page.locator(".banner")).to_be_visible()
    expect(page.locator(".sum")).to_contain_text("5")
    page.get_by_label("几个人").fill("四")
    press(page, "请进")
    expect(page.locator(".banner")).to_contain_text("数字")


def test_the_operator_books_for_a_grandmother_on_the_telephone(page_as, site):
    session_id = one(site, TO_BOOK)
    before = free(site, session_id, "telephone")
    page = page_as("operator")
    page.goto("/desk/main-library/bookings/")
    with page.expect_navigation():
        page.locator(f"a[href$='/bookings/sessions/{session_id}/']").click()
    page.get_by_label("姓名或单位").fill("演示孙奶奶")
    page.get_by_label("电话", exact=True).fill("19900000060")
    press(page, "约好")
    expect(page.locator(".read-back")).to_contain_text("演示孙奶奶")
    assert free(site, session_id, "telephone") == before - 1
    page.goto("/desk/main-library/bookings/?q=19900000060")
    expect(page.get_by_role("main")).to_contain_text("演示孙奶奶")


def test_a_factory_orders_a_show_without_an_account(page_as, site):
    day = (dt.date.today() + dt.timedelta(days=40)).isoformat()
    factory = page_as(width=360, js=False)
    factory.goto("/menu/")
    with factory.expect_navigation():
        factory.get_by_role("link", name=re.compile("室内乐进厂房")).click()
    with factory.expect_navigation():
        factory.get_by_role("main").get_by_role("link", name=re.compile("点")).last.click()
    factory.get_by_label("单位名称").fill("演示纺织厂")
    factory.get_by_label("是什么单位").select_option(label="企业")
    factory.get_by_label("在哪个镇街").select_option(label="中和镇")
    factory.get_by_label("联系人").fill("演示工会主席")
    factory.get_by_label("电话", exact=True).fill("19900000080")
    factory.get_by_label("想要哪一天").fill(day)
    factory.get_by_label("大概多少人").fill("120")
    press(factory, "点好了")
    expect(factory.get_by_role("main")).to_contain_text("演示纺织厂")
    number = factory.url.rstrip("/").rsplit("/", 1)[1]
    culture = page_as("culture")
    culture.goto("/desk/culture-centre/orders/")
    expect(culture.get_by_role("main")).to_contain_text("演示纺织厂")
    stranger = page_as(width=360)
    stranger.goto("/orders/")
    expect(stranger.get_by_role("main")).not_to_contain_text("演示工会主席")
    assert number
