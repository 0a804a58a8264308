"""What a first visit costs on a village's line."""

import pytest

LIMIT = 200_000  # bytes over the wire
COST = """() => [...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource")].reduce((sum, one) => sum + one.transferSize, 0)"""


@pytest.mark.parametrize("address", ["/", "/catalogue/?q=红楼梦", "/catalogue/1/"])
def test_a_first_page_is_light(page_as, address):
    page = page_as()
    page.goto(address, wait_until="networkidle")
    cost = page.evaluate(COST)
    assert 0 < cost <= LIMIT, f"{address} costs {cost} bytes"
