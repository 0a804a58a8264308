"""The order form of the menu: one page on a telephone."""

import secrets
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.tours.models import Requester
from yanzhen.culture.tours.ordering import Unit, Wish
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Division

FIELD_OF = {
    "day-not-to-come": "day",
    "out-of-season": "day",
    "already-ordered": "day",
    "heads-unlikely": "heads",
    "contact-missing": "contact",
    "phone-unreadable": "phone",
    "requester-incomplete": "name",
    "safety-note-missing": "safety_note",
}


class TownField(forms.ModelChoiceField):
    """Towns and subdistricts by their code, in the language of the screen."""

    def __init__(self, **options):
        options = {"label": _("在哪个镇街"), "to_field_name": "code", **options}
        missing = {"required": _("请选镇街。"), "invalid_choice": _("请从列出的镇街里选。")}
        towns = Division.objects.towns().order_by("code")
        super().__init__(towns, error_messages=missing, **options)

    def label_from_instance(self, obj: Division) -> str:
        return obj.label


def a_line(label, most: int, *, needed: str | Promise = "", hint="", **attrs) -> forms.CharField:
    """A line of text; `needed` is what is said when it is empty."""
    said: dict[str, Any] = {"max_length": _("太长了，请写短一点。")}
    if needed:
        said["required"] = needed
    return forms.CharField(
        label=label, max_length=most, required=bool(needed), help_text=hint,
        widget=forms.TextInput(attrs=attrs), error_messages=said,
    )  # fmt: skip


def a_day(label, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选一天。"), "invalid": _("没有这一天，请重新选。")},
    )  # fmt: skip


def a_time(label, *, required: bool = False) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("请填几点。"), "invalid": _("请按 14:30 这样填。"),
        },
    )  # fmt: skip


def a_head_count(label) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6, "data-width": "4"}),
        error_messages={"required": _("估个大概就行。"), "invalid": _("请填数字。")},
    )


class OrderForm(forms.Form):
    """Who, where, when, for how many. `once` makes a form sent twice one order."""

    name = a_line(_("单位名称"), 60, needed=_("请写单位名称。"), autocomplete="organization")
    kind = forms.ChoiceField(
        label=_("是什么单位"), choices=[("", _("请选")), *Requester.Kind.choices],
        error_messages={"required": _("请选是什么单位。")},
    )  # fmt: skip
    town = TownField(empty_label=_("请选"))
    address = a_line(_("送到哪里"), 120, hint=_("例如：生活区篮球场、学校操场"))
    contact = a_line(_("联系人"), 40, needed=_("请留一位联系人。"), autocomplete="name")
    phone = a_line(
        _("电话"), 30, needed=_("请留电话，出发前要打给您。"), type="tel", inputmode="tel",
        autocomplete="tel",
    )  # fmt: skip
    day = a_day(_("想要哪一天"))
    time = a_time(_("几点开始"))
    other_day = a_day(_("那天不行的话，哪天也可以"), required=False)
    heads = a_head_count(_("大概多少人"))
    safety_note = a_line(_("现场安全"), 200, hint=_("工地必填。例如：在生活区，不进施工区"))
    note = a_line(_("还有什么要说的"), 200)
    once = forms.CharField(
        required=False, max_length=40, widget=forms.HiddenInput,
        initial=lambda: secrets.token_urlsafe(12),
    )  # fmt: skip

    def unit(self) -> Unit:
        told = self.cleaned_data
        names = ("name", "kind", "town", "contact", "phone", "address")
        return Unit(*(told[name] for name in names))

    def wish(self, item_id: int) -> Wish:
        told = self.cleaned_data
        return Wish(
            item_id, told["day"], told["heads"], told["time"], told["other_day"],
            told["safety_note"], told["note"],
        )  # fmt: skip

    def take(self, refused: Refused) -> None:
        self.add_error(FIELD_OF.get(refused.code), refused.in_full)
