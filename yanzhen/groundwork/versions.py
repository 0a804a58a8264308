"""Rules of what is kept in versions: a change is a new row from a day on, nothing is overwritten.

Values in, a refusal or None out.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

DAY = dt.timedelta(days=1)


def a_rule_is_set_from_today_on(valid_from: dt.date, today: dt.date) -> Refused | None:
    """What was lent was lent under the rules of its day; nobody changes those afterwards."""
    if valid_from >= today:
        return None
    return Refused(
        "rule-in-the-past",
        _("规则不能从过去的日子起执行。"),
        _("已经借出的书按借出时的规则办；生效日期请填今天或以后。"),
    )


def two_rules_with_the_same_keys_do_not_overlap(
    begins: Iterable[dt.date], valid_from: dt.date
) -> Refused | None:
    """`begins` are the first days of the standing rows with the same keys."""
    later = [day for day in begins if day >= valid_from]
    if not later:
        return None
    return Refused(
        "rules-overlap",
        _("同一行在 %(day)s 起已经定了新版本。")
        % {"day": formats.date_format(min(later), "SHORT_DATE_FORMAT")},
        _("请把生效日期定在那天以后，或先撤回还没生效的版本。"),
    )


def only_a_rule_not_yet_in_force_is_withdrawn(
    valid_from: dt.date, withdrawn: bool, today: dt.date
) -> Refused | None:
    if valid_from > today and not withdrawn:
        return None
    return Refused(
        "rule-in-force",
        _("这个版本已经生效，或已经撤回，不能再撤回。"),
        _("想改回去，请定一个新版本；历史照旧留着。"),
    )


def only_a_rule_in_force_is_ended(
    acts_until: dt.date | None, withdrawn: bool, last_day: dt.date
) -> Refused | None:
    if not withdrawn and (acts_until is None or acts_until > last_day):
        return None
    return Refused(
        "rule-ended", _("这一行到那天已经不起作用了。"), _("请刷新页面，看看现在的规则。")
    )


def a_change_has_its_document(document: str) -> Refused | None:
    """Readers ask why; the answer is the document by which it was decided."""
    if document.strip() and len(document) <= 120:
        return None
    return Refused(
        "rule-document-missing",
        _("请写上依据的文件或会议，一百二十字以内。"),
        _("例如：馆务会纪要 2026-11 号。"),
    )
