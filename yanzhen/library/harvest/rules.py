"""Rules of harvesting from others: values in, a refusal or None out."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

LONGEST_ADDRESS = 500
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")


def a_source_is_a_web_address(url: str) -> Refused | None:
    """Only http and https: no file of ours, no other service behind the wall."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.fragment
        _port = parts.port
    except ValueError:
        plain = False
    if plain and len(url) <= LONGEST_ADDRESS and url.isprintable() and " " not in url:
        return None
    return Refused(
        "source-address-wrong",
        _("“%(url)s”不是可以收割的网址。") % {"url": url[:80]},
        _("请写对方 OAI-PMH 的完整网址，以 http:// 或 https:// 开头。"),
        status=422,
    )


def a_harvest_starts_from_a_date(since: str) -> Refused | None:
    if not since or _DATE.fullmatch(since):
        return None
    return Refused(
        "harvest-date-wrong",
        _("看不懂日期“%(since)s”。") % {"since": since[:40]},
        _("请写成 2026-11-01，或带时刻的 2026-11-01T00:00:00Z（世界时）。"),
        status=422,
    )
