"""Rules about people: values in, a refusal or None out."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

# Wrong passwords for one name: from one address, then a short wait; from everywhere, then a long
# one. The first stops a guesser without locking the owner out, the second stops many guessers.
MOST_ATTEMPTS, LOCK = 8, dt.timedelta(minutes=15)
MOST_ATTEMPTS_IN_ALL, LONG_LOCK = 50, dt.timedelta(hours=1)
CONSENT_AGE = 14
MAJORITY = 18
LONGEST_NAME = 60


def age_on(born_on: dt.date, day: dt.date) -> int:
    """Whole years of age on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_child(born_on: dt.date | None, day: dt.date) -> bool:
    """Under 14, where personal information is sensitive by law (个人信息保护法 28)."""
    return born_on is not None and age_on(born_on, day) < CONSENT_AGE


def is_minor(born_on: dt.date | None, day: dt.date) -> bool:
    """Under 18: until then a guardian answers for the person (民法典 17, 27)."""
    return born_on is not None and age_on(born_on, day) < MAJORITY


def a_locked_account_waits(locked_until: dt.datetime | None, at: dt.datetime) -> Refused | None:
    """After repeated wrong passwords a sign-in waits a quarter of an hour, or an hour (L19)."""
    if locked_until is None or locked_until <= at:
        return None
    return Refused(
        "account-locked",
        _("密码错了太多次，为了安全先锁住。"),
        _("请在 %(time)s 以后再试；急用请打电话或到柜台办理。")
        % {"time": timezone.localtime(locked_until).strftime("%H:%M")},
        status=429,
    )


def a_name_is_written_in_letters(name: str) -> Refused | None:
    """A name has 1 to 60 characters and at least one letter of some script."""
    if not any(char.isalpha() for char in name):
        return Refused(
            "name-missing",
            _("姓名里要有文字。"),
            _("请填平时用的姓名；不会写的字可以先用同音字，以后再改。"),
        )
    if len(name) > LONGEST_NAME:
        return Refused(
            "name-too-long",
            _("姓名太长了，最多 60 个字。"),
            _("请检查是不是把别的内容粘到了姓名里。"),
        )
    return None


def a_birth_date_is_possible(born_on: dt.date | None, day: dt.date) -> Refused | None:
    """Nobody is born in the future or 130 years ago."""
    if born_on is None or (born_on <= day and age_on(born_on, day) <= 130):
        return None
    return Refused(
        "birth-date-impossible",
        _("出生日期不对。"),
        _("请按 年-月-日 核对后再填，例如 1958-03-12。"),
    )


def a_birth_date_is_known(born_on: dt.date | None) -> Refused | None:
    """Without a birth date nobody can tell whether a guardian has to consent (L01)."""
    if born_on is not None:
        return None
    return Refused(
        "birth-date-missing",
        _("请填出生日期。"),
        _("不记得哪一天也可以办：填出生的年份，月和日写 01-01。"),
    )


def a_phone_number_has_digits(phone: str) -> Refused | None:
    """5 to 20 digits; no number at all is always fine (国办发〔2020〕45号, L28)."""
    digits = phone.removeprefix("+")
    if not phone or (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 20):
        return None
    return Refused(
        "phone-unreadable",
        _("电话号码不对。"),
        _("请只填数字，例如 13800000000 或 028-26540000；没有电话可以空着。"),
    )


def a_child_under_14_needs_a_guardians_consent(
    born_on: dt.date | None, has_consent: bool, day: dt.date
) -> Refused | None:
    """No record of a child under 14 without a guardian's consent (个人信息保护法 31, L01, R16)."""
    if has_consent or not is_child(born_on, day):
        return None
    return Refused(
        "guardian-consent-missing",
        _("未满 14 岁的孩子办证，需要监护人同意。"),
        _("请填写监护人的姓名和电话，并勾选“监护人已同意”。"),
    )


def a_guardian_is_of_age(born_on: dt.date | None, day: dt.date) -> Refused | None:
    """A guardian has come of age; one whose birth date is not on file is taken at their word."""
    if not is_minor(born_on, day):
        return None
    return Refused(
        "guardian-under-age",
        _("监护人要年满 18 岁。"),
        _("请换一位成年的监护人；姓名和电话写错了就改过来。"),
    )


def nobody_is_their_own_guardian(
    child: tuple[str, str], guardian: tuple[str, str]
) -> Refused | None:
    """Folded name and telephone of both: the same name with two different numbers is two people.

    Consent comes from somebody else than the child (个人信息保护法 31).
    """
    (child_name, child_phone), (name, phone) = child, guardian
    if child_name != name or (child_phone and phone and child_phone != phone):
        return None
    return Refused(
        "guardian-is-the-child",
        _("监护人不能是孩子自己。"),
        _("请填父母或其他监护人的姓名；真的同名，请把两个人的电话都填上。"),
    )


def a_guarded_childs_age_is_put_right_by_a_librarian(
    old: dt.date | None, new: dt.date | None, *, guarded: bool, librarian: bool, day: dt.date
) -> Refused | None:
    """A birth date that crosses 14 or 18 ends what a guardian may see or must consent to."""
    same = is_child(old, day) == is_child(new, day) and is_minor(old, day) == is_minor(new, day)
    if same or librarian or not guarded:
        return None
    return Refused(
        "birth-date-guarded",
        _("这样改，孩子就跨过了 14 岁或 18 岁，监护关系也会跟着变。"),
        _("请带上证明，请总馆馆员来改；姓名和电话可以照常更正。"),
        status=403,
    )


def consent_by_telephone_names_the_number(channel: str, phone: str) -> Refused | None:
    """Who was asked by telephone can be asked again; at the desk no number is needed (L28)."""
    if channel != "phone" or phone:
        return None
    return Refused(
        "guardian-phone-missing", _("打电话核实的，要填监护人的电话。"), _("请填刚才拨打的号码。")
    )


def a_person_is_registered_once(known: str) -> Refused | None:
    """Same name with the same birth date or telephone; `known` says who, or is empty."""
    if not known:
        return None
    return Refused(
        "person-may-exist",
        _("可能已经登记过：%(known)s。") % {"known": known},
        _("请先打开那份资料看看；确实不是同一个人，再按“不是同一人，继续办理”。"),
    )


def reading_a_childs_file_has_a_reason(
    born_on: dt.date | None, reason: str, day: dt.date
) -> Refused | None:
    """Access to minors' information is approved and logged (未成年人网络保护条例, L02)."""
    if reason or not is_child(born_on, day):
        return None
    return Refused(
        "reason-missing",
        _("这是未满 14 岁孩子的资料，打开前要说明用途。"),
        _("请选一个用途；系统会记下是谁、为什么看的。"),
    )


def a_user_name_begins_with_a_letter(username: str) -> Refused | None:
    """So that a user name is never taken for a card number, which is all digits."""
    if username and username[0].isalpha() and len(username) <= LONGEST_NAME:
        return None
    return Refused(
        "user-name-unfit",
        _("用户名要以字母或汉字开头，最多 60 个字。"),
        _("请换一个用户名，例如姓名的拼音。"),
    )


def a_sign_in_name_has_one_account(name: str, taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "sign-in-name-taken",
        _("“%(name)s”已经有人用了。") % {"name": name},
        _("请换一个，例如在后面加上出生年份。"),
    )
