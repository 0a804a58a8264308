"""PostgreSQL with one way more: statements that go past the cursors."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base

from yanzhen.groundwork.postgresql import straight


class DatabaseWrapper(base.DatabaseWrapper):
    def ask(self, asked: Sequence[tuple[str, Sequence[Any]]], tell: straight.Tell) -> None:
        """As `straight.ask`. Raises Django's database errors."""
        self.ensure_connection()
        try:
            with self.wrap_database_errors:
                straight.ask(self.connection, asked, tell)
        finally:
            self.errors_occurred = self.errors_occurred or self.connection.closed
