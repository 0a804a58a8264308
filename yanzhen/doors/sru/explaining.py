"""What can be asked here, in ZeeRex: the record a client reads before its first search."""

from django.utils.translation import gettext as _

from yanzhen.doors.sru.asking import MOST, SCANNED, SCHEMAS, USUAL
from yanzhen.doors.sru.indexes import INDEXES, SORTS
from yanzhen.doors.sru.writing import tag

_SETS = {
    "cql": "info:srw/cql-context-set/1/cql-v1.2", "dc": "info:srw/cql-context-set/1/dc-v1.1",
    "bath": "http://zing.z3950.org/cql/bath/2.0/", "rec": "info:srw/cql-context-set/2/rec-1.1",
}  # fmt: skip
_TITLES = {
    "marcxml": "MARCXML (UNIMARC / MARC 21)", "dc": "Dublin Core", "marcxchange": "MarcXchange",
}  # fmt: skip


def zeerex(host: str, port: str, version: str) -> str:
    server = (
        f'<serverInfo protocol="SRU" version="{version}" transport="http" method="GET">'
        + tag("host", host) + tag("port", port) + tag("database", "sru") + "</serverInfo>"
    )  # fmt: skip
    about = (
        "<databaseInfo>"
        + tag("title", _("雁江区图书馆总分馆联合目录"))
        + tag("description", _("全区各馆的馆藏书目，谁都可以检索。"))
        + "</databaseInfo>"
    )
    configured = (
        f'<configInfo><default type="numberOfRecords">{USUAL}</default>'
        f'<setting type="maximumRecords">{MOST}</setting></configInfo>'
    )
    return (
        '<explain xmlns="http://explain.z3950.org/dtd/2.0/">'
        f"{server}{about}{_indexes()}{_schemas()}{configured}</explain>"
    )


def _indexes() -> str:
    sets = [f'<set identifier="{uri}" name="{name}"/>' for name, uri in _SETS.items()]
    return (
        f"<indexInfo>{''.join(sets)}{''.join(_index(each) for each in INDEXES if each)}</indexInfo>"
    )


def _index(index: str) -> str:
    context, _dot, name = index.partition(".")
    sort = "true" if index in SORTS else "false"
    scan = "true" if index in SCANNED else "false"
    return (
        f'<index search="true" scan="{scan}" sort="{sort}">{tag("title", index)}'
        f'<map><name set="{context}">{name}</name></map></index>'
    )


def _schemas() -> str:
    told = [
        f'<schema identifier="{identifier}" name="{name}">{tag("title", _TITLES[name])}</schema>'
        for name, identifier in SCHEMAS.items()
    ]
    return f"<schemaInfo>{''.join(told)}</schemaInfo>"
