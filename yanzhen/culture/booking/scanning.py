"""Photographs of signed sheets: attached to the sheet, looked at, taken away (R20)."""

import datetime as dt
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.booking import access, rules
from yanzhen.culture.booking.models import SheetScan, SignInSheet
from yanzhen.groundwork import audit
from yanzhen.groundwork.pictures import SUFFIX, picture_kind, without_metadata
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import CHECK_IN, Actor


def attach(*, sheet_id: int, content: bytes, by: Actor, at: dt.datetime) -> SheetScan:
    """Keep a page of a sheet under a name of our own, nothing hidden in it. Raises Refused."""
    kind = picture_kind(content)
    with transaction.atomic():
        sheet = _sheet(sheet_id, by)
        refuse_first(rules.a_scan_is_a_picture_of_at_most_8_mb(kind, len(content)))
        assert kind
        scan = SheetScan(sheet=sheet, added_at=at, added_by=by.name)
        picture = ContentFile(without_metadata(content))
        scan.file.save(f"{uuid4().hex}.{SUFFIX[kind]}", picture, save=True)
        _write("sheet.scan_added", scan, by, at)
    return scan


def look_at(*, scan_id: int, by: Actor, at: dt.datetime) -> SheetScan:
    """Open a page: names in people's own hands, so that it was read is written down. Raises
    Refused."""
    with transaction.atomic():
        scan = _scan(scan_id, by)
        _write("sheet.scan_read", scan, by, at)
    return scan


def remove(*, scan_id: int, by: Actor, at: dt.datetime) -> None:
    """Take a wrong page away, the file with it once that is sure. Raises Refused."""
    with transaction.atomic():
        scan = _scan(scan_id, by)
        name, storage = scan.file.name or "", scan.file.storage
        _write("sheet.scan_removed", scan, by, at)
        scan.delete()
        transaction.on_commit(lambda: storage.delete(name))


def _scan(scan_id: int, by: Actor) -> SheetScan:
    scan = SheetScan.objects.filter(pk=scan_id).first()
    if scan is None:
        raise Refused("scan-unknown", _("没有找到这张照片。"), _("请刷新页面。"), status=404)
    scan.sheet = _sheet(scan.sheet_id, by)
    return scan


def _sheet(sheet_id: int, by: Actor) -> SignInSheet:
    sheet = SignInSheet.objects.filter(pk=sheet_id).first()
    if sheet is None:
        raise Refused("sheet-unknown", _("没有找到这张签到表。"), _("请刷新页面。"), status=404)
    sheet.session = access.known_session(sheet.session_id)
    access.require_at(by, CHECK_IN, sheet.session)
    return sheet


def _write(action: str, scan: SheetScan, by: Actor, at: dt.datetime) -> None:
    sheet = scan.sheet
    audit.write(
        by=by, at=at, action=action, subject=f"session:{sheet.session_id}",
        place=sheet.session.site.code, sheet=sheet.number, scan=scan.pk,
    )  # fmt: skip
