"""The forms of the register."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.resources import entering
from yanzhen.culture.resources.models import Facility, RecordCheck, Vehicle
from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.doors.desk.resources.fields import (
    FacilityField,
    ResourceForm,
    SiteField,
    TownField,
    day_field,
    name_field,
    number_field,
)
from yanzhen.network.models import AccessFeature, Site

SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]+\s*(\d{1,2})[:：](\d{2})")


class RegisterForm(ResourceForm):
    """What every resource has."""

    name = name_field(_("名称"))
    name_en = short_text(_("英文名称"), required=False, most=120)
    site = SiteField(error_messages={"required": _("请选在哪个馆。")})
    note = short_text(_("备注"), required=False, most=200)
    details: type[entering.Details] = entering.Details

    def __init__(self, *args: Any, sites: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["site"]
        assert isinstance(place, SiteField)
        place.queryset = Site.objects.filter(pk__in=list(sites))

    def told(self) -> entering.Details:
        return self.details(**self.cleaned_data)


class FacilityForm(RegisterForm):
    details = entering.FacilityDetails
    kind = forms.ChoiceField(label=_("哪一种场地"), choices=Facility.Kind.choices)
    seats = number_field(_("容纳人数"), most=20_000, help_text=_("不知道就填 0。"))
    part_of = FacilityField(
        label=_("属于哪个大场地"), to_field_name="pk", empty_label=_("单独的场地"),
        help_text=_("例如“礼堂东厅”属于“礼堂”：占用礼堂，东厅也一起占用。"),
    )  # fmt: skip
    keeper = short_text(_("谁管钥匙"), required=False, most=40)
    condition = forms.ChoiceField(label=_("现在怎么样"), choices=Facility.Condition.choices)
    condition_note = short_text(_("哪里要修"), required=False, most=120)
    field_order = ("name", "name_en", "kind", "site", "seats", "part_of")

    def __init__(self, *args: Any, sites: Iterable[int], **options: Any) -> None:
        super().__init__(*args, sites=sites, **options)
        whole = self.fields["part_of"]
        assert isinstance(whole, FacilityField)
        whole.queryset = Facility.objects.standing().filter(site__in=list(sites), part_of=None)


class TeacherForm(RegisterForm):
    details = entering.TeacherDetails
    subjects = short_text(_("教什么"), most=120, placeholder=_("例如：声乐、广场舞"))
    home_town = TownField(label=_("住在哪个镇街"), empty_label=_("不知道"))
    weekly_cap = number_field(
        _("每周最多几小时"), least=1, most=60, required=False, help_text=_("空着就不限。")
    )
    field_order = ("name", "name_en", "subjects", "site", "home_town", "weekly_cap")


class NewTeacherForm(TeacherForm):
    phone = short_text(
        _("电话"), required=False, most=30, inputmode="tel",
        placeholder=_("以前登记过的人，按姓名和电话认"),
    )  # fmt: skip


class EquipmentForm(RegisterForm):
    details = entering.EquipmentDetails
    units = number_field(_("数量"), least=1, most=500)
    kept_at = short_text(_("放在哪里"), required=False, most=80)
    field_order = ("name", "name_en", "units", "site", "kept_at")


class VehicleForm(RegisterForm):
    details = entering.VehicleDetails
    kind = forms.ChoiceField(label=_("哪一种车"), choices=Vehicle.Kind.choices)
    plate = short_text(_("车牌"), required=False, most=20)
    seats = number_field(_("座位"), least=1, most=60, required=False)
    field_order = ("name", "name_en", "kind", "site", "plate", "seats")


class TroupeForm(RegisterForm):
    details = entering.Details


class HoursForm(ResourceForm):
    """A line for each weekday: 9:00–12:00，14:00–18:00; nothing at all means always open."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for day in range(7):
            self.fields[f"day{day}"] = short_text(WEEKDAYS[day], required=False, most=60)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name, text in list(told.items()):
            if SPAN.sub("", text).strip(" ，,、；;"):
                self.add_error(name, _("请按 9:00–12:00，14:00–18:00 这样填。"))
        return told

    def week(self) -> list[tuple[int, dt.time, dt.time]]:
        """(weekday, opens, closes); Raises ValueError for a time there is not."""
        return [
            (day, dt.time(int(a), int(b)), dt.time(int(c), int(d)))
            for day in range(7)
            for a, b, c, d in SPAN.findall(self.cleaned_data[f"day{day}"])
        ]


class AccessForm(ResourceForm):
    """What somebody found who looked today; what is left out stays as it was."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("这次没看")), *AccessFeature.State.choices]
        for kind in AccessFeature.Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=choices, required=False
            )

    def facts(self) -> dict[str, str]:
        return {kind: state for kind, state in self.cleaned_data.items() if state}


class PhotoForm(ResourceForm):
    photo = forms.FileField(
        label=_("照片"), help_text=_("JPEG、PNG 或 WebP，5 MB 以内；照片里的人要同意。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("请选一张照片。"), "empty": _("这个文件是空的。")},
    )  # fmt: skip
    caption = short_text(_("照片里是什么"), most=80, placeholder=_("例如：戏台正面，台前有坡道"))


class CheckForm(ResourceForm):
    checked_on = day_field(_("哪天查的"))
    result = forms.ChoiceField(label=_("结果"), choices=RecordCheck.Result.choices)
    document = short_text(_("回执编号"), most=80)


class TravelForm(ResourceForm):
    one = TownField(label=_("从"), empty_label=None, required=True)
    other = TownField(label=_("到"), empty_label=None, required=True)
    minutes = number_field(_("路上几分钟"), least=1, most=240)
