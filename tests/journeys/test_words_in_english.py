"""Under /en/ nothing of ours is left in Chinese.

Chinese may stay where it is what the county itself wrote: in an element that says so with
`lang`, or where the words are a title, an author, a person, an address of the database that
has no English beside it; and where an example shows what may be typed.
"""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.desk import READER, scan
from tests.journeys.running import Site
from tests.journeys.tour import BY_WHOM, addresses

HAN = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3001-\u3011]+")
OWN_WORDS = (
    "SELECT title FROM catalogue_bibrecord", "SELECT subtitle FROM catalogue_bibrecord",
    "SELECT author FROM catalogue_bibrecord", "SELECT publisher FROM catalogue_bibrecord",
    "SELECT name FROM people_person", "SELECT address FROM network_site",
    "SELECT keeper FROM network_site", "SELECT name FROM network_division WHERE name_en = ''",
    "SELECT note FROM patrons_block", "SELECT shelf FROM holdings_copy",
    "SELECT call_number FROM holdings_copy", "SELECT name FROM cataloguing_target",
    "SELECT note FROM cataloguing_target", "SELECT introduction FROM activities_activity",
    "SELECT reason FROM activities_sessioncancellation",
    "SELECT reason FROM activities_sessionmove", "SELECT note FROM activities_activityaccess",
    "SELECT safety_document FROM activities_activity",
    "SELECT safety_person FROM activities_activity", "SELECT title FROM planning_planline",
    "SELECT name FROM resources_resource WHERE name_en = ''", "SELECT purpose FROM resources_claim",
    "SELECT condition_note FROM resources_facility", "SELECT art FROM tours_troupe",
    "SELECT leader || ' ' || phone FROM tours_troupe", "SELECT name FROM tours_requester",
    "SELECT contact FROM tours_menuorder", "SELECT name FROM tours_tourrun",
    "SELECT lead FROM tours_tourrun", "SELECT name FROM contests_team WHERE name_en = ''",
    "SELECT name FROM contests_entry WHERE name_en = ''", "SELECT name FROM contests_judge",
    "SELECT criterion FROM contests_rubricline", "SELECT reason FROM contests_scoresheet",
    "SELECT order_seed FROM contests_round", "SELECT title FROM acquisitions_wish",
    "SELECT author FROM acquisitions_wish", "SELECT music FROM contests_entry",
    "SELECT props FROM contests_entry", "SELECT leader FROM contests_team",
    "SELECT name FROM booking_booking", "SELECT organisation FROM booking_booking",
)  # fmt: skip
# What one may type is shown as it is typed.
EXAMPLES = ("中和, 丹山镇", "张小禾", "红楼梦", "春节")

CHROME = """() => {
    const found = [["title", document.title]];
    const skipped = "script, style, template, svg, [lang|=zh]";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (!one.closest(skipped)) found.push([one.tagName, walker.currentNode.data.trim()]);
    }
    for (const name of ["aria-label", "placeholder", "title", "alt", "data-label"])
        for (const one of document.querySelectorAll(`[${name}]`))
            if (!one.closest("svg, [lang|=zh]")) found.push([name, one.getAttribute(name).trim()]);
    for (const one of document.querySelectorAll("meta[name=description]"))
        found.push(["description", one.content]);
    return found.filter(([, text]) => text);
}"""


@pytest.fixture(scope="module")
def own_words(site: Site) -> list[str]:
    """The county's own words, the longest first."""
    found = {value for query in OWN_WORDS for (value,) in site.rows(query) if value}
    return sorted(found, key=len, reverse=True)


def left_in_chinese(page: Page, own_words: list[str]) -> set[str]:
    exact = set(own_words)
    left = set()
    for where, text in page.evaluate(CHROME):
        if text in exact or not HAN.search(text):
            continue
        before, _space, last = text.rpartition(" ")
        rest = before if last in exact else text  # "Renew 秋"
        for word in (*own_words, *EXAMPLES):
            if len(word) > 1 and word in rest:
                rest = rest.replace(word, "")
        if HAN.search(rest):
            left.add(f"{where}: {text[:80]}")
    return left


@pytest.mark.parametrize("username", BY_WHOM)
def test_no_chinese_is_left(page_as, site, own_words, username):
    page = page_as(username)
    left = []
    for address in addresses(site, username):
        page.goto("/en" + address)
        left += [f"{address} {each}" for each in sorted(left_in_chinese(page, own_words))]
    assert not left, "\n".join(left)


def test_the_desk_answers_in_english(page_as, own_words):
    page = page_as("zhonghe")
    page.goto("/en/desk/zhonghe/")
    left = set()
    for text in ("", READER, "LZ99000004", "9787020002207", "51200299999999", "1" * 80):
        scan(page, text)
        left |= left_in_chinese(page, own_words)
    assert not left, "\n".join(sorted(left))
