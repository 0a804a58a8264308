"""Every setting that may come from the environment, declared once.

`docs/reference/settings.md` is generated from `KEYS`; a YANZHEN_* variable that is not
declared here stops the start, so that a typing error never passes for a setting.
"""

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Key:
    """One environment variable: its name, its default as text, and what it does.

    `allowed` lists every value it can have; empty: any.
    """

    name: str
    default: str
    meaning: str
    allowed: tuple[str, ...] = ()


KEYS = (
    Key(
        "DATABASE_URL",
        "",
        "Database, e.g. `postgres://user:password@host:5432/yanzhen`. "
        "Empty: SQLite in one file under `YANZHEN_DATA`.",
    ),
    Key(
        "YANZHEN_DATA",
        "var",
        "Folder for the SQLite file, the search index, collected static "
        "files, the generated secret and the passwords for other catalogues.",
    ),
    Key("SECRET_KEY", "", "Signs sessions. Empty: made once and kept in `YANZHEN_DATA/secret`."),
    Key(
        "DEBUG",
        "1",
        "`1` on a desk: demo accounts allowed, `/design/` open, cookies over plain "
        "HTTP. `0` in production. `trace` besides shows Django's own error pages to developers. "
        "Anything else stops the start.",
        ("1", "0", "trace"),
    ),
    Key(
        "ALLOWED_HOSTS",
        "127.0.0.1,localhost,[::1]",
        "Host names this server answers to, separated by commas.",
    ),
    Key("TRUSTED_ORIGINS", "", "Origins allowed to post forms, e.g. `https://wenhua.example.cn`."),
    Key(
        "YANZHEN_TRUSTED_PROXIES",
        "",
        "Addresses of the reverse proxies in front of this server, separated by commas, e.g. "
        "`127.0.0.1`. Only what they say in `X-Forwarded-For` and `X-Forwarded-Proto` is believed.",
    ),
    Key("HOST", "127.0.0.1", "Address the web server listens on."),
    Key("PORT", "8000", "Port the web server listens on."),
    Key(
        "SIP2_HOST",
        "127.0.0.1",
        "Address the server for self-service machines listens on. SIP2 is plain text: keep it in a "
        "network of its own or behind a tunnel.",
    ),
    Key("SIP2_PORT", "6001", "Port for self-service machines (SIP2); `0` takes any free one."),
    Key("YANZHEN_WORKERS", "2", "Web server processes."),
    Key(
        "YANZHEN_DISTRICT",
        "512002",
        "Six-digit division code of the county served; also the first six digits of a reader card.",
    ),
    Key("YANZHEN_PHONE", "028-0000-0100", "The telephone number shown on every page."),
    Key(
        "YANZHEN_SAFETY_PLAN_FROM",
        "200",
        "Heads from which an activity needs a safety plan before it is published. From 1,000 on "
        "the law asks for a permit besides, whatever is set here.",
    ),
    Key(
        "YANZHEN_FORGET_CALLERS_DAYS",
        "90",
        "Days after a session until the names and telephones of people without an account, who "
        "booked by telephone, at the counter or for whom somebody booked, are forgotten. What is "
        "counted stays. A year at most is usual.",
    ),
    Key(
        "YANZHEN_OAI_DOMAIN",
        "yanzhen.example",
        "Domain in the identifiers of `/oai`, e.g. `tsg.example.cn`. Set it before the first "
        "harvester comes and never change it: a title's identifier must stay the same.",
    ),
    Key(
        "YANZHEN_OAI_EMAIL", "", "Whom harvesters write to. Empty: `postmaster@` the domain above."
    ),
    Key(
        "YANZHEN_PAGE_CACHE_SECONDS",
        "20",
        "How long an anonymous public page may be served from memory. `0` switches it off.",
    ),
)


def read_env_file(path: Path) -> dict[str, str]:
    """Return the NAME=value lines of a .env file; blank lines and # comments are passed over."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


class Environment:
    """The declared settings as text, integers and lists.

    Raises SystemExit, in plain words, for a name not declared and a value not allowed.
    """

    def __init__(self, values: Mapping[str, str]):
        known = {key.name for key in KEYS}
        unknown = sorted(n for n in values if n.startswith("YANZHEN_") and n not in known)
        if unknown:
            raise SystemExit(
                f"不认识的设置：{', '.join(unknown)}。请对照 docs/reference/settings.md 改正。"
            )
        self._values = {key.name: values.get(key.name, key.default) for key in KEYS}
        for key in KEYS:
            if key.allowed and self._values[key.name] not in key.allowed:
                raise SystemExit(
                    f"设置 {key.name} 只能是 {'、'.join(key.allowed)} 之一，"
                    f"现在是“{self._values[key.name]}”。请改正后再启动。"
                )

    def text(self, name: str) -> str:
        return self._values[name]

    def number(self, name: str) -> int:
        try:
            return int(self._values[name])
        except ValueError:
            raise SystemExit(f"设置 {name} 应是一个整数，现在是“{self._values[name]}”。") from None

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self._values[name].split(",") if word.strip()]


def load(root: Path) -> Environment:
    """Read `.env` at the project's root, the process environment over it."""
    return Environment({**read_env_file(root / ".env"), **os.environ})


def private_folder(folder: Path) -> Path:
    """Return `folder`; if it had to be made, only its owner may look inside."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def secret_in(folder: Path) -> str:
    """Return the secret kept in `folder`, making it on the first start.

    It appears whole or not at all, and of two first starts at once one makes it for both.
    """
    path = folder / "secret"
    if not path.exists():
        draft = private_folder(folder) / f"secret.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), "utf-8")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text("utf-8")
