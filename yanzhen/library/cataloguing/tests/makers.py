"""Addresses, targets and answers to ask and to read."""

from yanzhen.library.catalogue.marc import xml
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.cataloguing.answers import Address
from yanzhen.library.cataloguing.configuring import USUAL_INDEXES
from yanzhen.library.cataloguing.models import Target

SRU = "http://www.loc.gov/zing/srw/"


def address(kind: str = "sru", port: int = 1, **changed) -> Address:
    where = f"http://127.0.0.1:{port}/sru" if kind == "sru" else "127.0.0.1"
    values = {
        "target_id": 1, "name": "某馆", "kind": kind, "address": where, "port": port,
        "database": "Default", "syntax": "marc21", "schema": "marcxml", "version": "1.2",
        "charset": "auto", "indexes": USUAL_INDEXES[kind], "account": "", "password": "",
        "seconds": 5,
    }  # fmt: skip
    return Address(**(values | changed))


def target(name: str = "某馆", kind: str = "sru", port: int = 1, **changed) -> Target:
    """A target that is on, on this machine."""
    indexes = {f"{by}_index": index for by, index in USUAL_INDEXES[kind].items()}
    where = f"http://127.0.0.1:{port}/sru" if kind == "sru" else "127.0.0.1"
    values = {"address": where, "port": port, "database": "Default", "schema": "marcxml"}
    values |= {"syntax": "marc21", "seconds": 5, "active": True} | indexes
    return Target.objects.create(name=name, kind=kind, **(values | changed))


def response(*records: Record, hits: int | None = None, inside: str = "") -> bytes:
    """An answer of SRU 1.2."""
    rows = "".join(
        f"<record><recordSchema>marcxml</recordSchema><recordPacking>xml</recordPacking>"
        f"<recordData>{xml.slim(record)}</recordData></record>"
        for record in records
    )
    count = len(records) if hits is None else hits
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><searchRetrieveResponse xmlns="{SRU}">'
        f"<version>1.2</version><numberOfRecords>{count}</numberOfRecords>"
        f"<records>{rows}</records>{inside}</searchRetrieveResponse>"
    ).encode()
