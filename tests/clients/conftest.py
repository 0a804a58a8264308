"""A real server for programs nobody here wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.running import Site

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Once in the whole suite, with the journeys: the server brings its own database."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def site(tmp_path_factory) -> Iterator[Site]:
    """The project as `make run` starts it, with the demo county, everything offered."""
    site = Site(tmp_path_factory.mktemp("clients"))
    site.prepare()
    site.start()
    site.settled()
    yield site
    assert site.stop() == 0, "the server must stop cleanly:\n" + site.log()
    assert "Traceback" not in site.log(), site.log()
