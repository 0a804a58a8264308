"""What the gallery shows: a form in trouble, a few titles, one desk's last minutes. All 演示."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

BRANCHES = [("zh", _("中和镇分馆")), ("ds", _("丹山镇分馆")), ("lj", _("临江镇分馆"))]
NEEDS = [("wheelchair", _("轮椅坡道")), ("ear", _("手语翻译")), ("braille", _("盲文材料"))]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("姓名"),
        help_text=_("身份证或社保卡上的名字"),
        error_messages={"required": _("请写上姓名")},
    )
    mobile = forms.CharField(
        label=_("手机号"),
        required=False,
        help_text=_("没有手机也能办，活动有变我们托站长带话"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    branch = forms.ChoiceField(label=_("常去的分馆"), choices=BRANCHES)
    way = forms.ChoiceField(
        label=_("怎么通知您"),
        choices=[("call", _("打电话")), ("sms", _("发短信")), ("none", _("不用通知"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种通知您的办法")},
    )
    needs = forms.MultipleChoiceField(
        label=_("需要哪些方便"), choices=NEEDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(
        label=_("哪一天来"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("请选哪一天来")},
    )
    words = forms.CharField(
        label=_("还想说什么"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    agreed = forms.BooleanField(
        label=_("同意为办证保存以上内容，可以随时要求删掉"),
        error_messages={"required": _("同意保存才能办证；不方便的话请打电话")},
    )


TITLES = [
    ("红楼梦", "曹雪芹", "I242.4", "大字本"),
    ("平凡的世界", "路遥", "I247.57", ""),
    ("活着", "余华", "I247.57", ""),
    ("雁", "佚名", "I227", ""),
    ("乡土中国", "费孝通", "C912.82", ""),
    ("柑橘病虫害防治图谱：从认虫到用药", "演示", "S436.66", "彩图"),
    ("资阳市雁江区志（1986—2005）", "地方志编纂委员会", "K297.1", "地方文献"),
    ("十万个为什么", "少年儿童出版社", "Z228.1", "少儿"),
    ("Pride and Prejudice", "Jane Austen", "I561.44", ""),
    ("三体", "刘慈欣", "I247.55", "有声"),
    ("中国共产党简史", "本书编写组", "D23", ""),
    ("论语译注", "杨伯峻", "B222.22", "盲文"),
    (
        "老年人智能手机使用入门：一步一步教您打电话、发微信、挂号和坐车",
        "演示",
        "TN929.53",
        "大字本",
    ),
    ("Python编程：从入门到实践", "Eric Matthes", "TP312", ""),
    ("昆虫记", "法布尔", "Q96-49", ""),
    ("赤脚医生手册", "演示", "R4-62", ""),
    ("唐诗三百首", "蘅塘退士", "I222.742", "少儿"),
    ("川剧脸谱", "演示", "J825.71", ""),
    ("孙子兵法", "孙武", "E892.25", ""),
    ("故乡", "鲁迅", "I210.6", ""),
]


def gallery_context(at: datetime) -> dict[str, Any]:
    """Everything the gallery template asks for; ``at`` is the time shown."""
    wrong = SampleForm({"mobile": "123", "branch": "zh"})
    return {
        "at": at,
        "later": at + timedelta(days=3),
        "form": SampleForm(),
        "wrong": wrong,
        "titles": [
            dict(zip(("title", "author", "clc", "kind"), row, strict=True)) for row in TITLES
        ],
        "page_obj": Paginator(range(230), 10).page(6),
        "phone": "028-1234 5678",
        "phone_note": _("演示号码 · 每天 8:30–20:00"),
        "site_line": _("雁江区图书馆 · 文化馆"),
        "actions": _actions(at),
        "crumb_steps": [
            {"url": "#", "word": _("首页")},
            {"url": "#", "word": _("找书")},
            {"word": _("红楼梦")},
        ],
        "tab_list": [
            {"url": "#", "word": _("借着的书"), "icon": "book", "current": True},
            {"url": "#", "word": _("预约"), "icon": "bell"},
            {"url": "#", "word": _("借过的"), "icon": "history"},
        ],
        "groups": _groups(),
        "step_words": [_("选场次"), _("谁来参加"), _("核对"), _("完成")],
        "person_facts": [
            (_("读者证"), "51200200000017"),
            (_("借着"), _("3 册，还能借 7 册")),
            (_("预约"), _("1 册已到，请顺手给他")),
        ],
        "copy_facts": [
            (_("条码"), "51200200100234"),
            (_("现在"), _("中和镇分馆")),
            (_("家在"), _("临江镇分馆")),
            (_("应还"), _("12月14日")),
        ],
        "confirm_facts": [
            (_("册"), _("《平凡的世界》51200200100234")),
            (_("最后见到"), _("中和镇分馆，11月3日")),
        ],
        "slip_lines": [
            {"title": _("平凡的世界"), "due": _("12月21日前还")},
            {"title": _("柑橘病虫害防治图谱"), "due": _("12月21日前还")},
        ],
    }


def _actions(at: datetime) -> list[dict[str, Any]]:
    rows = [
        ("return", _("《活着》已还"), _("去临江，已放进运送筐"), "#"),
        ("lend", _("《平凡的世界》借给 李秀兰"), _("12月21日前还"), "#"),
        ("renew", _("《论语译注》续借"), _("到12月28日"), ""),
        ("card", _("新办一张读者证"), _("王建国（演示）"), ""),
    ]
    return [
        {
            "at": at - timedelta(minutes=3 * i),
            "icon": icon,
            "line": line,
            "detail": detail,
            "undo_url": undo,
        }
        for i, (icon, line, detail, undo) in enumerate(rows)
    ]


def _groups() -> list[dict[str, Any]]:
    return [
        {
            "title": _("现在能借"),
            "choices": [{"word": _("在架"), "count": 1284, "url": "#", "current": True}],
        },
        {
            "title": _("在哪家馆"),
            "choices": [
                {"word": word, "count": count, "url": "#"}
                for (_code, word), count in zip(BRANCHES, (312, 208, 96), strict=True)
            ],
        },
        {
            "title": _("样式"),
            "choices": [
                {"word": word, "count": count, "url": "#"}
                for word, count in ((_("大字本"), 41), (_("有声"), 28), (_("盲文"), 12))
            ],
        },
    ]
