"""Settling what a machine did offline and could not be done any more."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.doors.sip2.models import OfflineDeed
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.circulation.rules import an_exception_is_settled_once
from yanzhen.library.holdings import access
from yanzhen.people.roles import Actor


def settle(*, deed_id: int, outcome: str, by: Actor, at: dt.datetime) -> OfflineDeed:
    """Close a conflict with a sentence on what was done. Raises Refused."""
    with transaction.atomic():
        OfflineDeed.objects.select_for_update().filter(pk=deed_id).first()
        deed = OfflineDeed.objects.select_related("terminal__node").filter(pk=deed_id).first()
        if deed is None or not deed.trouble:
            raise Refused(
                "exception-unknown", _("没有找到这一条。"), _("请刷新页面再看看。"), status=404
            )
        access.require_handling(by, deed.terminal.node)
        refuse_first(an_exception_is_settled_once(deed.settled_at))
        deed.settled_at, deed.settled_by, deed.outcome = at, by.name, outcome.strip()[:200]
        deed.save(update_fields=["settled_at", "settled_by", "outcome"])
        audit.write(
            by=by, at=at, action="offline_deed.settled", subject=f"offline_deed:{deed.pk}",
            place=deed.terminal.node.code, outcome=deed.outcome,
        )  # fmt: skip
    return deed
