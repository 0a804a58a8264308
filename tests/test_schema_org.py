"""The check of JSON-LD would say so if something were wrong."""

import pytest

from tests.schema_org import complaints

GOOD = {"@type": "Event", "name": "大家唱", "startDate": "2026-12-02T19:00:00+08:00"}


def test_a_plain_event_is_right():
    assert list(complaints(GOOD)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Happening"},
        {"beginsAt": "19:00"},
        {"startDate": "12月2日"},
        {"startDate": "2026-12-02T19:00:00"},
        {"eventStatus": "cancelled"},
        {"isAccessibleForFree": "yes"},
        {"location": {"@type": "Offer", "price": "0"}},
        {"url": "/sessions/1/"},
    ],
)
def test_what_is_wrong_is_said(wrong):
    assert list(complaints(GOOD | wrong)) != []
