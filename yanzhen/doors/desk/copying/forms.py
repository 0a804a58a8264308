"""Forms of copy cataloguing: the question, and a target."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.cataloguing.configuring import USUAL_INDEXES, USUAL_SCHEMA, Wanted
from yanzhen.library.cataloguing.models import CopySearch, Target
from yanzhen.library.cataloguing.trying import SAMPLE_ISBN

_WHOLE_NUMBER = {"required": _("请填数字。"), "invalid": _("请填整数。")}
_FIELD_OF = {
    "target-name-taken": "name", "target-name-missing": "name", "target-address-wrong": "address",
    "target-host-wrong": "address", "target-port-wrong": "port",
    "target-database-wrong": "database", "target-index-wrong": "isbn_index",
    "target-no-index": "isbn_index", "target-wait-wrong": "seconds",
    "target-account-wrong": "account", "target-password-again": "password",
    "question-empty": "term", "isbn-unreadable": "term",
}  # fmt: skip


class TakingForm(forms.Form):
    def take(self, refused: Refused) -> None:
        field = _FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, refused.in_full)


class QuestionForm(TakingForm):
    """By what, and which words."""

    field = forms.ChoiceField(label=_("按什么查"), choices=CopySearch.Field.choices, initial="isbn")
    term = short_text(_("查什么"), required=False, most=200, autofocus=True)


class TrialForm(QuestionForm):
    """What to try a target with; a book nearly every Chinese catalogue has, to begin with."""

    term = short_text(_("用哪本书试"), required=False, most=200)

    def __init__(self, *args, **options):
        super().__init__(*args, **{"initial": {"term": SAMPLE_ISBN}, **options})


def _number(label, **options) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-width": "4"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=99_999, widget=box, error_messages=_WHOLE_NUMBER,
        **options,
    )  # fmt: skip


class TargetForm(TakingForm):
    """A target; the password that is kept is never shown."""

    name = short_text(_("名称"), help_text=_("例如“某省图书馆”"))
    kind = forms.ChoiceField(label=_("协议"), choices=Target.Kind.choices)
    address = short_text(
        _("地址"), most=300, help_text=_("SRU 写完整网址；Z39.50 只写主机名，端口和数据库写在下面")
    )
    port = _number(_("端口"), initial=210, help_text=_("只有 Z39.50 用"))
    database = short_text(_("数据库"), required=False, most=100, help_text=_("只有 Z39.50 用"))
    syntax = forms.ChoiceField(
        label=_("记录格式"), choices=Target.Syntax.choices, help_text=_("只有 Z39.50 用")
    )
    charset = forms.ChoiceField(
        label=_("编码"), choices=Target.Charset.choices,
        help_text=_("只有 Z39.50 用；查中文题名要选对，不知道就先自动判断，用 ISBN 查"),
    )  # fmt: skip
    version = forms.ChoiceField(
        label=_("SRU 版本"), choices=Target.Version.choices, initial="1.2",
        help_text=_("只有 SRU 用"),
    )  # fmt: skip
    schema = short_text(
        _("SRU 记录格式名"), required=False, most=100, initial=USUAL_SCHEMA,
        help_text=_("只有 SRU 用，照对方公布的抄；通常是 marcxml"),
    )  # fmt: skip
    isbn_index = short_text(
        _("ISBN 检索点"), required=False, most=40,
        help_text=_("检索点都空着就用通常的：SRU 用名字，Z39.50 用 Bib-1 号码"),
    )  # fmt: skip
    title_index = short_text(_("题名检索点"), required=False, most=40)
    author_index = short_text(_("责任者检索点"), required=False, most=40)
    account = short_text(_("账号"), required=False, help_text=_("不需要登录就空着"))
    password = forms.CharField(
        label=_("密码"), required=False, max_length=60,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    seconds = _number(_("最多等几秒"), initial=10)
    position = _number(_("排第几"), initial=1, help_text=_("几家一样全时，排在前面的优先"))
    note = short_text(_("备注"), required=False, most=200)
    active = forms.BooleanField(label=_("启用：查书时问它"), required=False)

    def __init__(self, *args, has_password: bool = False, **options):
        super().__init__(*args, **options)
        self.fields["name"].error_messages["required"] = _("请填名称。")
        self.fields["address"].error_messages["required"] = _("请填地址。")
        if has_password:
            self.fields["password"].help_text = _("已经存着一个，不再显示；不改就空着")

    def clean_position(self) -> int:
        return min(self.cleaned_data["position"], 9_999)

    def wanted(self) -> Wanted:
        """The target as it shall be, with the usual names where all three are left empty."""
        told: dict[str, Any] = {n: v for n, v in self.cleaned_data.items() if n != "password"}
        names = [f"{by}_index" for by in ("isbn", "title", "author")]
        if not any(told[name] for name in names):
            told |= {f"{by}_index": name for by, name in USUAL_INDEXES[told["kind"]].items()}
        if told["kind"] == Target.Kind.SRU:
            told["schema"] = told["schema"] or USUAL_SCHEMA
        return Wanted(**told)
