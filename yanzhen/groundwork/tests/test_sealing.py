"""The chain of the audit trail when commits come late and sealers come in pairs."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.models import AuditEntry, AuditLink
from yanzhen.groundwork.tests.test_audit import AT, BY, entry


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory has one writer")
def test_sealers_at_the_same_moment_make_one_chain(emptied_afterwards):
    for _ in range(60):
        entry()

    def seal(_turn):
        try:
            return sum(audit.seal(limit=3) for _round in range(10))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(seal, range(3))) == 60
    assert list(audit.broken_links()) == []


@pytest.mark.django_db
def test_an_entry_committed_late_is_sealed_with_the_next():
    for number in (7, 9):
        _numbered(number)
    audit.seal()
    _numbered(8)
    assert audit.seal() == 1
    assert list(audit.broken_links()) == []


@pytest.mark.django_db
def test_an_entry_committed_very_late_is_found_by_the_thorough_look():
    _numbered(audit.LATE + 20)
    audit.seal()
    _numbered(1)
    assert (audit.seal(), audit.unsealed().count()) == (0, 0)
    assert audit.seal(thorough=True) == 1
    assert list(audit.broken_links()) == []


@pytest.mark.django_db
def test_each_round_looks_at_the_end_of_the_trail_only():
    _numbered(audit.LATE * 3)
    audit.seal()
    assert f'"id" > {audit.LATE * 2}' in str(audit.unsealed().query)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", [AuditEntry, AuditLink])
def test_the_trail_is_never_truncated(model):
    cascade = f"TRUNCATE {model._meta.db_table} CASCADE"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(cascade)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has REPLACE")
def test_an_entry_is_never_replaced():
    row = entry()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(
            "REPLACE INTO groundwork_auditentry (id, at, by_name, action, subject, place, detail) "
            "VALUES (%s, %s, '', '', '', '', '{}')",
            [row.pk, AT],
        )


def _numbered(number: int) -> AuditEntry:
    """An entry whose id was drawn when its transaction began, not when it ended."""
    return AuditEntry.objects.create(
        pk=number, at=AT, by_name=BY.name, action="copy.lent", subject="copy:1"
    )
