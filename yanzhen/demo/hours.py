"""When the demo houses are open 演示: the hub daily, branches with one day of rest and a lunch."""

import datetime as dt

from yanzhen.network.models import Node, OpeningHours

EVERY_DAY = range(7)
WEEKEND = (5, 6)
HUB = (("9:00", "20:00"),)

# Name of a pattern -> spans from Monday to Friday, spans at the weekend.
PATTERNS = {
    "street": ((("10:00", "19:30"),), (("9:00", "19:30"),)),
    "central": ((("9:00", "12:00"), ("13:30", "18:30")), (("9:00", "18:00"),)),
    "town": ((("9:00", "12:00"), ("14:00", "18:00")), (("9:00", "17:00"),)),
    "early": ((("8:30", "11:30"), ("13:00", "17:00")), (("8:30", "12:00"), ("13:00", "17:00"))),
}
MONDAY, TUESDAY = 0, 1

# Branch -> pattern and day of rest; neighbours rest on different days.
WEEKS = {
    "lianhua": ("street", MONDAY), "sanxianci": ("street", TUESDAY), "zixi": ("street", MONDAY),
    "shizishan": ("street", TUESDAY), "baolian": ("street", MONDAY),
    "yanjiang": ("town", TUESDAY), "songtao": ("town", MONDAY), "baotai": ("early", TUESDAY),
    "linjiang": ("central", MONDAY), "baohe": ("central", TUESDAY), "laojun": ("early", MONDAY),
    "zhonghe": ("central", TUESDAY), "danshan": ("central", MONDAY), "xiaoyuan": ("town", TUESDAY),
    "kanjia": ("early", MONDAY), "wuhuang": ("central", TUESDAY), "shiling": ("town", MONDAY),
    "dongfeng": ("town", TUESDAY), "nanjin": ("early", MONDAY), "fengyu": ("central", TUESDAY),
    "yingjie": ("town", MONDAY), "xiangfu": ("early", TUESDAY),
}  # fmt: skip


def make_hours() -> None:
    """Give the main library and both nodes of every branch their week."""
    nodes = Node.objects.filter(site__code__in=[*WEEKS, "main-library"]).select_related("site")
    OpeningHours.objects.bulk_create(
        OpeningHours(
            node=node,
            weekday=weekday,
            opens=_time(opens),
            closes=_time(closes),
            valid_from=node.opened_on,
        )
        for node in nodes
        for weekday in EVERY_DAY
        for opens, closes in spans_on(node.site.code, weekday)
    )


def spans_on(site_code: str, weekday: int) -> tuple[tuple[str, str], ...]:
    """Opening and closing times of a house on a weekday (0 is Monday); none on its day of rest."""
    if site_code not in WEEKS:
        return HUB
    pattern, rest = WEEKS[site_code]
    if weekday == rest:
        return ()
    return PATTERNS[pattern][weekday in WEEKEND]


def _time(text: str) -> dt.time:
    return dt.datetime.strptime(text, "%H:%M").time()
