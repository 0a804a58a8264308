"""What somebody asked the list of activities for, read from the address."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from yanzhen.culture.activities.models import Activity
from yanzhen.culture.activities.queries import Wanted
from yanzhen.culture.almanac.models import SessionTag
from yanzhen.network.models import Division
from yanzhen.network.queries import towns

LONGEST_TEXT = 40
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
TICKS: dict[str, Promise] = {
    "free": _lazy("免费"),
    "children": _lazy("适合孩子"),
    "wheelchair": _lazy("有轮椅席"),
    "sign": _lazy("有手语翻译"),
    "weekend": _lazy("这个周末"),
}
# When pupils are free, in the words of families (R12).
TAGS: dict[str, Promise] = {
    SessionTag.AFTER_CLASS: _lazy("放学后"),
    SessionTag.WEEKEND: _lazy("周末"),
    SessionTag.PUBLIC_HOLIDAY: _lazy("法定假"),
    SessionTag.WINTER: _lazy("寒假"),
    SessionTag.SUMMER: _lazy("暑假"),
}


@dataclass(frozen=True)
class Asked:
    """The filters as the form shows them; unknown values are as if not given."""

    text: str = ""
    town: Division | None = None
    kind: str = ""
    tag: str = ""
    ticks: frozenset[str] = frozenset()
    month: dt.date | None = None
    towns: list[Division] = field(default_factory=list)

    @property
    def is_narrow(self) -> bool:
        return bool(self.text or self.town or self.kind or self.tag or self.ticks)

    @property
    def scope(self) -> str:
        """The calendar feed that fits best."""
        return self.town.code if self.town else self.kind or "all"

    def wanted(self, days: tuple[dt.date, dt.date] | None) -> Wanted:
        return Wanted(
            text=self.text, town=self.town, kind=self.kind, free="free" in self.ticks,
            wheelchair="wheelchair" in self.ticks, sign_language="sign" in self.ticks,
            children="children" in self.ticks, days=days,
            tag=SessionTag(self.tag) if self.tag else None,
        )  # fmt: skip

    def address(self, **changes: str) -> str:
        """The same filters as a query; a change of "" leaves one out."""
        given = {
            "q": self.text, "town": self.town.code if self.town else "", "kind": self.kind,
            "tag": self.tag, **dict.fromkeys(sorted(self.ticks), "1"), **changes,
        }  # fmt: skip
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in given.items() if value})
        return f"?{query.urlencode()}"


def read(given: QueryDict) -> Asked:
    known = list(towns())
    code, kind, tag = (given.get(name, "") for name in ("town", "kind", "tag"))
    return Asked(
        text=given.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT],
        town=next((town for town in known if town.code == code), None),
        kind=kind if kind in Activity.Kind.values else "",
        tag=tag if tag in TAGS else "",
        ticks=frozenset(name for name in TICKS if given.get(name)),
        month=_month(given.get("month", "")),
        towns=known,
    )


def _month(text: str) -> dt.date | None:
    return dt.date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None


def weekend_from(today: dt.date) -> tuple[dt.date, dt.date]:
    """Saturday and Sunday of this week; on a Sunday only what is left of it."""
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return max(today, sunday - dt.timedelta(days=1)), sunday


def ticks_of(asked: Asked) -> Iterable[tuple[str, Promise, bool]]:
    return [(name, word, name in asked.ticks) for name, word in TICKS.items()]


def tags_of(asked: Asked) -> Iterable[tuple[str, Promise, bool]]:
    return [(tag, word, tag == asked.tag) for tag, word in TAGS.items()]
