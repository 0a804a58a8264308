"""What the catalogue calls things: formats, languages, states of copies, classes."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from yanzhen.groundwork.text.clc import class_name

FORMATS: dict[str, str | Promise] = {
    "book": gettext_lazy("图书"), "periodical": gettext_lazy("期刊"),
    "large_print": gettext_lazy("大字本"), "braille": gettext_lazy("盲文"),
    "sound": gettext_lazy("有声"), "video": gettext_lazy("影像"), "map": gettext_lazy("地图"),
    "score": gettext_lazy("乐谱"), "picture": gettext_lazy("图片"),
    "electronic": gettext_lazy("电子资源"), "microform": gettext_lazy("缩微"),
    "manuscript": gettext_lazy("手稿"), "kit": gettext_lazy("套件"), "object": gettext_lazy("实物"),
}  # fmt: skip
LANGUAGES: dict[str, str | Promise] = {
    "zh": gettext_lazy("中文"), "en": gettext_lazy("英语"), "ja": gettext_lazy("日语"),
    "ko": gettext_lazy("韩语"), "fr": gettext_lazy("法语"), "de": gettext_lazy("德语"),
    "ru": gettext_lazy("俄语"), "es": gettext_lazy("西班牙语"), "it": gettext_lazy("意大利语"),
    "bo": gettext_lazy("藏语"), "ug": gettext_lazy("维吾尔语"), "mn": gettext_lazy("蒙古语"),
    "ii": gettext_lazy("彝语"), "ne": gettext_lazy("尼泊尔语"), "hi": gettext_lazy("印地语"),
    "ar": gettext_lazy("阿拉伯语"), "la": gettext_lazy("拉丁语"), "vi": gettext_lazy("越南语"),
    "th": gettext_lazy("泰语"), "pt": gettext_lazy("葡萄牙语"),
}  # fmt: skip
# State of a copy: the badge (design/states.py) and the word on it.
COPY_STATES: dict[str, tuple[str, str | Promise]] = {
    "available": ("on-shelf", gettext_lazy("在架")),
    "on_loan": ("lent", gettext_lazy("借出了")),
    "in_transit": ("in-transit", gettext_lazy("正在路上")),
    "on_hold_shelf": ("note", gettext_lazy("预约架")),
    "lost": ("lost", gettext_lazy("遗失")),
    "missing": ("attention", gettext_lazy("正在查找")),
    "reference": ("note", gettext_lazy("馆内阅览")),
}
SORTS: dict[str, str | Promise] = {
    "relevance": gettext_lazy("最相关"), "newest": gettext_lazy("最新出版"),
    "title": gettext_lazy("题名"), "author": gettext_lazy("作者"),
}  # fmt: skip


def class_word(letter: str) -> str:
    """The name of a main class in the language of the screen, short: 文学."""
    chinese, english = class_name(letter)
    if letter == "A":
        chinese, english = "马列主义、毛泽东思想、邓小平理论", "Marxism"
    return (english if get_language() == "en" else chinese) or letter


def format_word(value: str) -> str:
    return str(FORMATS.get(value, value))


def language_word(value: str) -> str:
    return str(LANGUAGES.get(value, value))


def year_word(span: str) -> str:
    """`2010-2019` as 2010–2019 年."""
    return _("%(years)s 年") % {"years": span.replace("-", "–")}


def by_words(row: dict) -> str:
    """The authors of a row as they are told in a line: 曹雪芹、高鹗."""
    if ";" not in row["author"]:
        return row["author"].strip()
    return between(get_language()).join([part.strip() for part in row["author"].split(";")])


@lru_cache(maxsize=8)
def between(_language: str) -> str:
    """What stands between the members of a list; every row of a page asks for it."""
    return _("、")


def imprint(row: dict) -> str:
    """Publisher and year of a row, as far as they are known."""
    return " ".join(filter(None, [row["publisher"], str(row["year"] or "")]))
