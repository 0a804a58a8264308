"""A real server with the demo county, and a real browser: what every journey walks through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.running import Site
from tests.journeys.visiting import Visits
from tools import chromium

HERE = Path(__file__).parent
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """The project as `make run` starts it, on SQLite in its own folder, with the demo county."""
    site = Site(tmp_path_factory.mktemp("journeys"))
    site.prepare()
    site.start()
    yield site
    assert site.stop() == 0, "the server must stop cleanly:\n" + site.log()
    assert "Traceback" not in site.log(), site.log()


# Not for the whole session: a running Playwright forbids Django's ORM to the tests after it.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.skip("这台机器上没有 Chromium，浏览器旅程没有跑（Debian：apt-get install chromium）")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visits(browser: Browser, site: Site) -> Iterator[Visits]:
    """Everybody who comes in this journey; at the end no page may have met an error."""
    visits = Visits(browser, site)
    yield visits
    visits.leave()
    assert not visits.troubles, "\n".join(visits.troubles)


@pytest.fixture
def page_as(visits: Visits):
    """`page_as("zhonghe", width=360, js=False)`: a page of somebody who has signed in."""
    return visits.page_as
