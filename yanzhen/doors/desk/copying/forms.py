"""Forms of copy cataloguing: the question, and a target."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.cataloguing.configuring import USUAL_SCHEMA, Wanted, with_usual_indexes
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
    term = short_text(_("查什么"), most=200)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["term"].error_messages["required"] = _(
            "还没有写要查什么。请扫书上的条码，或写题名、作者。"
        )


class TrialForm(QuestionForm):
    """What to try a target with; a book nearly every Chinese catalogue has, to begin with."""

    term = short_text(_("用哪本书试"), most=200)

    def __init__(self, *args, **options):
        super().__init__(*args, **{"initial": {"term": SAMPLE_ISBN}, **options})


def _line(label, hint=None, *, most: int = 60, required: bool = False) -> forms.CharField:
    line = short_text(label, required=required, most=most)
    line.help_text = hint or ""
    return line


def _number(label, **options) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-width": "4"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=99_999, widget=box, error_messages=_WHOLE_NUMBER,
        **options,
    )  # fmt: skip


class TargetForm(TakingForm):
    """A target; the password that is kept is never shown."""

    name = _line(_("名称"), _("例如“某省图书馆”"), required=True)
    kind = forms.ChoiceField(label=_("协议"), choices=Target.Kind.choices)
    address = _line(
        _("地址"), _("SRU 写完整网址；Z39.50 只写主机名，端口和数据库另填"),
        most=300, required=True,
    )  # fmt: skip
    port = _number(_("端口"), initial=210, help_text=_("只有 Z39.50 用"))
    database = _line(_("数据库"), _("只有 Z39.50 用"), most=100)
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
    schema = _line(_("SRU 记录格式名"), _("只有 SRU 用，照对方公布的抄；通常是 marcxml"), most=100)
    isbn_index = _line(
        _("ISBN 检索点"), _("检索点都空着就用通常的：SRU 用名字，Z39.50 用 Bib-1 号码"), most=40
    )
    title_index = _line(_("题名检索点"), most=40)
    author_index = _line(_("责任者检索点"), most=40)
    account = _line(_("账号"), _("不需要登录就空着"))
    password = forms.CharField(
        label=_("密码"), required=False, max_length=60,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    seconds = _number(_("最多等几秒"), initial=10)
    position = _number(_("排第几"), initial=1, help_text=_("几家一样全时，排在前面的优先"))
    note = _line(_("备注"), most=200)
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
        if told["kind"] == Target.Kind.SRU:
            told["schema"] = told["schema"] or USUAL_SCHEMA
        return with_usual_indexes(Wanted(**told))
