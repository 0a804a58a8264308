import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yanzhen.groundwork import audit

AT = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def test_metrics_say_how_much_is_unsealed_without_walking_the_whole_trail(client):
    for _ in range(2):
        audit.write(by=audit.System(), at=AT, action="copy.lent", subject="copy:1")
    with CaptureQueriesContext(connection) as asked:
        text = client.get("/metrics").content.decode()
    assert "\nyanzhen_audit_entries_unsealed 2\n" in text
    trail = [query["sql"] for query in asked if "NOT EXISTS" in query["sql"].upper()]
    assert len(trail) == 1
    assert '"groundwork_auditentry"."id" >' in trail[0]
    audit.seal()
    assert "\nyanzhen_audit_entries_unsealed 0\n" in client.get("/metrics").content.decode()
