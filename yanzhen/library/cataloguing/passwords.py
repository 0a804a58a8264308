"""Passwords for targets: a file each beside the server's own secret, never in the database.

A dump of the database, an export or a page cannot give away what is not in it. Nobody but the
server's own user can read the files, and no page shows them again.
"""

import os
from pathlib import Path

from django.conf import settings


def keep(target_id: int, password: str) -> None:
    """Put `password` in the place of what was kept; it appears whole or not at all."""
    path = _file(target_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(password, "utf-8")
    draft.replace(path)


def kept(target_id: int) -> str:
    """The password, "" when there is none."""
    path = _file(target_id)
    return path.read_text("utf-8") if path.exists() else ""


def forget(target_id: int) -> None:
    _file(target_id).unlink(missing_ok=True)


def _file(target_id: int) -> Path:
    return Path(settings.TARGET_PASSWORDS) / str(target_id)
