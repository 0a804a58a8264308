import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.models import AuditEntry

AT = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
BY = audit.System("测试")

pytestmark = pytest.mark.django_db


def entry(action: str = "copy.lent") -> AuditEntry:
    audit.write(by=BY, at=AT, action=action, subject="copy:1", place="zhonghe", card="…17")
    return AuditEntry.objects.latest("id")


def test_an_entry_is_never_changed():
    row = entry()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=row.pk).update(action="copy.returned")


def test_an_entry_is_never_deleted():
    row = entry()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=row.pk).delete()


def test_sealing_chains_every_entry_once():
    for _ in range(3):
        entry()
    assert audit.seal() == 3
    entry()
    assert audit.seal() == 1
    assert audit.seal() == 0
    assert list(audit.broken_links()) == []


def test_changed_history_breaks_the_chain():
    rows = [entry() for _ in range(3)]
    audit.seal()
    audit.remove_guards()
    AuditEntry.objects.filter(pk=rows[1].pk).update(by_name="别人")
    audit.install_guards()
    assert list(audit.broken_links()) == [rows[1].pk]
