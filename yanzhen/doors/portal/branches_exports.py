"""The network for programs: a CSV for a spreadsheet, schema.org JSON-LD for search engines."""

import csv
import datetime as dt
import json
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yanzhen.doors.portal.branches_rows import TownLine
from yanzhen.network.models import AccessFeature, Node, Verification
from yanzhen.network.opening import Calendar
from yanzhen.network.provinces import province_of
from yanzhen.network.queries import Branch

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def towns_csv(lines: Iterable[TownLine], day: dt.date) -> HttpResponse:
    """One row a town; a byte-order mark so that spreadsheet programs read the Chinese."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="branches-{day:%Y%m%d}.csv"'
    table = csv.writer(response)
    table.writerow(
        [
            _("区划代码"),
            _("镇街"),
            _("片区"),
            _("中心镇"),
            _("图书馆"),
            _("文化馆"),
            _("电话"),
            _("地址"),
            _("今天"),
            _("每周"),
            _("村级服务点"),
            _("说明"),
        ]
    )
    table.writerows(_csv_row(line) for line in lines)
    return response


def _csv_row(line: TownLine) -> list:
    cover, site = line.cover, line.face.site if line.face else None
    demo = site is not None and site.verification == Verification.DEMO
    return [
        cover.division.code,
        cover.division.label,
        cover.cluster.label if cover.cluster else "",
        _("是") if cover.central else "",
        *(tree.word for tree in line.trees),
        site.phone if site else "",
        site.address if site else "",
        _("，").join([line.now.word, line.now.today]) if line.now else "",
        line.usual,
        cover.service_points,
        _("演示") if demo else "",
    ]


def json_ld(branch: Branch, url: str, today: dt.date) -> SafeString:
    """The branch as schema.org Library (culture tree: CivicStructure), safe inside a script."""
    node, site = branch.node, branch.node.site
    described = {
        "@context": "https://schema.org",
        "@type": "Library" if node.tree == Node.Tree.LIBRARY else "CivicStructure",
        "@id": url,
        "url": url,
        "name": node.name,
        "alternateName": node.name_en,
        "telephone": site.phone,
        "address": _address(branch),
        "openingHoursSpecification": _usual(branch.calendar, today),
        "specialOpeningHoursSpecification": _closed(branch.calendar, today),
        "amenityFeature": [_amenity(feature) for feature in branch.features if feature.checked_on],
        "parentOrganization": node.parent and {"@type": "Organization", "name": node.parent.name},
        "isAccessibleForFree": True,
    }
    told = {key: value for key, value in described.items() if value not in ("", None, [])}
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(ESCAPED))  # noqa: S308


def _address(branch: Branch) -> dict[str, str]:
    return {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": province_of(branch.town.code),
        "addressLocality": branch.town.name,
        "streetAddress": branch.node.site.address,
    }


def _usual(calendar: Calendar, today: dt.date) -> list[dict[str, str]]:
    week = (today + dt.timedelta(days=n) for n in range(7))
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{DAYS[span.weekday]}",
            "opens": f"{span.opens:%H:%M}",
            "closes": f"{span.closes:%H:%M}",
        }
        for day in sorted(week, key=dt.date.weekday)
        for span in calendar.usual_spans_on(day)
    ]


def _closed(calendar: Calendar, today: dt.date) -> list[dict[str, str]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": closure.first_day.isoformat(),
            "validThrough": closure.last_day.isoformat(),
        }
        for closure in calendar.closures
        if closure.last_day >= today
    ]


def _amenity(feature: AccessFeature) -> dict:
    return {
        "@type": "LocationFeatureSpecification",
        "name": feature.get_kind_display(),
        "value": feature.state == AccessFeature.State.PRESENT,
    }
