"""What is wrong with a line of MARC, in words."""

from django.utils.translation import gettext as _

from yanzhen.library.catalogue.marc.lines import Mistake


def said_of(mistake: Mistake) -> str:
    """A sentence with the number of the line and what to do."""
    words = {
        "leader-missing": _("缺头标。请加一行以 LDR 开头的 24 位头标。"),
        "leader-length": _("头标要正好 24 位。"),
        "leader-codes": _("头标前 5 位是数字，第 6 到 8 位是小写字母代码。"),
        "tag": _("字段号是 3 位数字，后面空一格。"),
        "empty": _("这个字段是空的。请填上，或删去这一行。"),
        "control-subfields": _("00 开头的字段没有子字段，请直接写内容。"),
        "no-subfields": _("没有子字段。请写成 $a内容。"),
        "indicators": _("字段号后面要有两位指示符，空位写 #。"),
        "code": _("$ 后面要有一位字母或数字；内容里的 $ 请写成 $$。"),
        "separator": _("这里有 MARC 的分隔符，不能写进内容。"),
        "cnmarc-100": _("100 字段的 $a 要正好 36 位。"),
        "stamp": _("005 是 14 位数字的日期时间，例如 20261126120000.0。"),
        "marc21-008": _("008 字段要正好 40 位。"),
    }
    return _("第 %(line)d 行：%(what)s") % {"line": mistake.line, "what": words[mistake.what]}
