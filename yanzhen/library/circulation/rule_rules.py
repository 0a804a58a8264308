"""Rules about the loan rules themselves: values in, a refusal or None out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.ruling import NEEDED

MOST = {
    "loan_days": 366,
    "max_loans": 500,
    "max_renewals": 20,
    "max_loans_kind": 500,
    "max_loans_owned": 500,
}


def the_default_rule_sets_every_value(
    is_default: bool, values: Mapping[str, Any]
) -> Refused | None:
    missing = [name for name in NEEDED if name not in values]
    if not (is_default and missing):
        return None
    return Refused(
        "default-rule-incomplete",
        _("默认规则要把借期、册数、续借次数和能否外借都填上。"),
        _("别的行空着的地方都从默认规则来，所以它不能空。"),
    )


def the_default_rule_stays(is_default: bool) -> Refused | None:
    if not is_default:
        return None
    return Refused(
        "default-rule-stays",
        _("默认规则不能撤掉，没有它就有书借不出去。"),
        _("想改默认规则，请给它定一个新版本和生效日期。"),
    )


def a_rule_says_something(values: Mapping[str, Any]) -> Refused | None:
    if values:
        return None
    return Refused(
        "rule-empty", _("这一行什么也没有规定。"), _("请至少填一项；想取消这一行，请用“停用”。")
    )


def a_rule_stays_in_bounds(values: Mapping[str, Any]) -> Refused | None:
    """A slip of the finger (300 days, 9999 books) is asked about, not obeyed. A lendable row lends
    for a day at least."""
    for name, most in MOST.items():
        least = 1 if name == "loan_days" else 0
        if name in values and not least <= values[name] <= most:
            return Refused(
                "rule-out-of-bounds",
                _("有一个数太大或太小了：%(given)s。") % {"given": values[name]},
                _("请填 %(least)d 到 %(most)d 之间的整数；不限就空着。")
                % {"least": least, "most": most},
            )
    return None


def only_an_open_draft_changes(is_open: bool) -> Refused | None:
    if is_open:
        return None
    return Refused(
        "draft-closed", _("这份草案已经公布或放弃，不能再改。"), _("想再试，请另起一份草案。")
    )


def a_draft_changes_something(rows: int) -> Refused | None:
    if rows:
        return None
    return Refused("draft-empty", _("草案里还没有改动。"), _("请先加一行再公布。"))


def a_name_is_given(name: str) -> Refused | None:
    if name.strip() and len(name) <= 80:
        return None
    return Refused(
        "draft-name-missing", _("请给草案起个名字，八十字以内。"), _("例如：寒假多借五本。")
    )
