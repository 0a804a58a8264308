"""Settling what was handed in without explanation."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.circulation import rules
from yanzhen.library.circulation.models import ReturnException
from yanzhen.library.holdings import access
from yanzhen.people.roles import Actor


def settle(*, exception_id: int, outcome: str, by: Actor, at: dt.datetime) -> ReturnException:
    """Close a line of the exceptions list with a sentence on what was done. Raises Refused."""
    with transaction.atomic():
        row = ReturnException.objects.select_for_update().filter(pk=exception_id).first()
        if row is None:
            raise Refused(
                "exception-unknown", _("没有找到这一条。"), _("请刷新页面再看看。"), status=404
            )
        access.require_handling(by, row.node)
        refuse_first(rules.an_exception_is_settled_once(row.settled_at))
        if not outcome.strip():
            raise Refused(
                "outcome-missing", _("请写一句怎么处理的。"), _("例如：“外区图书，已退给读者”。")
            )
        row.settled_at, row.settled_by, row.outcome = at, by.name, outcome.strip()[:200]
        row.card_number = ""
        row.save(update_fields=["settled_at", "settled_by", "outcome", "card_number"])
        audit.write(
            by=by,
            at=at,
            action="exception.settled",
            subject=f"exception:{row.pk}",
            place=row.node.code,
            outcome=row.outcome,
        )
    return row
