"""Rules about people: values in, a refusal or None out."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

MOST_FAILURES = 8
LOCK = dt.timedelta(minutes=15)
CONSENT_AGE = 14


def age_on(born_on: dt.date, day: dt.date) -> int:
    """Whole years of age on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def a_locked_account_waits(locked_until: dt.datetime | None, at: dt.datetime) -> Refused | None:
    """After repeated wrong passwords an account waits a quarter of an hour (L19)."""
    if locked_until is None or locked_until <= at:
        return None
    return Refused(
        "account-locked",
        _("密码错了太多次，为了安全先锁住。"),
        _("请在 %(time)s 以后再试；急用请打电话或到柜台办理。")
        % {"time": timezone.localtime(locked_until).strftime("%H:%M")},
        status=429,
    )


def a_child_under_14_needs_a_guardians_consent(
    born_on: dt.date | None, has_consent: bool, day: dt.date
) -> Refused | None:
    """No record of a child under 14 without a guardian's consent (个人信息保护法 31, L01, R16)."""
    if born_on is None or age_on(born_on, day) >= CONSENT_AGE or has_consent:
        return None
    return Refused(
        "guardian-consent-missing",
        _("未满 14 岁的孩子办证，需要监护人同意。"),
        _("请填写监护人的姓名和电话，并勾选“监护人已同意”。"),
    )


def a_birth_date_is_possible(born_on: dt.date | None, day: dt.date) -> Refused | None:
    """Nobody is born in the future or 130 years ago."""
    if born_on is None or (born_on <= day and age_on(born_on, day) <= 130):
        return None
    return Refused(
        "birth-date-impossible", _("出生日期不对。"), _("请按 年-月-日 核对后再填，例如 1958-03-12。")
    )
