"""Logins, right and wrong, kept in memory.

After ten wrong ones within ten minutes an account waits at an address: by address and account
together, because many machines may come through one tunnel, and the wrong password of one must not
lock out the others. A right one is quick the next time: to check a password takes as long as a
hundred books, and after a restart all machines come at once.
"""

import hmac
import secrets
from collections import OrderedDict

from django.contrib.auth.hashers import check_password

MOST_WRONG = 10
REST = 600.0  # seconds since the last wrong one
MOST_REMEMBERED = 10_000


class Guesses:
    """Asked from several threads; a guess lost in a race only costs one more."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()

    def must_wait(self, address: str, account: str, now: float) -> bool:
        times, last = self._wrong.get((address, account), (0, 0.0))
        return times >= MOST_WRONG and now - last < REST

    def note(self, address: str, account: str, now: float, *, right: bool) -> None:
        times, last = self._wrong.pop((address, account), (0, 0.0))
        if right:
            return
        self._wrong[address, account] = (times + 1 if now - last < REST else 1, now)
        if len(self._wrong) > MOST_REMEMBERED:
            self._wrong.popitem(last=False)


class Passwords:
    """Passwords that were right, as digests under a key that only this process has."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._right: dict[str, bytes] = {}  # by what is stored in the database

    def check(self, password: str, encoded: str) -> bool:
        """Like Django's `check_password`, quick for what was right before."""
        digest = hmac.digest(self._key, password.encode("utf-8", "replace"), "sha256")
        if hmac.compare_digest(self._right.get(encoded, b""), digest):
            return True
        if not check_password(password, encoded):
            return False
        self._right[encoded] = digest
        return True
