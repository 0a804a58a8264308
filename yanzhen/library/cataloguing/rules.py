"""Rules of copy cataloguing: values in, a refusal or None out."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.groundwork.text import isbn

LONGEST_WAIT = 60  # seconds for one target
LONGEST_TERM = 200
_HOST = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.\-]{0,250}[0-9A-Za-z])?|[0-9A-Fa-f:]{2,45}")
_DATABASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+\-]{0,99}")
_WORD = re.compile(r"[!-~]{0,60}")
_INDEX = {"sru": re.compile(r"[A-Za-z][\w.\-]*", re.ASCII), "z3950": re.compile(r"[0-9]{1,5}")}


def a_target_has_a_name(name: str) -> Refused | None:
    if name.strip():
        return None
    return Refused(
        "target-name-missing", _("还没有填名称。"), _("请填看得出是哪家馆的名称。"), status=422
    )


def a_name_stands_for_one_target(name: str, taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "target-name-taken",
        _("已经有一个目标叫“%(name)s”。") % {"name": name},
        _("请换一个看得出是哪家馆的名称。"),
        status=422,
    )


def a_web_address_is_whole(url: str) -> Refused | None:
    """Only http and https, and no question in it yet: no file of ours, no other service."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.fragment
        plain = plain and parts.username is None and parts.port != 0
    except ValueError:
        plain = False
    if plain and url.isascii() and url.isprintable() and " " not in url:
        return None
    return Refused(
        "target-address-wrong",
        _("“%(url)s”不是完整的网址。") % {"url": url[:80]},
        _("请照对方公布的抄，以 http:// 或 https:// 开头，例如 http://lx2.loc.gov:210/LCDB。"),
        status=422,
    )


def a_host_is_only_a_host(host: str) -> Refused | None:
    if _HOST.fullmatch(host):
        return None
    return Refused(
        "target-host-wrong",
        _("“%(host)s”不是主机名。") % {"host": host[:80]},
        _("Z39.50 只写主机名或 IP，端口和数据库另填，例如 lx2.loc.gov。"),
        status=422,
    )


def a_port_is_a_port(port: int) -> Refused | None:
    if 0 < port < 65_536:
        return None
    return Refused(
        "target-port-wrong", _("端口要在 1 到 65535 之间。"), _("Z39.50 通常是 210。"), status=422
    )


def a_database_is_one_word(database: str) -> Refused | None:
    if _DATABASE.fullmatch(database):
        return None
    return Refused(
        "target-database-wrong",
        _("数据库名只能是字母、数字和 . _ + -。"),
        _("请照对方公布的抄，例如 LCDB；不知道就写 Default。"),
        status=422,
    )


def an_index_is_a_name(kind: str, index: str) -> Refused | None:
    """Over SRU a name of CQL, over Z39.50 a number of Bib-1; empty where there is none."""
    if not index or _INDEX[kind].fullmatch(index):
        return None
    return Refused(
        "target-index-wrong",
        _("检索点“%(index)s”写得不对。") % {"index": index[:40]},
        _("SRU 写检索点的名字，例如 dc.title；Z39.50 写 Bib-1 的号码，例如 4。"),
        status=422,
    )


def a_target_can_be_searched(indexes: list[str]) -> Refused | None:
    if any(indexes):
        return None
    return Refused(
        "target-no-index", _("三个检索点都空着。"), _("至少要填一个，通常先填 ISBN。"), status=422
    )


def a_target_waits_a_minute_at_most(seconds: int) -> Refused | None:
    if 1 <= seconds <= LONGEST_WAIT:
        return None
    return Refused(
        "target-wait-wrong",
        _("等待时间要在 1 到 %(most)d 秒之间。") % {"most": LONGEST_WAIT},
        _("一般 10 秒就够；慢的目标不会拖住别的目标，但会拖住这一页。"),
        status=422,
    )


def an_account_is_one_word(account: str, password: str) -> Refused | None:
    if _WORD.fullmatch(account) and _WORD.fullmatch(password):
        return None
    return Refused(
        "target-account-wrong",
        _("账号和密码里不能有空格和汉字，也不能超过 60 个字符。"),
        _("请核对是不是多粘了空格。"),
        status=422,
    )


def a_password_stays_with_its_address(moved: bool, kept: bool, typed: str) -> Refused | None:
    """A password that nobody can read must not be sent to a place it was not given for."""
    if not (moved and kept) or typed:
        return None
    return Refused(
        "target-password-again",
        _("地址或账号改了，原来的密码不会送到新地方去。"),
        _("请重新填一次密码；不需要登录的话，把账号清空。"),
        status=422,
    )


def a_question_has_words(term: str) -> Refused | None:
    if term:
        return None
    return Refused(
        "question-empty", _("还没有写要查什么。"), _("请扫书上的条码，或写题名、作者。"), status=422
    )


def an_isbn_is_looked_for_by_its_number(number: isbn.Isbn | None) -> Refused | None:
    if number is not None:
        return None
    return Refused(
        "isbn-unreadable",
        _("这不是一个 ISBN。"),
        _("ISBN 是 13 位或 10 位数字，请照版权页再抄一遍；书上没有就用题名查。"),
        status=422,
    )


def somebody_can_be_asked(targets: int) -> Refused | None:
    if targets:
        return None
    return Refused(
        "no-targets",
        _("还没有一个启用的套录目标。"),
        _("请总馆在“套录目标”里加上，试过之后启用。"),
        status=409,
    )
