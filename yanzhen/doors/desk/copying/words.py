"""What targets answered, and why a record stands first, in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from yanzhen.library.catalogue.marc.derived import Derived

FACT_WORDS: dict[str, str | Promise] = {
    "authors": gettext_lazy("责任者"), "edition": gettext_lazy("版次"),
    "publisher": gettext_lazy("出版社"), "year": gettext_lazy("出版年"),
    "pages": gettext_lazy("页数"), "series": gettext_lazy("丛书"), "isbns": "ISBN",
    "price": gettext_lazy("定价"), "clc": gettext_lazy("分类号"),
    "subjects": gettext_lazy("主题词"), "abstract": gettext_lazy("提要"),
}  # fmt: skip
FLAVOURS = {"cnmarc": "CNMARC", "marc21": "MARC 21"}

_TROUBLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "timeout": (
        gettext_lazy("等了 %(waited)d 秒，没有答完。"),
        gettext_lazy("可能对方忙，过一会儿再查；总是这样，请总馆把它停用。"),
    ),
    "unknown-host": (
        gettext_lazy("找不到这台主机。"), gettext_lazy("请核对地址有没有抄错，本馆的网络通不通。")
    ),
    "nobody": (
        gettext_lazy("连不上：那个端口没有程序应答。"),
        gettext_lazy("请核对地址和端口；本馆的防火墙也可能拦了往外的连接。"),
    ),
    "no-way": (
        gettext_lazy("网络走不到对方（%(said)s）。"), gettext_lazy("请管理员看看本馆的网络。")
    ),
    "broke-off": (gettext_lazy("话没说完，对方断开了。"), gettext_lazy("请再查一次。")),
    "tls": (
        gettext_lazy("对方的安全证书有问题，没有连接。"),
        gettext_lazy("请把这件事告诉对方；不要为此改成不加密的地址。"),
    ),
    "http": (
        gettext_lazy("对方的网站答的是 %(said)s。"), gettext_lazy("请核对网址是不是它的 SRU 地址。")
    ),
    "login": (
        gettext_lazy("对方不让进（%(said)s）。"),
        gettext_lazy("请总馆核对账号和密码，或向对方申请。"),
    ),
    "moved": (
        gettext_lazy("对方把我们转到了别的地址：%(said)s。为安全起见没有跟过去。"),
        gettext_lazy("如果那确实是它的新地址，请总馆改在目标里。"),
    ),
    "not-sru": (
        gettext_lazy("答的不是 SRU。"), gettext_lazy("请核对网址，它应是对方公布的 SRU 地址。")
    ),
    "not-z3950": (
        gettext_lazy("答的不是 Z39.50。"), gettext_lazy("请核对主机和端口。")
    ),
    "unsafe-xml": (
        gettext_lazy("应答里有不安全的声明，没有读。"), gettext_lazy("请把这件事告诉对方。")
    ),
    "broken-xml": (
        gettext_lazy("应答中间断开或写错了，只读到前面的。"), gettext_lazy("请再查一次。")
    ),
    "too-much": (
        gettext_lazy("应答太大，只读了前面的。"), gettext_lazy("请查得具体一些，最好用 ISBN。")
    ),
    "diagnostic": (
        gettext_lazy("对方说：%(said)s"),
        gettext_lazy("多半是数据库名、检索点或记录格式不对，请总馆对照它公布的说明改。"),
    ),
    "no-marc": (
        gettext_lazy("查到了，但给的不是 MARC（%(said)s）。"),
        gettext_lazy("请总馆换一种记录格式再试。"),
    ),
    "no-index": (
        gettext_lazy("这个目标没有填这种检索点。"), gettext_lazy("换一种查法，或请总馆补上。")
    ),
    "unencodable": (
        gettext_lazy("它的编码 %(said)s 里没有这些字，没法问。"), gettext_lazy("请改用 ISBN 查。")
    ),
    "no-yaz": (
        gettext_lazy("这台服务器没有装 Z39.50 客户端。"),
        gettext_lazy("请管理员装上 yaz（Debian、Ubuntu：apt install yaz），不用重启。"),
    ),
    "unforeseen": (
        gettext_lazy("它的应答出人意料，没能读。"),
        gettext_lazy("已经记在服务器日志里，请告诉管理员。"),
    ),
}  # fmt: skip


def trouble_words(answer: dict[str, Any]) -> tuple[str, str]:
    """(what happened, what to do) for an answer with a trouble (see CopySearch.answers)."""
    message, remedy = _TROUBLES.get(answer["code"], _TROUBLES["unforeseen"])
    return str(message) % {"waited": answer["waited"], "said": answer["said"] or "—"}, str(remedy)


def answer_words(answer: dict[str, Any]) -> tuple[str, str]:
    """(name of a state, sentence) for what one target answered."""
    told = []
    if answer["hits"] is not None or answer["records"]:
        told.append(_counted(answer))
    if answer["damaged"]:
        told.append(_("%(n)d 条读不出来。") % {"n": answer["damaged"]})
    if answer["garbled"]:
        told.append(_("%(n)d 条里有乱码，请总馆核对它的编码。") % {"n": answer["garbled"]})
    state = "attention" if answer["damaged"] or answer["garbled"] else "done"
    if answer["code"]:
        told += trouble_words(answer)
        state = "attention" if answer["records"] else "wrong"
    return state, _joined(told)


def _counted(answer: dict[str, Any]) -> str:
    hits, records = answer["hits"], answer["records"]
    if hits == 0:
        return _("没有查到。")
    if hits is None or hits <= records:
        return ngettext("查到 %(n)d 条。", "查到 %(n)d 条。", records) % {"n": records}
    return _("查到 %(hits)d 条，取了前 %(n)d 条。") % {"hits": hits, "n": records}


def imprint(told: Derived) -> str:
    """Whose it is, who published it when, and its number, as far as the record says."""
    published = f"{told.publisher} {told.year or ''}".strip()
    return " · ".join(filter(None, [told.byline, published, *told.isbns[:1]]))


def why_words(why: dict[str, Any]) -> str:
    """Why this record stands before those of the other targets; "" when it stands alone."""
    if not why:
        return ""
    told = []
    if why["format"]:
        told.append(_("是本馆用的 CNMARC 格式"))
    if why["more"]:
        facts = _("、").join(str(FACT_WORDS[fact]) for fact in why["more"])
        told.append(_("别家没有的：%(facts)s") % {"facts": facts})
    elif why["fuller"]:
        told.append(_("写得最全"))
    return _("；").join(told) or _("几家一样全，取排在前面的一家")


def trial_words(tried: dict[str, Any]) -> tuple[str, str]:
    """(name of a state, an honest account) of the last trial of a target."""
    state, said = answer_words(tried)
    if tried["code"]:
        return state, said
    took = _("连上了，用了 %(seconds)s 秒。") % {"seconds": tried["seconds"]}
    if not tried["records"]:
        more = _("还不能说格式和编码对不对，请换一个它应该有的书再试。")
        return "attention", _joined([took, said, more])
    first = _("第一条是《%(title)s》，%(flavour)s 格式。请看看题名有没有乱码。") % {
        "title": tried["title"], "flavour": FLAVOURS[tried["flavour"]]
    }  # fmt: skip
    return state, _joined([took, said, first])


def _joined(sentences: list[str]) -> str:
    """One after the other, as the language of the screen does it."""
    return (" " if get_language() == "en" else "").join(sentences)
