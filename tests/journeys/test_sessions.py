"""Two server processes, one visitor: what one has been told the other knows."""

import re
import urllib.request
from urllib.error import HTTPError

import pytest

from tests.journeys.visiting import sign_in


def test_a_session_that_was_signed_out_opens_nothing_anywhere(page_as, site):
    page = page_as()
    sign_in(page, "elder")
    old = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())

    def opens() -> bool:
        """Each request on a connection of its own, so that both processes are asked."""
        request = urllib.request.Request(f"{site.url}/me/", headers={"Cookie": old})
        with urllib.request.urlopen(request) as answer:
            return re.search(r"/sign-in/", answer.url) is None

    assert all(opens() for _time in range(8))
    page.get_by_role("button", name="退出登录").click()
    assert not any(opens() for _time in range(12))


def test_a_form_from_elsewhere_is_refused(site):
    request = urllib.request.Request(f"{site.url}/sign-out/", data=b"", method="POST")
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 403
