"""What is set about a self-service machine."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.doors.desk.loan_rules.forms import PlaceField
from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.doors.sip2.models import Terminal
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.roles import MANAGE_NETWORK, Actor

FIELD_OF = {"terminal-account-taken": "account", "addresses-unreadable": "addresses"}


def manageable(by: Actor) -> list[Node]:
    """The branches whose machines somebody looks after."""
    nodes = Node.objects.libraries().select_related("site").order_by("path")
    return [node for node in nodes if by.may(MANAGE_NETWORK, node.path)]


class MachineForm(forms.Form):
    """Everything but the account and the password."""

    name = short_text(_("叫什么"), placeholder=_("例如：一楼自助借还机"))
    node = PlaceField(label=_("放在哪个馆"), required=True, empty_label=None)
    charset = forms.ChoiceField(label=_("文字编码"), choices=Terminal.Charset.choices)
    counting = forms.ChoiceField(
        label=_("校验和怎么算"), choices=Terminal.Counting.choices,
        help_text=_("不清楚就先打开“学习”，扫几次带汉字的书，再照学到的选。"),
    )  # fmt: skip
    reach = forms.ChoiceField(label=_("校验和算到哪里"), choices=Terminal.Reach.choices)
    learning = forms.BooleanField(
        label=_("学习：先不管校验和，数一数哪种写法对得上"), required=False
    )
    institution = short_text(
        _("机构代码（AO）"), required=False, most=40, placeholder=_("空着就用分馆代码")
    )
    screen_width = forms.IntegerField(
        label=_("屏幕一行几个字符"), min_value=20, max_value=255,
        help_text=_("一个汉字算两个。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
        error_messages={
            "required": _("请填 20 到 255 的整数。"), "invalid": _("请填 20 到 255 的整数。"),
            "min_value": _("请填 20 到 255 的整数。"), "max_value": _("请填 20 到 255 的整数。"),
        },
    )  # fmt: skip
    addresses = short_text(
        _("只许从这些地址来"), required=False, most=200,
        placeholder=_("例如 192.168.1.20 或 192.168.1.0/24；空着不限"),
    )  # fmt: skip
    sees_names = forms.BooleanField(label=_("屏幕和小条上可以出现读者姓名"), required=False)

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        places = self.fields["node"]
        assert isinstance(places, PlaceField)
        mine = [node.pk for node in manageable(by)]
        places.queryset = Node.objects.libraries().filter(pk__in=mine).order_by("path")
        self.fields["name"].error_messages["required"] = _("请给机器起个名字。")

    def take(self, refused: Refused) -> None:
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, refused.in_full)


class NewMachineForm(MachineForm):
    account = forms.SlugField(
        label=_("账号（CN）"), max_length=30,
        help_text=_("字母、数字、横线，例如 sip-zhonghe-1。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("请填账号。"), "invalid": _("账号只能用字母、数字和横线。"),
            "max_length": _("账号最多 30 个字。"),
        },
    )  # fmt: skip
    field_order = ("account", "name", "node")
