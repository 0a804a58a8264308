"""What the desk says after a scan of a count."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.doors.desk.saying import Said
from yanzhen.library.stocktaking.batches import Batch
from yanzhen.library.stocktaking.models import CountLine

MOST_TOLD = 20


def counted(line: CountLine) -> Said:
    """The banner of one scan; every finding has its sentence."""
    state, word, more = _SAYINGS[line.finding]
    home = line.copy.home_node.short_label if line.copy else ""
    title = _("《%(title)s》") % {"title": line.copy.bib.title} if line.copy else line.barcode
    return Said(state, word(), title + more() % {"home": home})


_SAYINGS = {
    "found": ("done", lambda: _("在架"), lambda: ""),
    "out_of_order": ("attention", lambda: _("顺序不对"), lambda: _("请按索书号放回它的位置。")),
    "elsewhere": ("attention", lambda: _("不在这个架"), lambda: _("请放回它自己的架。")),
    "foreign": ("attention", lambda: _("别馆的书"), lambda: _("请在借还页扫一次，送回%(home)s。")),
    "on_loan": ("attention", lambda: _("记着借出"), lambda: _("请在借还页扫一次，就是还书。")),
    "in_transit": ("attention", lambda: _("记着在途"), lambda: _("请在借还页扫一次签收。")),
    "lost": ("attention", lambda: _("报过遗失"), lambda: _("请在借还页扫一次，登记找到。")),
    "withdrawn": ("attention", lambda: _("已经剔旧"), lambda: _("请拿下架，交给总馆决定。")),
    "unknown": (
        "attention",
        lambda: _("不认识这个条码"),
        lambda: _(" 不在馆藏里，已经记下，请把书先放一边。"),
    ),
    "missing": ("attention", lambda: _("缺"), lambda: ""),
}


def closed(missing: int) -> Said:
    if not missing:
        return Said("done", _("清点结束，一本不缺"))
    return Said(
        "attention",
        ngettext("清点结束，缺 %(n)d 本", "清点结束，缺 %(n)d 本", missing) % {"n": missing},
        _("已标上“缺”，账上还在。请照单子再找一遍；找到了，重新打开再扫。"),
    )


def batched(batch: Batch) -> Said:
    """What came of a file, with the numbers of the lines that need a look."""
    parts = (
        [_("重复的行：%(lines)s。") % {"lines": _lines(batch.repeated)}] if batch.repeated else []
    )
    if batch.unreadable:
        parts.append(_("不是条码的行：%(lines)s。") % {"lines": _lines(batch.unreadable)})
    total = batch.findings.total()
    return Said(
        "attention" if batch.unreadable else "done",
        ngettext("记下了 %(n)d 个条码", "记下了 %(n)d 个条码", total) % {"n": total},
        "".join(parts),
    )


def _lines(numbers: list[int]) -> str:
    told = _("、").join(map(str, numbers[:MOST_TOLD]))
    rest = len(numbers) - MOST_TOLD
    return told if rest <= 0 else _("%(told)s，另有 %(n)d 行") % {"told": told, "n": rest}
